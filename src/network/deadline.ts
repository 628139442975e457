/** One running deadline of a connection. It is kept, not restarted, while its reason stays: traffic alone buys no time. */

import type { Clock } from './clock.ts';

export class Deadline {
  readonly #clock: Clock;
  readonly #expired: (reason: string) => void;
  #reason: string | undefined;
  #cancel: (() => void) | undefined;

  constructor(clock: Clock, expired: (reason: string) => void) {
    this.#clock = clock;
    this.#expired = expired;
  }

  /** Starts a deadline, unless one for the same reason runs already. */
  keep(reason: string, ms: number): void {
    if (this.#reason !== reason) this.restart(reason, ms);
  }

  /** Starts a deadline anew. */
  restart(reason: string, ms: number): void {
    this.#cancel?.();
    this.#reason = reason;
    this.#cancel = this.#clock.after(ms, () => {
      this.stop();
      this.#expired(reason);
    });
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#reason = undefined;
  }
}
