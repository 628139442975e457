/** Memory for the bytes that an association sends, used again for each write. */

import { BATCH_LENGTH } from './limits.ts';

/** Most queries have one answer or few. */
const FIRST_LENGTH = 2048;
/** A batch, and the answer that ended it. */
const LONGEST_KEPT = 2 * BATCH_LENGTH;

/**
 * The garbage collector does not see how large a buffer is: one a write would fill some 60 MiB before it looked.
 * What `take` gave is overwritten by what comes next, so it must have been written by then.
 */
export class SendRoom {
  #bytes = Buffer.allocUnsafe(FIRST_LENGTH);
  #length = 0;

  /** Bytes that wait for `take`. */
  get length(): number {
    return this.#length;
  }

  /** Makes room for so many more bytes; they are to be written at the offset. */
  extend(count: number): { readonly bytes: Buffer; readonly offset: number } {
    const offset = this.#length;
    this.#length += count;
    if (this.#length > this.#bytes.length) {
      const grown = Buffer.allocUnsafe(Math.max(this.#length, 2 * this.#bytes.length));
      this.#bytes.copy(grown, 0, 0, offset);
      this.#bytes = grown;
    }
    return { bytes: this.#bytes, offset };
  }

  /** All that was written; the next `extend` starts anew. */
  take(): Buffer {
    const taken = this.#bytes.subarray(0, this.#length);
    this.#length = 0;
    if (this.#bytes.length > LONGEST_KEPT) this.#bytes = Buffer.allocUnsafe(FIRST_LENGTH);
    return taken;
  }
}
