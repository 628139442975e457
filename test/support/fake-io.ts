/** An Io whose streams are strings: for tests of what a command or the terminal layer says. */

import type { Io, Output } from '../../src/terminal/io.ts';
import { createLog, DEFAULT_LOG_SETTINGS, type LogSettings } from '../../src/terminal/log.ts';

export interface FakeIo extends Io {
  /** All that was written so far. */
  readonly said: { readonly stdout: string; readonly stderr: string; readonly stdoutBytes: Uint8Array };
}

export interface FakeIoOptions {
  readonly stdin?: string | Uint8Array;
  readonly stdinIsTerminal?: boolean;
  readonly isTerminal?: boolean;
  readonly color?: boolean;
  readonly columns?: number;
  readonly log?: Partial<LogSettings>;
  readonly signal?: AbortSignal;
  readonly env?: NodeJS.ProcessEnv;
  /** Default: noon on 25 November 2026, local time. */
  readonly now?: Date;
}

export function fakeIo(options: FakeIoOptions = {}): FakeIo {
  const stdout: Uint8Array[] = [];
  const stderr: Uint8Array[] = [];
  const output = (chunks: Uint8Array[]): Output => ({
    write: async (chunk) => {
      chunks.push(Buffer.from(chunk));
    },
    isTerminal: options.isTerminal ?? false,
    columns: options.columns ?? 80,
    color: options.color ?? false,
  });
  const settings = { ...DEFAULT_LOG_SETTINGS, ...options.log };
  const now = () => options.now ?? new Date(2026, 10, 25, 12);
  const writeLine = (line: string) => {
    stderr.push(Buffer.from(`${line}\n`));
  };
  return {
    stdin: oneChunk(options.stdin),
    stdinIsTerminal: options.stdinIsTerminal ?? false,
    stdout: output(stdout),
    stderr: output(stderr),
    status: (text) => {
      if (options.isTerminal === true) stderr.push(Buffer.from(`\r${text}`));
    },
    log: createLog(writeLine, () => settings, now),
    logFormat: settings.format,
    signal: options.signal ?? new AbortController().signal,
    env: options.env ?? {},
    now,
    get said() {
      return {
        stdout: Buffer.concat(stdout).toString(),
        stderr: Buffer.concat(stderr).toString(),
        stdoutBytes: Buffer.concat(stdout),
      };
    },
  };
}

async function* oneChunk(input: string | Uint8Array = ''): AsyncGenerator<Uint8Array> {
  if (input.length > 0) yield Buffer.from(input);
}
