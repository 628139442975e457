/** Folders of entries, laid out so that wltool, wlmscpfs and Orthanc can serve the same files. */

import { mkdirSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Scope } from '../scope.ts';
import { entryBytes } from './entries.ts';

export const AE_TITLE = 'BENCH';

export interface EntryFolder {
  /** What wltool and wlmscpfs serve: a folder with one AE title in it. */
  readonly root: string;
  /** The files themselves, which Orthanc serves. */
  readonly files: string;
  readonly entries: number;
  readonly bytes: number;
}

export function fileOf(number: number): string {
  return `${String(number).padStart(7, '0')}.wl`;
}

/** An empty folder that goes when the bench ends. */
export async function newFolder(scope: Scope): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'wltool-bench-'));
  scope.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Writes the first `entries` entries. */
export async function buildFolder(scope: Scope, entries: number): Promise<EntryFolder> {
  const root = await newFolder(scope);
  const files = join(root, AE_TITLE);
  mkdirSync(files);
  writeFileSync(join(files, 'lockfile'), '');
  let total = 0;
  for (let number = 0; number < entries; number++) {
    const bytes = entryBytes(number);
    total += bytes.length;
    writeFileSync(join(files, fileOf(number)), bytes);
  }
  return { root, files, entries, bytes: total };
}
