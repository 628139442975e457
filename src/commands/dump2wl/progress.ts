/** A bar on the terminal while many files are converted. */

import type { Io } from '../../terminal/io.ts';

const WIDTH = 24;
const ERASE_LINE = '\r\x1b[K';

export class Progress {
  readonly #io: Io;
  #total: number;
  #done = 0;

  constructor(io: Io, total: number) {
    this.#io = io;
    this.#total = total;
  }

  /** An input turned out to hold so many orders, each to be counted. */
  expect(more: number): void {
    this.#total += more;
  }

  /** Counts a file as done. */
  async advance(): Promise<void> {
    this.#done += 1;
    await this.show();
  }

  async show(): Promise<void> {
    if (!this.#isShown) return;
    const filled = Math.round((this.#done / this.#total) * WIDTH);
    const bar = `${'#'.repeat(filled)}${'.'.repeat(WIDTH - filled)}`;
    await this.#io.stderr.write(`${ERASE_LINE}[${bar}] ${this.#done}/${this.#total}`);
  }

  /** Takes the bar away, so that something else can be written. */
  async hide(): Promise<void> {
    if (this.#isShown) await this.#io.stderr.write(ERASE_LINE);
  }

  get #isShown(): boolean {
    return this.#total > 1 && this.#io.stderr.isTerminal && this.#io.logFormat === 'text';
  }
}
