/**
 * Whole inputs: a file, or stdin as `-`.
 */

import { readFileSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileFailure } from './file-failure.ts';

interface InputSource {
  readonly stdin: AsyncIterable<Uint8Array>;
  readonly signal: AbortSignal;
}

/** The bytes of the file `path`, or of stdin for `-`. @throws FileError */
export async function readInput(path: string, source: InputSource): Promise<Uint8Array> {
  source.signal.throwIfAborted();
  try {
    if (path === '-') return await readAll(source.stdin);
    // A pipe may never end, and then a signal has to; a file is read at once, for a tenth of the time of a small one.
    return statSync(path).isFile() ? readFileSync(path) : await readFile(path, { signal: source.signal });
  } catch (error) {
    source.signal.throwIfAborted();
    throw fileFailure(path === '-' ? 'standard input' : path, 'read', error);
  }
}

async function readAll(stream: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}
