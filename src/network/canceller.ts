/** Stops a running query: C-CANCEL-RQ once (PS3.7 9.3.2.3), then patience for the peer to notice it. */

import type { Clock } from './clock.ts';

/** How long a peer may go on answering after the user has stopped the query. */
const PATIENCE_MS = 3000;

export interface CancellerOptions {
  /** Sends C-CANCEL-RQ. A failure shows in what is received next. */
  readonly send: () => Promise<void>;
  /** Ends the association. */
  readonly giveUp: () => void;
  readonly clock: Clock;
  /** The user's wish to stop. */
  readonly signal: AbortSignal | undefined;
}

export class Canceller {
  readonly #options: CancellerOptions;
  readonly #stop = (): void => this.#stopImpatiently();
  #callOff: (() => void) | undefined;
  #cancelled = false;

  constructor(options: CancellerOptions) {
    this.#options = options;
    options.signal?.addEventListener('abort', this.#stop, { once: true });
  }

  get cancelled(): boolean {
    return this.#cancelled;
  }

  cancel(): void {
    if (this.#cancelled) return;
    this.#cancelled = true;
    this.#options.send().catch(() => {});
  }

  /** To be called when the query has ended. */
  close(): void {
    this.#options.signal?.removeEventListener('abort', this.#stop);
    this.#callOff?.();
  }

  #stopImpatiently(): void {
    this.cancel();
    const { clock, giveUp } = this.#options;
    this.#callOff = clock.after(PATIENCE_MS, giveUp);
  }
}
