/** Folders for what is written. */

import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { FileError } from '../errors.ts';
import { fileFailure } from './file-failure.ts';

/**
 * Makes a folder where it is missing, and those around it. Node's own way (`recursive`) goes round for ever where a
 * file system has no such folder though the one around it is there, as /proc has. @throws FileError
 */
export async function makeFolder(folder: string): Promise<void> {
  if (folder === '') throw new FileError(folder, 'the name of the folder is empty', { hint: 'for this one: .' });
  try {
    await make(folder);
  } catch (error) {
    throw fileFailure(folder, 'write', error);
  }
}

async function make(folder: string): Promise<void> {
  const failure = await mkdir(folder).then(
    () => undefined,
    (error: NodeJS.ErrnoException) => error,
  );
  if (failure === undefined || (await isFolder(folder))) return;
  const around = dirname(folder);
  if (failure.code !== 'ENOENT' || around === folder || (await isFolder(around))) throw failure;
  await make(around);
  await make(folder);
}

async function isFolder(path: string): Promise<boolean> {
  return await stat(path).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
}
