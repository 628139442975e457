/** One name in a folder, as it was when last looked at: an entry, or the reason why there is none. */

import type { Stats } from 'node:fs';
import { failureReason } from '../files/file-failure.ts';
import { type Entry, type EntryOptions, readEntry } from './entry.ts';
import { type FolderAccess, kindOfFile } from './folder-access.ts';
import { type FileName, pathOf } from './folder-path.ts';

export interface StoredFile {
  readonly entry: Entry | undefined;
  /** What a person should know, in a few words: why it is left out, or what the served entry lacks. */
  readonly problem: string | undefined;
  /** To be looked at before every query: notification cannot be trusted for it, or the last look failed. */
  readonly lookAgain: boolean;
  readonly signature: Signature | undefined;
  /** Clock time at which this signature was first seen. */
  readonly firstSeen: number;
  /** The bytes are those that the signature names, and no later write can hide behind the same time stamp. */
  readonly settled: boolean;
}

interface Signature {
  readonly device: number;
  readonly inode: number;
  readonly size: number;
  readonly modified: number;
  readonly changed: number;
}

export interface FileContext extends EntryOptions {
  readonly folder: string;
  /** Device of the folder; a file of another one is mounted here and written elsewhere. */
  readonly device: number;
  readonly access: FolderAccess;
  readonly maxBytes: number;
  /** How far the file system's clock may be from ours. */
  readonly clockDoubtMs: number;
  readonly now: () => number;
}

/** The coarsest time stamps in use (FAT) are of two seconds. */
const STAMP_MS = 2_100;
const ATTEMPTS = 3;

/** Errors of the moment: they say nothing about the file. */
const PASSING = new Set(['EMFILE', 'ENFILE', 'EAGAIN', 'EINTR', 'EIO', 'ENOMEM', 'ESTALE', 'ETIMEDOUT', 'EBUSY']);

/**
 * Looks at a file again; gives `previous` itself where nothing changed, undefined where there is no such file.
 * With `force` it is read even if its time stamps say that nothing changed.
 */
export async function lookAtFile(
  name: FileName,
  previous: StoredFile | undefined,
  force: boolean,
  context: FileContext,
): Promise<StoredFile | undefined> {
  const { access } = context;
  const path = pathOf(context.folder, name);
  let link = false;
  try {
    let stats = await access.lstat(path);
    link = stats.isSymbolicLink();
    if (link) stats = await access.stat(path);
    const current = previous?.settled === true && !force && sameSignature(previous.signature, signatureOf(stats));
    if (current) return previous;
    if (!stats.isFile()) return leftOut(previous, `${kindOfFile(stats)}, not a file`, link);
    return await readFile(name, path, link, previous, context);
  } catch (error) {
    return failed(error, link, previous);
  }
}

async function readFile(
  name: FileName,
  path: string | Buffer,
  link: boolean,
  previous: StoredFile | undefined,
  context: FileContext,
): Promise<StoredFile> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const now = context.now();
    const reading = await context.access.read(path, context.maxBytes);
    if (reading.kind === 'changed') continue;
    const { stats } = reading;
    if (reading.kind === 'not-a-file') return leftOut(previous, `${kindOfFile(stats)}, not a file`, true);
    const keep = (entry: Entry | undefined, problem: string | undefined): StoredFile => {
      const lookAgain = link || writtenElsewhere(stats, context);
      return { entry, problem, lookAgain, ...freshness(stats, previous, now, context.clockDoubtMs) };
    };
    if (reading.kind === 'too-large') {
      return keep(undefined, `${stats.size} bytes, more than the ${context.maxBytes} that an entry may have`);
    }
    const { entry, problem, unfinished } = readEntry(reading.bytes, name, context);
    if (!unfinished || previous?.entry === undefined) return keep(entry, problem);
    return keep(previous.entry, `${problem}; its last good version is served`);
  }
  const problem = 'being written';
  return { ...leftOut(previous, problem, true), entry: previous?.entry };
}

function failed(error: unknown, link: boolean, previous: StoredFile | undefined): StoredFile | undefined {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return link ? leftOut(previous, 'a symbolic link that leads nowhere', true) : undefined;
  }
  if (PASSING.has(code)) return { ...leftOut(previous, failureReason(error), true), entry: previous?.entry };
  return leftOut(previous, failureReason(error), link);
}

function leftOut(previous: StoredFile | undefined, problem: string, lookAgain: boolean): StoredFile {
  const same = previous?.problem === problem && previous.entry === undefined && previous.lookAgain === lookAgain;
  if (same && previous.signature === undefined) return previous;
  return { entry: undefined, problem, lookAgain, signature: undefined, firstSeen: 0, settled: false };
}

/**
 * A write within the same tick of the file system's clock leaves the same time stamps. So a reading counts for good
 * only once the stamps are older than a tick: by our clock where it is the file system's too, else by having seen
 * them for that long.
 */
function freshness(stats: Stats, previous: StoredFile | undefined, now: number, clockDoubtMs: number) {
  const signature = signatureOf(stats);
  const firstSeen = sameSignature(previous?.signature, signature) ? (previous?.firstSeen ?? now) : now;
  const age = now - Math.max(signature.modified, signature.changed);
  return { signature, firstSeen, settled: age > STAMP_MS + clockDoubtMs || now - firstSeen > STAMP_MS };
}

/** Hard links and mounted files can be written under another name, of which this folder's watch hears nothing. */
function writtenElsewhere(stats: Stats, context: FileContext): boolean {
  return stats.nlink > 1 || stats.dev !== context.device;
}

function signatureOf(stats: Stats): Signature {
  return {
    device: stats.dev,
    inode: stats.ino,
    size: stats.size,
    modified: stats.mtimeMs,
    changed: stats.ctimeMs,
  };
}

function sameSignature(a: Signature | undefined, b: Signature): boolean {
  return (
    a !== undefined &&
    a.inode === b.inode &&
    a.size === b.size &&
    a.modified === b.modified &&
    a.changed === b.changed &&
    a.device === b.device
  );
}
