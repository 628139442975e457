/**
 * Reading a folder, in two ways behind one interface. On a local disk the synchronous calls are five times cheaper
 * and never wait; on a network drive a call may hang, so there the event loop must not stand behind it.
 */

import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readSync,
  type Stats,
  statSync,
} from 'node:fs';
import { lstat, open, readdir, stat } from 'node:fs/promises';
import { type FileName, toFileName } from './folder-path.ts';

type Path = string | Buffer;
type MaybePromise<T> = T | Promise<T>;

export interface FolderAccess {
  /** How many files are worth reading at a time. */
  readonly concurrency: number;
  list(folder: string): MaybePromise<FileName[]>;
  /** Of the name itself, a symbolic link not followed. */
  lstat(path: Path): MaybePromise<Stats>;
  stat(path: Path): MaybePromise<Stats>;
  /** The whole of a regular file, or why it is not to be had. @throws the system's error */
  read(path: Path, limit: number): MaybePromise<FileReading>;
}

/** `stats` are of the bytes read. `changed`: somebody wrote while we read, the bytes may be half old, half new. */
export type FileReading =
  | { readonly kind: 'read'; readonly bytes: Uint8Array; readonly stats: Stats }
  | { readonly kind: 'changed'; readonly stats: Stats }
  | { readonly kind: 'not-a-file'; readonly stats: Stats }
  | { readonly kind: 'too-large'; readonly stats: Stats };

// A FIFO or device that took the name since it was looked at must neither block the open nor become our terminal.
const OPEN_FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOCTTY ?? 0);

export const localAccess: FolderAccess = {
  concurrency: 1,
  list: (folder) => readdirSync(folder, { encoding: 'buffer' }).map(toFileName),
  lstat: (path) => lstatSync(path),
  stat: (path) => statSync(path),
  read(path, limit) {
    const file = openSync(path, OPEN_FLAGS);
    try {
      const stats = fstatSync(file);
      const refused = refusal(stats, limit);
      if (refused !== undefined) return { kind: refused, stats };
      const bytes = Buffer.allocUnsafe(stats.size);
      let filled = 0;
      while (filled < bytes.length) {
        const count = readSync(file, bytes, filled, bytes.length - filled, filled);
        if (count === 0) break;
        filled += count;
      }
      return judge(bytes, filled, stats, fstatSync(file));
    } finally {
      closeSync(file);
    }
  },
};

export const remoteAccess: FolderAccess = {
  concurrency: 16,
  list: async (folder) => (await readdir(folder, { encoding: 'buffer' })).map(toFileName),
  lstat: (path) => lstat(path),
  stat: (path) => stat(path),
  async read(path, limit) {
    const file = await open(path, OPEN_FLAGS);
    try {
      const stats = await file.stat();
      const refused = refusal(stats, limit);
      if (refused !== undefined) return { kind: refused, stats };
      const bytes = Buffer.allocUnsafe(stats.size);
      let filled = 0;
      while (filled < bytes.length) {
        const { bytesRead } = await file.read(bytes, filled, bytes.length - filled, filled);
        if (bytesRead === 0) break;
        filled += bytesRead;
      }
      return judge(bytes, filled, stats, await file.stat());
    } finally {
      await file.close();
    }
  },
};

function refusal(stats: Stats, limit: number): 'not-a-file' | 'too-large' | undefined {
  if (!stats.isFile()) return 'not-a-file';
  return stats.size > limit ? 'too-large' : undefined;
}

function judge(bytes: Buffer, filled: number, before: Stats, after: Stats): FileReading {
  const steady = before.mtimeMs === after.mtimeMs && before.size === after.size && filled === bytes.length;
  return steady ? { kind: 'read', bytes, stats: before } : { kind: 'changed', stats: after };
}

/** What stands there in place of a regular file. */
export function kindOfFile(stats: Stats): string {
  if (stats.isDirectory()) return 'a folder';
  if (stats.isFIFO()) return 'a named pipe';
  if (stats.isSocket()) return 'a socket';
  return 'a device';
}
