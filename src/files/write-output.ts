/**
 * Whole outputs: the target is the old file or the new one at every moment, never half of one.
 * The bytes go to a file beside it, reach the disk, and take the target's name in one step.
 */

import { randomBytes } from 'node:crypto';
import type { Stats } from 'node:fs';
import { access, constants, type FileHandle, lstat, open, readlink, rename, stat, unlink } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileFailure } from './file-failure.ts';

const MOST_LINKS = 40;

/** Writes `bytes` as the file `path`, keeping mode and owner of one that is there. @throws FileError */
export async function writeOutput(path: string, bytes: Uint8Array): Promise<void> {
  try {
    const { target, direct } = await followLinks(path);
    const existing = await statIfThere(target);
    if (existing?.isDirectory()) throw systemError('EISDIR');
    if (direct || (existing !== undefined && !existing.isFile())) await writeInPlace(target, bytes);
    else await replace(target, existing, bytes);
  } catch (error) {
    throw fileFailure(path, 'write', error);
  }
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
  if (existing !== undefined) await access(target, constants.W_OK);
  const folder = dirname(target);
  const temporary = join(folder, `.wltool-${randomBytes(8).toString('hex')}.tmp`);
  const file = await open(temporary, 'wx', 0o666);
  try {
    try {
      if (existing !== undefined) await keepOwnerAndMode(file, existing);
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, target);
  } catch (error) {
    await unlink(temporary).catch(() => undefined);
    throw error;
  }
  await syncFolder(folder);
}

async function keepOwnerAndMode(file: FileHandle, existing: Stats): Promise<void> {
  const created = await file.stat();
  if (created.uid !== existing.uid || created.gid !== existing.gid) {
    // Only root may give a file away; for others the new file is theirs, as with any editor.
    await file.chown(existing.uid, existing.gid).catch(() => undefined);
  }
  await file.chmod(existing.mode & 0o7777);
}

/** Makes the new name survive a power cut. Some file systems cannot sync a folder: then there is no more to do. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}

/** Where `path` leads, even if the last link points at nothing yet; `direct`: into a stream that is already open. */
async function followLinks(path: string): Promise<{ target: string; direct: boolean }> {
  let target = resolve(path);
  for (let links = 0; links < MOST_LINKS; links += 1) {
    if (/^\/(dev|proc)\//.test(target)) return { target, direct: true };
    const here = await lstat(target).catch(ifMissing);
    if (!here?.isSymbolicLink()) return { target, direct: false };
    target = resolve(dirname(target), await readlink(target));
  }
  throw systemError('ELOOP');
}

async function statIfThere(path: string): Promise<Stats | undefined> {
  return await stat(path).catch(ifMissing);
}

function ifMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}

function systemError(code: string): Error {
  return Object.assign(new Error(code), { code });
}
