/** Collects printed text and hands it out as chunks of bytes: strings are cheap to join, one huge string is not. */

const CHUNK_LENGTH = 0x10000;

/** Strings that go in are Latin-1: one character, one byte. */
export class TextSink {
  #text = '';
  #chunks: Uint8Array[] = [];

  add(text: string): void {
    this.#text += text;
    if (this.#text.length >= CHUNK_LENGTH) this.#cut();
  }

  /** True where `take` has whole chunks to give. */
  get ready(): boolean {
    return this.#chunks.length > 0;
  }

  /** The chunks finished so far, in order; they are given once. */
  take(): Uint8Array[] {
    const chunks = this.#chunks;
    this.#chunks = [];
    return chunks;
  }

  /** All that is left, finished or not. */
  finish(): Uint8Array[] {
    if (this.#text !== '') this.#cut();
    return this.take();
  }

  #cut(): void {
    this.#chunks.push(Buffer.from(this.#text, 'latin1'));
    this.#text = '';
  }
}
