/** DCMTK's ten sample records as worklist files, in a folder for wlmscpfs (AE title OFFIS) and for Orthanc. */

import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { dcmtkSamples, runPeer } from './peers.ts';
import { tempDir } from './temp-dir.ts';

interface Scope {
  after(cleanUp: () => Promise<void>): void;
}

export interface SampleWorklist {
  /** What wlmscpfs serves: a folder with one AE title in it. */
  readonly root: string;
  /** The .wl files themselves. */
  readonly folder: string;
}

/** Converts the samples with dump2dcm; ask `dcmtkSamples().skip` and `missing('dump2dcm')` first. */
export async function sampleWorklist(scope: Scope): Promise<SampleWorklist> {
  const root = await tempDir(scope);
  const folder = join(root, 'OFFIS');
  await mkdir(folder);
  await writeFile(join(folder, 'lockfile'), '');
  const samples = join(dcmtkSamples().folder, 'OFFIS');
  for (const name of await readdir(samples)) {
    if (!name.endsWith('.dump')) continue;
    const { code, stderr } = await runPeer('dump2dcm', [
      '-g',
      join(samples, name),
      join(folder, `${name.slice(0, -5)}.wl`),
    ]);
    if (code !== 0) throw new Error(stderr);
  }
  return { root, folder };
}

/** DCMTK's thirteen sample queries, by path. */
export async function sampleQueries(): Promise<string[]> {
  const folder = join(dcmtkSamples().folder, '..', 'wlistqry');
  const names = (await readdir(folder)).filter((name) => name.endsWith('.dump'));
  return names.sort((a, b) => a.localeCompare(b, 'en', { numeric: true })).map((name) => join(folder, name));
}
