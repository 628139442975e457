/** Runs wltool as a user does: another process, its streams and its exit status. */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder, with a slash at the end. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** The built program if it is newer than every source file (`npm test` builds first), else the sources through tsx. */
export const WLTOOL: readonly string[] = isBuilt()
  ? [`${ROOT}bin/wltool.js`]
  : ['--import', import.meta.resolve('tsx'), `${ROOT}src/main.ts`];

export interface CliOptions {
  /** What stdin gives; by default it is empty. */
  readonly input?: string | Uint8Array;
  readonly cwd?: string;
  /** Added to the environment, which is otherwise the test's without colour settings. */
  readonly env?: NodeJS.ProcessEnv;
  /** The process is killed after this long, and the test fails. Default: 30 s. */
  readonly timeoutMs?: number;
}

export interface CliResult {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stdoutBytes: Buffer;
  readonly stderr: string;
}

/** Runs wltool to its end. */
export async function runCli(args: readonly string[], options: CliOptions = {}): Promise<CliResult> {
  return await startCli(args, options).finished;
}

/** A wltool that is still running: `serve`, or one that a test wants to stop. */
export interface RunningCli {
  readonly child: ChildProcess;
  readonly finished: Promise<CliResult>;
  /** The first match of `pattern` in stdout and stderr together; rejects when the process ends without it. */
  waitFor(pattern: RegExp): Promise<RegExpExecArray>;
  /** Sends the signal and waits for the end. */
  stop(signal?: NodeJS.Signals): Promise<CliResult>;
}

export function startCli(args: readonly string[], options: CliOptions = {}): RunningCli {
  return startCommand([...WLTOOL, ...args], options);
}

/** Starts Node with these arguments, for a wltool that is not this one. */
export function startCommand(args: readonly string[], options: CliOptions = {}): RunningCli {
  const { NO_COLOR: _, FORCE_COLOR: __, ...inherited } = process.env;
  const child = spawn(process.execPath, args, {
    cwd: options.cwd,
    env: { ...inherited, ...options.env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  child.stdin.on('error', () => undefined);
  child.stdin.end(options.input ?? '');
  const output = collect(child);
  const finished = finish(child, args, output, options.timeoutMs ?? 30_000);
  // Whoever only waits for a line must not fail for want of a handler here.
  finished.catch(() => undefined);
  return {
    child,
    finished,
    waitFor: (pattern) => waitFor(child, pattern, output),
    stop: (signal = 'SIGTERM') => {
      child.kill(signal);
      return finished;
    },
  };
}

interface Collected {
  readonly stdout: Buffer[];
  readonly stderr: Buffer[];
}

function collect(child: ChildProcess): Collected {
  const output: Collected = { stdout: [], stderr: [] };
  child.stdout?.on('data', (chunk: Buffer) => output.stdout.push(chunk));
  child.stderr?.on('data', (chunk: Buffer) => output.stderr.push(chunk));
  return output;
}

async function finish(
  child: ChildProcess,
  args: readonly string[],
  output: Collected,
  timeoutMs: number,
): Promise<CliResult> {
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    child.kill('SIGKILL');
  }, timeoutMs);
  await once(child, 'close');
  clearTimeout(timer);
  const stdoutBytes = Buffer.concat(output.stdout);
  const stderr = Buffer.concat(output.stderr).toString();
  if (timedOut) throw new Error(`${args.join(' ')} still ran after ${timeoutMs} ms; stderr: ${stderr}`);
  return { code: child.exitCode, signal: child.signalCode, stdout: stdoutBytes.toString(), stdoutBytes, stderr };
}

async function waitFor(child: ChildProcess, pattern: RegExp, output: Collected): Promise<RegExpExecArray> {
  return await new Promise((resolve, reject) => {
    const look = () => {
      const text = Buffer.concat([...output.stdout, ...output.stderr]).toString();
      const match = pattern.exec(text);
      if (match !== null) resolve(match);
      return text;
    };
    child.stdout?.on('data', look);
    child.stderr?.on('data', look);
    child.once('close', () => reject(new Error(`ended without ${pattern}: ${look()}`)));
    look();
  });
}

/** Whether dist is newer than every source file. */
export function isBuilt(): boolean {
  try {
    const built = statSync(`${ROOT}dist/main.js`).mtimeMs;
    return readdirSync(`${ROOT}src`, { recursive: true, encoding: 'utf8' }).every(
      (name) => name.startsWith('build') || statSync(join(ROOT, 'src', name)).mtimeMs <= built,
    );
  } catch {
    return false;
  }
}
