/** One line at the bottom of a terminal that says how things stand; all else is written above it. */

import type { Output } from './output.ts';
import { visible } from './safe-text.ts';

const ERASE_LINE = '\r\x1b[K';

export class StatusLine {
  readonly #output: Output;
  readonly #isWanted: () => boolean;
  #text = '';

  /** `isWanted` is asked at every change: options read later still count. */
  constructor(output: Output, isWanted: () => boolean) {
    this.#output = output;
    this.#isWanted = isWanted;
  }

  /** Shows the text in place of what stood there, cut to the terminal; '' takes the line away. */
  show(text: string): void {
    if (!this.#output.isTerminal || (text !== '' && !this.#isWanted())) return;
    const fitting = visible(text).slice(0, this.#output.columns - 1);
    if (fitting === this.#text) return;
    this.#text = fitting;
    void this.#output.write(`${ERASE_LINE}${fitting}`);
  }

  /** The output for everything else: its lines, each written whole, stand above the status. */
  get above(): Output {
    const { isTerminal, columns, color } = this.#output;
    return { isTerminal, columns, color, write: (chunk) => this.#output.write(this.#around(chunk)) };
  }

  #around(chunk: string | Uint8Array): string | Uint8Array {
    if (this.#text === '' || chunk.length === 0) return chunk;
    return `${ERASE_LINE}${typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString()}${this.#text}`;
  }
}
