/** A clock that a test moves by hand. */

import type { Clock } from '../../src/network/clock.ts';

export interface FakeClock extends Clock {
  /** Moves on, and runs what falls due, in order. */
  advance(ms: number): void;
  /** Deadlines that are running. */
  readonly pending: number;
}

export function fakeClock(): FakeClock {
  let time = 0;
  const alarms = new Set<{ readonly at: number; readonly ring: () => void }>();
  return {
    now: () => time,
    after(ms, ring) {
      const alarm = { at: time + ms, ring };
      alarms.add(alarm);
      return () => void alarms.delete(alarm);
    },
    advance(ms) {
      const until = time + ms;
      for (;;) {
        const [due] = [...alarms].filter(({ at }) => at <= until).sort((a, b) => a.at - b.at);
        if (due === undefined) break;
        alarms.delete(due);
        time = due.at;
        due.ring();
      }
      time = until;
    },
    get pending() {
      return alarms.size;
    },
  };
}
