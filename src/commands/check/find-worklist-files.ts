/** The files that `wltool check` is asked about: themselves, or those that `serve` would look at in a folder. */

import { readdirSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { FileError } from '../../errors.ts';
import { fileFailure } from '../../files/file-failure.ts';
import type { Log } from '../../log.ts';
import { type FileName, toFileName } from '../../worklist/folder-path.ts';
import { detectLayout, isAreaName, isEntryName } from '../../worklist/layout.ts';

export interface WorklistFile {
  readonly folder: string;
  readonly name: FileName;
}

/** The files, each once however often it was named, and the paths that are not there or cannot be read. */
export function findWorklistFiles(paths: readonly string[], log: Log): { files: WorklistFile[]; errors: FileError[] } {
  const files = new Map<string, WorklistFile>();
  const errors: FileError[] = [];
  for (const path of paths) {
    try {
      for (const file of filesAt(path, log)) {
        // Two names of one file in a folder are two entries to serve; two ways to one name are not.
        const place = `${realpathSync(file.folder || '.')}/${file.name}`;
        if (!files.has(place)) files.set(place, file);
      }
    } catch (error) {
      const failure = fileFailure(path, 'read', error);
      if (!(failure instanceof FileError)) throw failure;
      errors.push(failure);
    }
  }
  return { files: [...files.values()], errors };
}

function filesAt(path: string, log: Log): WorklistFile[] {
  if (statSync(path).isDirectory()) return filesOf(path.replace(/(?<=.)\/+$/, ''), log);
  const folder = dirname(path);
  const name = toFileName(Buffer.from(basename(path)));
  return [{ folder: folder === '.' && !path.startsWith('./') ? '' : folder, name }];
}

function filesOf(folder: string, log: Log): WorklistFile[] {
  const names = readdirSync(folder, { encoding: 'buffer' }).map(toFileName).sort();
  const entries = names.filter(isEntryName);
  const subfolders = names.filter((name) => isAreaName(name) && isFolder(`${folder}/${name}`));
  if (detectLayout({ entryFiles: entries.length, subfolders: subfolders.length }) === 'ae') {
    return subfolders.flatMap((name) => filesOf(`${folder}/${name}`, log));
  }
  if (entries.length === 0) log.notice(`${folder}: no .wl files`);
  return entries.map((name) => ({ folder, name }));
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
