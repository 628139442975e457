/** The servers that are compared, each on a port of its own; they say what they have to say to nobody. */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { freePort, portOpens } from '../test/support/free-port.ts';
import { peerPath, startOrthanc } from '../test/support/peers.ts';
import type { EntryFolder } from './data/folders.ts';
import { OURS } from './figure.ts';
import type { Scope } from './scope.ts';
import { WLTOOL } from './wltool.ts';

export interface BenchServer {
  readonly name: string;
  readonly port: number;
  readonly process: ChildProcess | undefined;
  /** From its start until it takes connections. */
  readonly readyMs: number;
}

export const WLMSCPFS = 'wlmscpfs';
/** Without it each answer waits for the acknowledgement of the one before, 44 ms on Linux. */
export const WLMSCPFS_NODELAY = 'wlmscpfs, TCP_NODELAY=1';
export const ORTHANC = 'Orthanc';

const START_MS = 600_000;

async function start(
  scope: Scope,
  name: string,
  command: string,
  args: (port: number) => readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<BenchServer> {
  const port = await freePort();
  const startedAt = performance.now();
  const child = spawn(command, args(port), { stdio: 'ignore', env: { ...process.env, ...env } });
  const ended = once(child, 'close');
  const gaveUp = new AbortController();
  child.once('close', () => gaveUp.abort(new Error(`${name} ended`)));
  scope.after(async () => {
    child.kill('SIGTERM');
    await ended;
  });
  await portOpens(port, AbortSignal.any([gaveUp.signal, AbortSignal.timeout(START_MS)]));
  return { name, port, process: child, readyMs: performance.now() - startedAt };
}

export function startWltool(scope: Scope, folder: string, options: readonly string[] = []): Promise<BenchServer> {
  const args = (port: number) => [...WLTOOL, 'serve', '--host', '127.0.0.1', '-p', `${port}`, ...options, folder];
  return start(scope, OURS, process.execPath, args);
}

/** With `noDelay`, as DCMTK documents for its network code: TCP_NODELAY=1 in the environment. */
export function startWlmscpfs(scope: Scope, folder: string, noDelay: boolean): Promise<BenchServer> {
  const name = noDelay ? WLMSCPFS_NODELAY : WLMSCPFS;
  const args = (port: number) => ['-dfp', folder, `${port}`];
  return start(scope, name, peerPath('wlmscpfs'), args, noDelay ? { TCP_NODELAY: '1' } : {});
}

/** wltool and wlmscpfs in both settings, on the same files. */
export async function startAll(scope: Scope, { root }: EntryFolder): Promise<readonly BenchServer[]> {
  return [
    await startWltool(scope, root),
    await startWlmscpfs(scope, root, true),
    await startWlmscpfs(scope, root, false),
  ];
}

export async function startWorklistOrthanc(scope: Scope, { files }: EntryFolder): Promise<BenchServer> {
  const startedAt = performance.now();
  const { port } = await startOrthanc(scope, { worklistFolder: files });
  return { name: ORTHANC, port, process: undefined, readyMs: performance.now() - startedAt };
}

/** Memory that a process has in use now, or has had at most, in KiB. */
export function memoryOf(child: ChildProcess | undefined, which: 'VmRSS' | 'VmHWM'): number | undefined {
  try {
    const status = readFileSync(`/proc/${child?.pid}/status`, 'latin1');
    const [, number] = new RegExp(`^${which}:\\s+(\\d+) kB$`, 'm').exec(status) ?? [];
    return number === undefined ? undefined : Number(number);
  } catch {
    return undefined;
  }
}
