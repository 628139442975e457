/** Files that are being written while the next inputs are converted: the disk takes longer than the conversion. */

import { syncFolders } from '../../files/write-output.ts';

/** A disk that is asked for several files at once writes them together. Node asks for no more at a time. */
const MOST = 4;

export class WritesInFlight {
  /** By target. */
  readonly #running = new Map<string, Promise<void>>();
  /** Where files were written, to be made sure of at the end. */
  readonly folders = new Set<string>();

  /**
   * Starts a write, which must not reject. Waits first for one of the same target, and while as many as may be are under
   * way.
   */
  async start(target: string, write: () => Promise<void>): Promise<void> {
    await this.#running.get(target);
    while (this.#running.size >= MOST) await Promise.race(this.#running.values());
    const running = write().finally(() => this.#running.delete(target));
    this.#running.set(target, running);
  }

  /** Waits for all of them. */
  async settled(): Promise<void> {
    await Promise.all(this.#running.values());
    await syncFolders(this.folders);
  }
}
