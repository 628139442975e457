/**
 * stdout and stderr: every write is awaited, whole, and a closed pipe is told from a real failure.
 */

import { fstatSync, write } from 'node:fs';
import { promisify } from 'node:util';
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

const writeFile = promisify(write);

/** stdout: failures are the caller's to know. */
export function openStdout(stream: NodeJS.WriteStream & { fd: number }, env: NodeJS.ProcessEnv): Output {
  const send = isRegularFile(stream.fd) ? fileWriter(stream.fd) : streamWriter(stream);
  return describe(stream, env, async (chunk) => {
    try {
      await send(chunk);
    } catch (error) {
      throw outputFailure(error);
    }
  });
}

/** stderr: when it fails there is nobody left to tell. */
export function openStderr(stream: NodeJS.WriteStream, env: NodeJS.ProcessEnv): Output {
  const send = streamWriter(stream);
  return describe(stream, env, (chunk) => send(chunk).catch(() => undefined));
}

function describe(stream: NodeJS.WriteStream, env: NodeJS.ProcessEnv, send: Output['write']): Output {
  const isTerminal = stream.isTTY === true;
  return {
    write: send,
    isTerminal,
    get columns() {
      return stream.columns ?? 80;
    },
    color: wantsColor(isTerminal, env),
  };
}

/** Node's stream for a file takes a short write on a full disk for a whole one; this loop does not. */
function fileWriter(fd: number): (chunk: string | Uint8Array) => Promise<void> {
  let tail: Promise<void> = Promise.resolve();
  return (chunk) => {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    const writeAll = async () => {
      for (let offset = 0; offset < bytes.length; ) {
        const { bytesWritten } = await writeFile(fd, bytes, offset, bytes.length - offset, null);
        offset += bytesWritten;
      }
    };
    tail = tail.then(writeAll);
    return tail;
  };
}

function streamWriter(stream: NodeJS.WriteStream): (chunk: string | Uint8Array) => Promise<void> {
  // Each failure also reaches the callback of its write; without a listener it would end the process.
  stream.on('error', () => undefined);
  return (chunk) =>
    new Promise((resolve, reject) => {
      stream.write(chunk, (error) => (error ? reject(error) : resolve()));
    });
}

function outputFailure(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EPIPE' || code === 'ERR_STREAM_DESTROYED') return new ClosedPipe();
  if (code === 'ENOSPC') {
    return new FileError('-', 'standard output: no space left on the device', {
      hint: 'free some space',
      cause: error,
    });
  }
  if (error instanceof Error) return new FileError('-', `standard output: ${error.message}`, { cause: error });
  return error;
}

function isRegularFile(fd: number): boolean {
  try {
    return fstatSync(fd).isFile();
  } catch {
    return false;
  }
}
