/**
 * stdout and stderr: every write is awaited, whole, and a closed pipe is told from a real failure.
 */

import { fstatSync, type Stats, write } from 'node:fs';
import { FileError } from '../errors.ts';
import { wantsColor } from './style.ts';

export interface Output {
  /** Resolves once the system has all of it. @throws ClosedPipe when nobody reads any more */
  write(chunk: string | Uint8Array): Promise<void>;
  readonly isTerminal: boolean;
  /** Width of the terminal; 80 where there is none. */
  readonly columns: number;
  readonly color: boolean;
}

/** The reader of stdout has gone (`wltool dump x | head`). Not a failure: the program ends quietly. */
export class ClosedPipe extends Error {
  constructor() {
    super('the reader of standard output has gone');
    this.name = 'ClosedPipe';
  }
}

type Send = (chunk: string | Uint8Array) => Promise<void>;

/** Where a stream of Node's can be had; opening it loads Node's network code, so it is asked for late. */
interface Source {
  readonly fd: number;
  readonly stream: () => NodeJS.WriteStream;
  readonly env: NodeJS.ProcessEnv;
}

/** stdout: failures are the caller's to know. */
export function openStdout(source: Source): Output {
  const { send, ...facts } = open(source);
  return {
    ...facts,
    write: async (chunk) => {
      try {
        await send(chunk);
      } catch (error) {
        throw outputFailure(error);
      }
    },
  };
}

/** stderr: when it fails there is nobody left to tell. */
export function openStderr(source: Source): Output {
  const { send, ...facts } = open(source);
  return { ...facts, write: (chunk) => send(chunk).catch(() => undefined) };
}

function open({ fd, stream, env }: Source): Omit<Output, 'write'> & { send: Send } {
  // A terminal is a character device; only for one of those is Node's stream needed to know more.
  const terminal = statIfOpen(fd)?.isCharacterDevice() === true && stream().isTTY ? stream() : undefined;
  return {
    send: inTurn(terminal === undefined ? descriptorSender(fd, stream) : streamSender(terminal)),
    isTerminal: terminal !== undefined,
    columns: terminal?.columns ?? 80,
    color: wantsColor(terminal !== undefined, env),
  };
}

/** Keeps the order of writes whose callers do not wait for each other. */
function inTurn(send: Send): Send {
  let last: Promise<void> = Promise.resolve();
  return (chunk) => {
    const sent = last.then(() => send(chunk));
    last = sent.catch(() => undefined);
    return sent;
  };
}

/** Node's stream for a file takes a short write on a full disk for a whole one; this loop does not. */
function descriptorSender(fd: number, stream: () => NodeJS.WriteStream): Send {
  return async (chunk) => {
    let rest = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    try {
      while (rest.length > 0) rest = rest.subarray(await writeSome(fd, rest));
    } catch (error) {
      // Somebody made the pipe non-blocking; Node's stream knows how to wait for it.
      if (!hasCode(error, 'EAGAIN')) throw error;
      await streamSender(stream())(rest);
    }
  };
}

function writeSome(fd: number, bytes: Uint8Array): Promise<number> {
  return new Promise((resolve, reject) => {
    write(fd, bytes, (error, written) => (error ? reject(error) : resolve(written)));
  });
}

function streamSender(stream: NodeJS.WriteStream): Send {
  // Each failure also reaches the callback of its write; without a listener it would end the process.
  if (stream.listenerCount('error') === 0) stream.on('error', () => undefined);
  return (chunk) =>
    new Promise((resolve, reject) => {
      stream.write(chunk, (error) => (error ? reject(error) : resolve()));
    });
}

function outputFailure(error: unknown): unknown {
  if (hasCode(error, 'EPIPE') || hasCode(error, 'ERR_STREAM_DESTROYED')) return new ClosedPipe();
  if (hasCode(error, 'ENOSPC')) {
    return new FileError('-', 'cannot write standard output: no space left on the device', {
      hint: 'free some space',
      cause: error,
    });
  }
  if (error instanceof Error) {
    return new FileError('-', `cannot write standard output: ${error.message}`, { cause: error });
  }
  return error;
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

function statIfOpen(fd: number): Stats | undefined {
  try {
    return fstatSync(fd);
  } catch {
    return undefined;
  }
}
