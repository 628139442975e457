/**
 * Many short writes as few long ones: each waits 60 µs for Node's thread pool, longer than it takes to make an answer.
 * Nothing is held back once there is nothing more to do.
 */

import type { Output } from './output.ts';

/** Then it is written at once, and whoever writes waits for a slow reader. */
const ENOUGH = 1 << 16;

export class GatheredOutput {
  readonly #output: Output;
  #chunks: Uint8Array[] = [];
  #length = 0;
  #soon: NodeJS.Immediate | undefined;
  /** All that was flushed so far. */
  #written: Promise<void> = Promise.resolve();
  #failed = false;

  constructor(output: Output) {
    this.#output = output;
  }

  /** @throws what the output throws, perhaps of what was written before */
  async write(chunk: string | Uint8Array): Promise<void> {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    this.#chunks.push(bytes);
    this.#length += bytes.length;
    if (this.#failed || this.#length >= ENOUGH) {
      await this.flush();
      return;
    }
    this.#soon ??= setImmediate(() => {
      this.flush().catch(() => {
        this.#failed = true;
      });
    });
  }

  /** Resolves once the system has all of it. */
  flush(): Promise<void> {
    clearImmediate(this.#soon);
    this.#soon = undefined;
    const bytes = Buffer.concat(this.#chunks);
    this.#chunks = [];
    this.#length = 0;
    if (bytes.length > 0) this.#written = this.#written.then(() => this.#output.write(bytes));
    return this.#written;
  }
}
