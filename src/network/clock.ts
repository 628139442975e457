/** Time as a parameter, so that deadlines are tested without waiting for them. */

export interface Clock {
  /** Milliseconds from any fixed point. */
  now(): number;
  /** Calls once after `ms`; the function it returns calls that off. */
  after(ms: number, callback: () => void): () => void;
}

export const SYSTEM_CLOCK: Clock = {
  now: () => performance.now(),
  after(ms, callback) {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};
