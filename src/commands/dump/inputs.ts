/** The files that arguments mean: themselves, and of folders the files that match, by name. */

import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { FileError } from '../../errors.ts';
import { fileFailure } from '../../files/file-failure.ts';

export interface Inputs {
  readonly files: readonly string[];
  /** Folders that could not be read, or that hold no file of the kind. */
  readonly errors: readonly FileError[];
  /** True when some argument was a folder. */
  readonly hasFolder: boolean;
}

export interface FolderOptions {
  /** File names to take, with the wildcards * and ?; undefined: *.wl in any case. */
  readonly pattern: string | undefined;
  readonly recursive: boolean;
}

/** Expands the arguments; a file that is not there is left for its reader to find out. */
export async function expandInputs(args: readonly string[], options: FolderOptions): Promise<Inputs> {
  const files: string[] = [];
  const errors: FileError[] = [];
  let hasFolder = false;
  for (const arg of args) {
    if (arg === '-' || !(await isFolder(arg))) {
      files.push(arg);
      continue;
    }
    hasFolder = true;
    try {
      const found = await filesOf(arg, options);
      if (found.length === 0) errors.push(emptyFolder(arg, options));
      files.push(...found);
    } catch (error) {
      const failure = fileFailure(arg, 'read', error);
      if (!(failure instanceof FileError)) throw failure;
      errors.push(failure);
    }
  }
  return { files, errors, hasFolder };
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() ?? false;
}

async function filesOf(folder: string, options: FolderOptions): Promise<string[]> {
  const pattern = wildcards(options.pattern);
  const entries = await readdir(folder, { withFileTypes: true });
  const files: string[] = [];
  for (const { name } of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, name);
    // Links count as what they lead to.
    if (await isFolder(path)) {
      if (options.recursive) files.push(...(await filesOf(path, options)));
    } else if (pattern.test(name)) {
      files.push(path);
    }
  }
  return files;
}

function wildcards(pattern: string | undefined): RegExp {
  if (pattern === undefined) return /\.wl$/i;
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*/g, '.*')
    .replace(/\?/g, '.');
  return new RegExp(`^${source}$`, 's');
}

function emptyFolder(folder: string, { pattern, recursive }: FolderOptions): FileError {
  const what = pattern === undefined ? '.wl file' : `file that matches ${pattern}`;
  return new FileError(folder, `no ${what} in the folder ${folder}`, {
    hint: recursive
      ? '--pattern takes other file names'
      : '--recursive looks into its folders, --pattern takes other names',
  });
}
