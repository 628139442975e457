/**
 * Whole outputs: the target is the old file or the new one at every moment, never half of one.
 * The bytes go to a file beside it, reach the disk, and take the target's name in one step.
 *
 * Only what may take long is waited for: the disk, and pipes. For the rest a call that returns at once costs a tenth of
 * one whose end is announced, which counts when files are small and many.
 */

import { randomBytes } from 'node:crypto';
import {
  accessSync,
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  fstatSync,
  fsync,
  lstatSync,
  openSync,
  readlinkSync,
  renameSync,
  type Stats,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { FileError } from '../errors.ts';
import { fileFailure } from './file-failure.ts';

const MOST_LINKS = 40;

export interface WriteOptions {
  /** Takes the folder of a file that was written, to be given to `syncFolders` when all of them are. */
  readonly folders?: Set<string> | undefined;
}

/** Writes `bytes` as the file `path`, keeping mode and owner of one that is there. @throws FileError */
export async function writeOutput(path: string, bytes: Uint8Array, { folders }: WriteOptions = {}): Promise<void> {
  try {
    const { target, direct } = followLinks(path);
    const existing = statSync(target, { throwIfNoEntry: false });
    if (existing?.isDirectory()) throw systemError('EISDIR');
    if (direct || (existing !== undefined && !existing.isFile())) {
      await writeInPlace(target, bytes);
      return;
    }
    await replace(target, existing, bytes);
    const folder = dirname(target);
    if (folders === undefined) await syncFolder(folder);
    else folders.add(folder);
  } catch (error) {
    throw missingFolder(path) ?? fileFailure(path, 'write', error);
  }
}

/** The file is missing in any case where it is to be made; its folder should not be. */
function missingFolder(path: string): FileError | undefined {
  const folder = dirname(path);
  try {
    if (statSync(folder, { throwIfNoEntry: false }) !== undefined) return undefined;
  } catch {
    return undefined;
  }
  return new FileError(path, `cannot write ${path}: there is no folder ${folder}`, {
    hint: 'make it first, or check its spelling',
  });
}

/** Makes the names that were given in these folders survive a power cut. */
export async function syncFolders(folders: Iterable<string>): Promise<void> {
  for (const folder of folders) await syncFolder(folder);
}

/** Devices, pipes and what the shell opened for us have no old content to keep, and no folder to write beside. */
async function writeInPlace(target: string, bytes: Uint8Array): Promise<void> {
  const file = await open(target, constants.O_WRONLY);
  try {
    await file.writeFile(bytes);
  } finally {
    await file.close();
  }
}

async function replace(target: string, existing: Stats | undefined, bytes: Uint8Array): Promise<void> {
  // Renaming over a file asks only its folder; who made the file read-only meant it.
  if (existing !== undefined) accessSync(target, constants.W_OK);
  const temporary = join(dirname(target), `.wltool-${randomBytes(8).toString('hex')}.tmp`);
  const file = openSync(temporary, 'wx', 0o666);
  try {
    try {
      if (existing !== undefined) keepOwnerAndMode(file, existing);
      for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written);
      await reachDisk(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, target);
  } catch (error) {
    ignoreFailure(() => unlinkSync(temporary));
    throw error;
  }
}

function reachDisk(file: number): Promise<void> {
  return new Promise((done, failed) => {
    fsync(file, (error) => (error === null ? done() : failed(error)));
  });
}

function keepOwnerAndMode(file: number, existing: Stats): void {
  const created = fstatSync(file);
  if (created.uid !== existing.uid || created.gid !== existing.gid) {
    // Only root may give a file away; for others the new file is theirs, as with any editor.
    ignoreFailure(() => fchownSync(file, existing.uid, existing.gid));
  }
  fchmodSync(file, existing.mode & 0o7777);
}

/** Makes the new name survive a power cut. Some file systems cannot sync a folder: then there is no more to do. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}

/** Where `path` leads, even if the last link points at nothing yet; `direct`: into a stream that is already open. */
function followLinks(path: string): { target: string; direct: boolean } {
  let target = resolve(path);
  for (let links = 0; links < MOST_LINKS; links += 1) {
    if (/^\/(dev|proc)\//.test(target)) return { target, direct: true };
    const here = lstatSync(target, { throwIfNoEntry: false });
    if (!here?.isSymbolicLink()) return { target, direct: false };
    target = resolve(dirname(target), readlinkSync(target));
  }
  throw systemError('ELOOP');
}

function ignoreFailure(work: () => void): void {
  try {
    work();
  } catch {
    // Nothing depends on it.
  }
}

function systemError(code: string): Error {
  return Object.assign(new Error(code), { code });
}
