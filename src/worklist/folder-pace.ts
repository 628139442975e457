/** Long work in slices, so that other associations are served in between. */

import { setImmediate as nextTurn } from 'node:timers/promises';

const SLICE_MS = 10;

export class Pace {
  #sliceEnds = performance.now() + SLICE_MS;

  /** Steps aside for one turn of the event loop when the slice is used up. */
  async step(): Promise<void> {
    if (performance.now() < this.#sliceEnds) return;
    await nextTurn();
    this.#sliceEnds = performance.now() + SLICE_MS;
  }
}
