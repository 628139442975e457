/** A bar on the terminal while many files are converted. */

import type { Io } from '../../terminal/io.ts';

const WIDTH = 24;

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
  advance(): void {
    this.#done += 1;
    this.show();
  }

  show(): void {
    if (this.#total <= 1) return;
    const filled = Math.round((this.#done / this.#total) * WIDTH);
    const bar = `${'#'.repeat(filled)}${'.'.repeat(WIDTH - filled)}`;
    this.#io.status(`[${bar}] ${this.#done}/${this.#total}`);
  }

  end(): void {
    this.#io.status('');
  }
}
