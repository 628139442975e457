/** Long work in slices, so that other associations are served in between. */

import { setImmediate as nextTurn } from 'node:timers/promises';

const SLICE_MS = 10;

export class Pace {
  #sliceEnds = performance.now() + SLICE_MS;

  /** The slice is used up. */
  get due(): boolean {
    return performance.now() >= this.#sliceEnds;
  }

  /** Steps aside for one turn of the event loop. */
  async rest(): Promise<void> {
    await nextTurn();
    this.#sliceEnds = performance.now() + SLICE_MS;
  }
}
