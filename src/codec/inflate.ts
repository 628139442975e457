/** The deflate stream of a deflated data set (PS3.5 A.5). */

import { constants, inflateRawSync } from 'node:zlib';
import { DataError } from '../errors.ts';

/** What a stream may swell to where the caller sets no limit: a bound against deflate bombs. */
const MAX_INFLATED_BASE = 16 * 1024 * 1024;
const MAX_INFLATED_RATIO = 100;

export interface Inflated {
  readonly bytes: Uint8Array;
  /** Set when the stream is cut, damaged or too large; `bytes` hold what came out before. */
  readonly error?: DataError;
}

/** Inflates a raw deflate stream; damage is reported, not thrown. */
export function inflateDataSet(bytes: Uint8Array, file: string | undefined, limit?: number): Inflated {
  const maxOutputLength = limit ?? MAX_INFLATED_BASE + MAX_INFLATED_RATIO * bytes.length;
  try {
    return { bytes: inflateRawSync(bytes, { maxOutputLength }) };
  } catch (cause) {
    const tooLarge = cause instanceof RangeError;
    const message = tooLarge
      ? `the deflated data set swells to more than ${maxOutputLength} bytes`
      : 'the deflated data set is cut or damaged';
    const error = new DataError('deflate', message, { file, cause });
    return { bytes: tooLarge ? new Uint8Array(0) : inflateFirstPart(bytes, maxOutputLength), error };
  }
}

/** What a cut stream still yields; nothing when its very beginning is damaged. */
function inflateFirstPart(bytes: Uint8Array, maxOutputLength: number): Uint8Array {
  try {
    return inflateRawSync(bytes, { maxOutputLength, finishFlush: constants.Z_SYNC_FLUSH });
  } catch {
    // The caller reports the damage; only the rescue failed.
    return new Uint8Array(0);
  }
}
