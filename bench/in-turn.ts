/** Paired measuring: the sides take turns, so that a machine that is busy for a while is so for all of them. */

import type { Samples } from './figure.ts';

export interface Side {
  readonly name: string;
  /** Does the work once and gives its number. */
  readonly measure: () => Promise<number>;
}

export interface Rounds {
  readonly rounds: number;
  /** Rounds that are not counted, before. Default 1. */
  readonly warmUps?: number;
}

export async function inTurn(sides: readonly Side[], { rounds, warmUps = 1 }: Rounds): Promise<Samples> {
  const samples = new Map<string, number[]>(sides.map(({ name }) => [name, []]));
  for (let round = -warmUps; round < rounds; round++) {
    for (const { name, measure } of sides) {
      const number = await measure();
      if (round >= 0) samples.get(name)?.push(number);
    }
  }
  return samples;
}

/** How long the work takes, in milliseconds. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}
