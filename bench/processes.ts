/** Whole processes, from their start to their end. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { memoryOf } from './servers.ts';

export interface RunOptions {
  readonly cwd?: string;
  /** Where stdout goes; else nowhere. */
  readonly stdoutFile?: string;
  /** Is told what memory the process has had at most, in KiB, again and again while it runs. */
  readonly watchMemory?: (peakKiB: number) => void;
}

const LOOK_MS = 5;

/** Runs a program to its end; how long it took in milliseconds. @throws Error where it fails */
export async function runProcess(program: string, args: readonly string[], options: RunOptions = {}): Promise<number> {
  const { cwd, stdoutFile, watchMemory } = options;
  const stdout = stdoutFile === undefined ? undefined : openSync(stdoutFile, 'w');
  const startedAt = performance.now();
  const child = spawn(program, args, { cwd, stdio: ['ignore', stdout ?? 'ignore', 'ignore'] });
  const look = () => watchMemory?.(memoryOf(child, 'VmHWM') ?? 0);
  const looking = watchMemory === undefined ? undefined : setInterval(look, LOOK_MS);
  const [code] = await once(child, 'exit');
  const ms = performance.now() - startedAt;
  clearInterval(looking);
  if (stdout !== undefined) closeSync(stdout);
  if (code !== 0) throw new Error(`${program} ${args.join(' ').slice(0, 200)} ended with ${code}`);
  return ms;
}
