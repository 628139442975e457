/** Folders for `wltool serve` to serve in a test, and the process that serves them. */

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dcmtkSamples, runPeer } from './peers.ts';
import { type RunningCli, startCli } from './spawn-cli.ts';

interface Scope {
  after(cleanUp: () => Promise<void>): void;
}

interface RecordLine {
  readonly folder: string;
  readonly name: string;
  readonly wl: string;
}

const RECORDS = new URL('../../fixtures/serve/records.ndjson', import.meta.url);

/** Makes in `root` the folders that wlmscpfs's answers were recorded from, with all that a server must skip. */
export async function buildServeFolder(root: string): Promise<void> {
  const lines = readFileSync(RECORDS, 'utf8').trimEnd().split('\n');
  const records = lines.map((line) => JSON.parse(line) as RecordLine);
  for (const folder of ['OFFIS', 'EMPTY', ...records.map((record) => record.folder)]) {
    mkdirSync(join(root, folder), { recursive: true });
    if (folder !== 'NOLOCK') writeFileSync(join(root, folder, 'lockfile'), '');
  }
  for (const { folder, name, wl } of records) writeFileSync(join(root, folder, name), Buffer.from(wl, 'base64'));
  const edge = join(root, 'EDGE');
  const entry = readFileSync(join(edge, 'e01.wl'));
  writeFileSync(join(edge, 'garbage.wl'), 'this is not a DICOM file\n'.repeat(20));
  writeFileSync(join(edge, 'truncated.wl'), entry.subarray(0, entry.length - 60));
  writeFileSync(join(edge, 'empty.wl'), '');
  writeFileSync(join(edge, 'other.dcm'), entry);
  writeFileSync(join(edge, '.wl'), entry);
  mkdirSync(join(edge, 'sub'));
  writeFileSync(join(edge, 'sub', 'deep.wl'), entry);
  mkdirSync(join(edge, 'folder.wl'));
  await buildSamples(join(root, 'OFFIS'));
}

/** DCMTK's ten sample records, as dump2dcm writes them. */
export async function buildSamples(target: string): Promise<void> {
  const source = join(dcmtkSamples().folder, 'OFFIS');
  mkdirSync(target, { recursive: true });
  for (const name of readdirSync(source).filter((each) => each.endsWith('.dump'))) {
    await runPeer('dump2dcm', ['-q', '+te', join(source, name), join(target, name.replace('.dump', '.wl'))]);
  }
}

export interface ServeProcess extends RunningCli {
  readonly port: number;
}

/** Runs `wltool serve` on a free port of the loopback address until the test ends. */
export async function startServe(
  scope: Scope,
  args: readonly string[],
  options: { readonly timeoutMs?: number } = {},
): Promise<ServeProcess> {
  const cli = startCli(['serve', '--host', '127.0.0.1', ...args], { timeoutMs: options.timeoutMs ?? 120_000 });
  scope.after(async () => {
    await cli.stop().catch(() => undefined);
  });
  const [, port] = await cli.waitFor(/listening on 127\.0\.0\.1:(\d+)/);
  return { ...cli, port: Number(port) };
}
