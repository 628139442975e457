/** What the indexes of the store find, beside a walk over all its steps: the same steps in the same order, always. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EXPLICIT_LITTLE } from '../../src/codec/transfer-syntax.ts';
import { writeDataSet } from '../../src/codec/write-data-set.ts';
import type { DataSet } from '../../src/dicom/data-set.ts';
import type { Entry } from '../../src/worklist/entry.ts';
import { compareSteps, type Step, stepsOf } from '../../src/worklist/entry-order.ts';
import { viewEntry } from '../../src/worklist/entry-view.ts';
import { matchEntry } from '../../src/worklist/match.ts';
import { readQuery } from '../../src/worklist/query.ts';
import type { Query } from '../../src/worklist/query-key.ts';
import { StepTable } from '../../src/worklist/step-table.ts';
import { Dice, randomPair } from '../support/random-worklist.ts';
import { randomFrom, runs } from '../support/seed.ts';

const STORES = 400;
const CHANGES = 12;
const QUERIES = 25;

/** Entries that come and go, in the table and in a plain list. */
class RandomStore {
  readonly table = new StepTable();
  readonly entries: Entry[] = [];
  readonly #dice: Dice;
  #files = 0;

  constructor(dice: Dice) {
    this.#dice = dice;
  }

  change(): void {
    const removed = this.entries.filter(() => this.#dice.chance(0.15));
    for (const entry of removed) this.entries.splice(this.entries.indexOf(entry), 1);
    const added = Array.from({ length: this.#dice.below(20) }, () => this.#newEntry());
    this.entries.push(...added);
    this.table.update(removed, added);
  }

  /** A query made of an entry: of one that is there, or of another. */
  query(): DataSet {
    return randomPair(this.#dice).identifier;
  }

  /** All steps, put in order anew. */
  steps(): readonly Step[] {
    return this.entries.flatMap(stepsOf).sort(compareSteps);
  }

  #newEntry(): Entry {
    const { entry: dataSet } = randomPair(this.#dice);
    this.#files += 1;
    return { fileName: `${this.#files}.wl`, dataSet, view: viewEntry(dataSet) };
  }
}

function matching(query: Query, steps: readonly Step[]): string[] {
  return steps
    .filter(({ entry, index }) => matchEntry(query, entry.view).some(({ step }) => step === index))
    .map(({ entry, index }) => `${entry.fileName} ${index}`);
}

function hex(dataSet: DataSet): string {
  return Buffer.from(writeDataSet(dataSet, EXPLICIT_LITTLE)).toString('hex');
}

test('an index leaves out nothing that matches, whatever came and went', () => {
  const dice = new Dice(randomFrom('index'));
  const seen = { narrowed: 0, scanned: 0, found: 0 };
  for (let run = 0; run < runs(STORES); run++) {
    const store = new RandomStore(dice);
    for (let change = 0; change < CHANGES; change++) {
      store.change();
      // Sometimes all steps are asked for between the changes, sometimes not.
      if (dice.chance(0.3)) assert.deepEqual(store.table.steps, store.steps());
      for (let round = 0; round < QUERIES; round++) {
        const identifier = store.query();
        const { query } = readQuery(identifier, { fuzzyNames: dice.chance(0.3) });
        if (query === undefined) continue;
        const all = store.steps();
        const { steps, among } = store.table.candidates(query);
        const expected = matching(query, all);
        assert.deepEqual(matching(query, steps), expected, `run ${run}, change ${change}, query ${hex(identifier)}`);
        assert.equal(among, all.length);
        seen[steps.length < all.length ? 'narrowed' : 'scanned'] += 1;
        if (expected.length > 0 && steps.length < all.length) seen.found += 1;
      }
    }
  }
  // The indexes must have been at work, and have found something, or agreement says nothing.
  const queries = runs(STORES) * CHANGES * QUERIES;
  assert.ok(seen.narrowed > queries / 20, JSON.stringify(seen));
  assert.ok(seen.scanned > queries / 10, JSON.stringify(seen));
  assert.ok(seen.found > queries / 200, JSON.stringify(seen));
});
