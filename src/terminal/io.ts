/**
 * The world as a command sees it: streams, log, signals, clock. Handed in by main.ts, or made up by a test.
 */

import type { Log } from '../log.ts';
import { createLog, DEFAULT_LOG_SETTINGS, type LogFormat, type LogSettings } from './log.ts';
import { logLines } from './log-lines.ts';
import { type Output, openStderr, openStdout } from './output.ts';
import { StatusLine } from './status-line.ts';
import { styleFor } from './style.ts';

export type { Output } from './output.ts';

export interface Io {
  readonly stdin: AsyncIterable<Uint8Array>;
  readonly stdinIsTerminal: boolean;
  /** The result and nothing else. */
  readonly stdout: Output;
  /** Everything for people, in whole lines. Prefer `log` for single ones. */
  readonly stderr: Output;
  /** Says how things stand in a line of its own at the bottom of a terminal; '' takes it away. */
  readonly status: (text: string) => void;
  readonly log: Log;
  /** How errors and log lines are to be written. */
  readonly logFormat: LogFormat;
  /**
   * Aborted on SIGINT and SIGTERM; the reason is an Interruption. A command that stops for it throws
   * `signal.reason` (exit 130 or 143), or returns its own exit code if stopping is its normal end.
   */
  readonly signal: AbortSignal;
  readonly env: NodeJS.ProcessEnv;
  readonly now: () => Date;
}

/** Why `signal` was aborted. */
export class Interruption extends Error {
  readonly signalName: 'SIGINT' | 'SIGTERM';

  constructor(signalName: 'SIGINT' | 'SIGTERM') {
    super(`stopped by ${signalName}`);
    this.name = 'Interruption';
    this.signalName = signalName;
  }
}

export interface ProcessIo {
  readonly io: Io;
  configureLog(settings: Partial<LogSettings>): void;
}

/** The io of a real process. Signals are the caller's: it owns the process. */
export function createIo(process: NodeJS.Process, signal: AbortSignal): ProcessIo {
  let settings = DEFAULT_LOG_SETTINGS;
  const { env } = process;
  const stdout = openStdout({ fd: 1, stream: () => process.stdout, env });
  const statusLine = new StatusLine(
    openStderr({ fd: 2, stream: () => process.stderr, env }),
    () => settings.format === 'text' && settings.threshold !== 'error',
  );
  const stderr = statusLine.above;
  const now = () => new Date();
  const writeLine = logLines(stderr, (count) => log.warn(`${count} log lines were dropped: nobody took them`));
  const log = createLog(writeLine, () => settings, now, styleFor(stderr));
  const io: Io = {
    // Opening stdin costs start-up time and few commands read it.
    get stdin() {
      const { stdin } = process;
      signal.addEventListener('abort', () => stdin.destroy(signal.reason), { once: true });
      return stdin;
    },
    get stdinIsTerminal() {
      return process.stdin.isTTY === true;
    },
    stdout,
    stderr,
    status: (text) => statusLine.show(text),
    log,
    get logFormat() {
      return settings.format;
    },
    signal,
    env,
    now,
  };
  return {
    io,
    configureLog: (changes) => {
      settings = { ...settings, ...changes };
    },
  };
}
