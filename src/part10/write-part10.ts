/** Data set and file meta information to the bytes of a file (PS3.10 7). */

import { EXPLICIT_LITTLE } from '../codec/transfer-syntax.ts';
import { type WriteOptions, writeDataSet } from '../codec/write-data-set.ts';
import type { Part10File } from './read-part10.ts';

const PREFIX = Buffer.from('DICM', 'latin1');

/** The preamble of a new file: 128 zero bytes (PS3.10 7.1). */
export const ZERO_PREAMBLE: Uint8Array = new Uint8Array(128);

/**
 * The bytes of a file: preamble, prefix, meta information (with its length made right) and data
 * set; each only if `file` has it. Lengths of sequences are kept unless `options` say otherwise, so
 * a valid file that was read comes out as it was (deflated ones: once inflated).
 */
export function writePart10(file: Part10File, options: WriteOptions = {}): Uint8Array {
  const parts: Uint8Array[] = [];
  if (file.preamble !== undefined) parts.push(file.preamble, PREFIX);
  if (file.meta !== undefined) parts.push(writeDataSet(file.meta, EXPLICIT_LITTLE, { groupLengths: 'recalculate' }));
  parts.push(writeDataSet(file.dataSet, file.syntax, options));
  return Buffer.concat(parts);
}
