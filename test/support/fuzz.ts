/** Fuzz targets: so many seeded runs in `npm test`, or as long as FUZZ_SECONDS says, each target that long. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { randomFrom, runs, SEED } from './seed.ts';

const SECONDS = Number(process.env['FUZZ_SECONDS'] ?? 0);
/** No input of these sizes takes longer but by a mistake; the machine may be busy. */
const MOST_MS = 2_000;

export interface FuzzTarget<Input> {
  readonly name: string;
  /** Runs of the deep suite. */
  readonly runs: number;
  readonly make: (random: () => number) => Input;
  /** True where the input was taken, and came back from its round trip; false where it was refused as it should be. */
  readonly target: (input: Input) => boolean;
  readonly show: (input: Input) => string;
}

/** Any throw of the target fails the test, naming the input. */
export function fuzz<Input>({ name, runs: whole, make, target, show }: FuzzTarget<Input>): void {
  test(`fuzz: ${name}`, (t) => {
    const random = randomFrom(name);
    const endsAt = performance.now() + SECONDS * 1_000;
    const count = runs(whole);
    let run = 0;
    let taken = 0;
    for (; SECONDS > 0 ? performance.now() < endsAt : run < count; run++) {
      const input = make(random);
      const startedAt = performance.now();
      try {
        if (target(input)) taken += 1;
      } catch (error) {
        throw new Error(`seed ${SEED}, run ${run}: ${show(input)}`, { cause: error });
      }
      const ms = performance.now() - startedAt;
      assert.ok(ms < MOST_MS, `seed ${SEED}, run ${run} took ${Math.round(ms)} ms: ${show(input)}`);
    }
    t.diagnostic(`seed ${SEED}, ${run} runs, ${taken} inputs taken, ${run - taken} refused`);
    assert.ok(taken > 0 && taken < run, 'inputs of one kind only');
  });
}

/** Bytes as a string literal. */
export function showBytes(bytes: Uint8Array): string {
  return JSON.stringify(Buffer.from(bytes).toString('latin1'));
}
