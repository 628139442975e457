/** Chance that can be repeated: one seed for a run, printed, and taken from WLTOOL_TEST_SEED to run it again. */

const given = process.env['WLTOOL_TEST_SEED'];

/** Give this to fast-check (`{ seed: SEED }`) and to `randomFrom`. */
export const SEED = given === undefined ? 20260101 : Number(given);

/** The heavy suites run whole only when asked: `npm run test:deep`. */
export const DEEP = process.env['WLTOOL_TEST_DEEP'] === '1';

/** `whole` runs in the deep suite, a tenth otherwise. */
export function runs(whole: number): number {
  return DEEP ? whole : Math.max(1, Math.ceil(whole / 10));
}

/** A repeatable source of numbers from 0 to below 1 (mulberry32); `name` keeps the suites' streams apart. */
export function randomFrom(name: string): () => number {
  let state = SEED;
  for (const character of name) state = Math.imul(state ^ character.charCodeAt(0), 0x01000193);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
