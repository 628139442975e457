/** A position in bytes, and the numbers that stand there in the byte order of a transfer syntax. */

import type { Tag } from '../dicom/tag.ts';

/** One for all: a view costs a hundred bytes, and a worklist has many values of zero length. */
const NOTHING = new Uint8Array(0);

/** Nothing here checks the end of the bytes: callers ask `rest` before they read. */
export class ByteCursor {
  readonly bytes: Uint8Array;
  position: number;
  bigEndian: boolean;

  constructor(bytes: Uint8Array, position: number, bigEndian: boolean) {
    // A plain view: a Buffer makes its views by a slow way round.
    this.bytes = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.position = position;
    this.bigEndian = bigEndian;
  }

  get rest(): number {
    return this.bytes.length - this.position;
  }

  peekUint16(): number {
    const low = this.bytes[this.position] ?? 0;
    const high = this.bytes[this.position + 1] ?? 0;
    return this.bigEndian ? low * 256 + high : high * 256 + low;
  }

  readUint16(): number {
    const value = this.peekUint16();
    this.position += 2;
    return value;
  }

  readUint32(): number {
    const first = this.readUint16();
    const second = this.readUint16();
    return this.bigEndian ? first * 0x10000 + second : second * 0x10000 + first;
  }

  /** Group, then element number, each in the byte order of the syntax (PS3.5 7.1.1). */
  readTag(): Tag {
    const group = this.readUint16();
    return group * 0x10000 + this.readUint16();
  }

  /** Two bytes as Latin-1 letters: a VR, or what stands in its place. */
  readLetters(): string {
    const letters = String.fromCharCode(this.bytes[this.position] ?? 0, this.bytes[this.position + 1] ?? 0);
    this.position += 2;
    return letters;
  }

  /** A view of the next bytes, as many as there are up to `length`. */
  take(length: number): Uint8Array {
    const start = this.position;
    this.position = Math.min(this.bytes.length, start + length);
    return start === this.position ? NOTHING : this.bytes.subarray(start, this.position);
  }
}
