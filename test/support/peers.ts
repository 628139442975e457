/**
 * The programs that wltool must agree with: DCMTK's tools and Orthanc with its worklist plugin (Debian packages
 * dcmtk and orthanc). Where one is missing its tests are skipped by name; in CI that is a failure.
 */

import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants, existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort, portOpens } from './free-port.ts';
import { tempDir } from './temp-dir.ts';

export type PeerName =
  | 'dcmdump'
  | 'dump2dcm'
  | 'findscu'
  | 'echoscu'
  | 'wlmscpfs'
  | 'dcmftest'
  | 'dcm2json'
  | 'Orthanc'
  | 'openssl'
  | 'iconv'
  | 'jq'
  | 'zsh'
  | 'fish'
  | 'man'
  | 'haproxy'
  | 'systemd-analyze'
  | 'flock';

const FOLDERS = [...(process.env['PATH'] ?? '').split(':'), '/usr/sbin', '/usr/local/sbin'];
const WORKLIST_PLUGIN = '/usr/share/orthanc/plugins/libModalityWorklists.so';
const DCMTK_SAMPLES = '/usr/share/doc/dcmtk/examples/wlistdb';
/** Long enough for a busy machine; reached only when something is wrong. */
const START_MS = 30_000;

/**
 * For node:test's `skip`: false when all of `names` are here, else a sentence naming the missing ones.
 * @throws Error in CI (CI=true), where every peer must be installed
 */
export function missing(...names: readonly PeerName[]): false | string {
  const absent = names.filter((name) => locate(name) === undefined || (name === 'Orthanc' && !hasPlugin()));
  return absent.length === 0 ? false : refuseInCi(`not installed: ${absent.join(', ')}`);
}

/** The path of an installed peer. @throws Error when it is missing: ask `missing` first */
export function peerPath(name: PeerName): string {
  const path = locate(name);
  if (path === undefined) throw new Error(`not installed: ${name}`);
  return path;
}

/** DCMTK's ten sample records, as its package installs them, or why they are not here. */
export function dcmtkSamples(): { readonly folder: string; readonly skip: false | string } {
  const skip = existsSync(DCMTK_SAMPLES) ? false : refuseInCi(`no sample records of DCMTK in ${DCMTK_SAMPLES}`);
  return { folder: DCMTK_SAMPLES, skip };
}

export interface PeerResult {
  readonly code: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/** Runs a peer's program to its end, in English, whatever its exit status. */
export async function runPeer(
  name: PeerName,
  args: readonly string[],
  options: { readonly cwd?: string; readonly input?: Uint8Array; readonly timeoutMs?: number } = {},
): Promise<PeerResult> {
  return await new Promise((resolve, reject) => {
    const child = execFile(
      peerPath(name),
      args,
      {
        cwd: options.cwd,
        encoding: 'buffer',
        env: { ...process.env, LC_ALL: 'C', DCMDICTPATH: undefined },
        maxBuffer: 1 << 30,
        timeout: options.timeoutMs ?? 30_000,
      },
      (error, stdout, stderr) => {
        const code = error === null ? 0 : error.code;
        if (typeof code === 'number') resolve({ code, stdout, stderr: stderr.toString() });
        else reject(error);
      },
    );
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(options.input);
  });
}

interface Scope {
  after(cleanUp: () => Promise<void>): void;
}

export interface PeerServer {
  readonly port: number;
  /** All that it has said so far. */
  output(): string;
  stop(): Promise<void>;
}

/** Starts a peer that listens on `port`, and stops it when the test ends. */
export async function startPeer(
  scope: Scope,
  name: PeerName,
  args: readonly string[],
  options: { readonly port: number; readonly cwd?: string },
): Promise<PeerServer> {
  const child = spawn(peerPath(name), args, { cwd: options.cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  return await started(scope, child, options.port);
}

/** Serves `folder` (a subfolder with a lockfile for each AE title) until the test ends. */
export async function startWlmscpfs(scope: Scope, folder: string, args: readonly string[] = []): Promise<PeerServer> {
  const port = await freePort();
  return await startPeer(scope, 'wlmscpfs', [...args, '-dfp', folder, String(port)], { port });
}

export interface OrthancOptions {
  /** The folder of .wl files that its worklist plugin serves. */
  readonly worklistFolder: string;
  /** Whom it may query: symbolic name to [AE title, host, port]. */
  readonly modalities?: Readonly<Record<string, readonly [aeTitle: string, host: string, port: number]>>;
  /** Added to its configuration. */
  readonly configuration?: Readonly<Record<string, unknown>>;
}

export interface OrthancServer extends PeerServer {
  /** Base address of its REST interface. */
  readonly url: string;
}

/** Starts Orthanc (AE title ORTHANC) with its worklist plugin until the test ends. */
export async function startOrthanc(scope: Scope, options: OrthancOptions): Promise<OrthancServer> {
  const folder = await tempDir(scope);
  const port = await freePort();
  const httpPort = await freePort();
  const configuration = {
    Name: 'wltool test',
    StorageDirectory: folder,
    IndexDirectory: folder,
    Plugins: [WORKLIST_PLUGIN],
    DicomAet: 'ORTHANC',
    DicomPort: port,
    DicomCheckCalledAet: false,
    DicomAlwaysAllowEcho: true,
    DicomAlwaysAllowFind: true,
    DicomAlwaysAllowFindWorklist: true,
    DicomModalities: options.modalities ?? {},
    HttpPort: httpPort,
    RemoteAccessAllowed: false,
    AuthenticationEnabled: false,
    Worklists: { Enable: true, Database: options.worklistFolder },
    ...options.configuration,
  };
  const file = join(folder, 'orthanc.json');
  await writeFile(file, JSON.stringify(configuration));
  const child = spawn(peerPath('Orthanc'), [file], { stdio: ['ignore', 'pipe', 'pipe'] });
  const server = await started(scope, child, port, httpPort);
  return { ...server, url: `http://127.0.0.1:${httpPort}` };
}

/** Waits until the child listens; it ends with the test. */
async function started(scope: Scope, child: ChildProcess, port: number, ...others: number[]): Promise<PeerServer> {
  let output = '';
  child.stdout?.on('data', (chunk) => {
    output += chunk;
  });
  child.stderr?.on('data', (chunk) => {
    output += chunk;
  });
  const ended = once(child, 'close');
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
    await ended;
  };
  scope.after(stop);
  const gaveUp = new AbortController();
  const died = ended.then(() => {
    gaveUp.abort();
    throw new Error(`${child.spawnfile} ended at once: ${output}`);
  });
  died.catch(() => undefined);
  const signal = AbortSignal.any([gaveUp.signal, AbortSignal.timeout(START_MS)]);
  await Promise.race([Promise.all([port, ...others].map((each) => portOpens(each, signal))), died]);
  return { port, output: () => output, stop };
}

function locate(name: PeerName): string | undefined {
  return FOLDERS.map((folder) => join(folder, name)).find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function hasPlugin(): boolean {
  return existsSync(WORKLIST_PLUGIN);
}

function refuseInCi(reason: string): string {
  if (process.env['CI'] === 'true') throw new Error(`${reason} (CI needs all peers)`);
  return reason;
}
