/** `wltool serve` as another process, with deadlines short enough to be waited for, and its memory in view. */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { WLTOOL } from './spawn-cli.ts';
import { entryDataSet, entryFile } from './worklist-entries.ts';

/** Deadlines of the attacked server, in seconds. */
export const SHORT_DEADLINES = ['--acse-timeout=2', '--dimse-timeout=2', '--idle-timeout=3'];

export const PATIENT_COMMENTS = 0x00104000;

export interface AttackServerOptions {
  readonly entries?: number;
  /** How long each entry's Patient Comments are; without them entries are as short as can be. */
  readonly commentLength?: number;
  readonly args?: readonly string[];
  /** Added to the environment. */
  readonly env?: NodeJS.ProcessEnv;
}

export class AttackServer {
  readonly port: number;
  readonly folder: string;
  readonly #child: ChildProcess;
  readonly #ended: Promise<unknown[]>;
  readonly #scratch: string;

  private constructor(port: number, scratch: string, child: ChildProcess, ended: Promise<unknown[]>) {
    this.port = port;
    this.#scratch = scratch;
    this.folder = join(scratch, 'worklist');
    this.#child = child;
    this.#ended = ended;
  }

  /** Accession numbers A0, A1, … are what it serves, to every called AE title. */
  static async start(options: AttackServerOptions = {}): Promise<AttackServer> {
    const { entries = 40, commentLength = 0, args = SHORT_DEADLINES, env } = options;
    const comment = commentLength === 0 ? {} : { [PATIENT_COMMENTS]: 'x'.repeat(commentLength) };
    const scratch = await mkdtemp(join(tmpdir(), 'wltool-attack-'));
    const folder = join(scratch, 'worklist');
    await mkdir(folder);
    for (let index = 0; index < entries; index++) {
      await writeFile(join(folder, `${index}.wl`), entryFile(entryDataSet(`A${index}`, comment)));
    }
    const log = openSync(join(scratch, 'stderr'), 'w');
    const child = spawn(
      process.execPath,
      [...WLTOOL, 'serve', folder, '--port=0', '--host=127.0.0.1', '--layout=flat', ...args],
      { stdio: ['ignore', 'pipe', log], env: { ...process.env, NO_COLOR: '1', ...env } },
    );
    const ended = once(child, 'close');
    const port = await listeningPort(child, () => readFileSync(join(scratch, 'stderr'), 'utf8'));
    return new AttackServer(port, scratch, child, ended);
  }

  get pid(): number {
    return this.#child.pid ?? -1;
  }

  get alive(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** All that it has written to stderr. */
  log(): string {
    return readFileSync(join(this.#scratch, 'stderr'), 'utf8');
  }

  /** Lines of the log that tell of a bug. */
  bugs(): string[] {
    return this.log()
      .split('\n')
      .filter((line) => /\bbug\b|query failed:|UnhandledPromise/i.test(line));
  }

  /** Resident memory in MiB: now, and the most since `forgetPeak`. Linux only; elsewhere 0. */
  memory(): { readonly now: number; readonly peak: number } {
    try {
      const status = readFileSync(`/proc/${this.pid}/status`, 'utf8');
      const kib = (name: string): number => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1] ?? 0);
      return { now: kib('VmRSS') / 1024, peak: kib('VmHWM') / 1024 };
    } catch {
      return { now: 0, peak: 0 };
    }
  }

  forgetPeak(): void {
    try {
      writeFileSync(`/proc/${this.pid}/clear_refs`, '5');
    } catch {
      // No procfs: `memory` gives 0 there too.
    }
  }

  /** Open file descriptors; 0 where the system does not say. */
  descriptors(): number {
    try {
      return readdirSync(`/proc/${this.pid}/fd`).length;
    } catch {
      return 0;
    }
  }

  /**
   * Waits until no more than so many descriptors are open, and a while at most; how many were when it was looked last.
   * Between two looks the server may open some for a moment, to read its folder.
   */
  async descriptorsAtMost(count: number): Promise<number> {
    const deadline = performance.now() + 10_000;
    let open = this.descriptors();
    while (open > count && performance.now() < deadline) {
      await wait(50);
      open = this.descriptors();
    }
    return open;
  }

  signal(name: NodeJS.Signals): void {
    this.#child.kill(name);
  }

  /** Waits for the end; the exit status, or null where a signal ended it. */
  async exitStatus(): Promise<number | null> {
    await this.#ended;
    return this.#child.exitCode;
  }

  /** Ends it and removes its files. */
  async stop(): Promise<number | null> {
    if (this.alive) this.signal('SIGTERM');
    const status = await this.exitStatus();
    await rm(this.#scratch, { recursive: true, force: true });
    return status;
  }
}

async function listeningPort(child: ChildProcess, log: () => string): Promise<number> {
  let said = '';
  for await (const chunk of child.stdout ?? []) {
    said += chunk;
    const port = /listening on 127\.0\.0\.1:(\d+)/.exec(said)?.[1];
    if (port !== undefined) return Number(port);
  }
  throw new Error(`the server ended at once: ${log()}`);
}
