/** The matcher against the slow, obvious one of test/support. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EXPLICIT_LITTLE } from '../../src/codec/transfer-syntax.ts';
import { writeDataSet } from '../../src/codec/write-data-set.ts';
import type { DataSet } from '../../src/dicom/data-set.ts';
import { viewEntry } from '../../src/worklist/entry-view.ts';
import { explainMismatch } from '../../src/worklist/explain.ts';
import { matchEntry } from '../../src/worklist/match.ts';
import { readQuery } from '../../src/worklist/query.ts';
import { Dice, randomPair } from '../support/random-worklist.ts';
import { Malformed, referenceMatch } from '../support/reference-matcher.ts';
import { randomFrom, runs } from '../support/seed.ts';

type Verdict = number[] | 'refused';

function reference(identifier: DataSet, entry: DataSet, fuzzyNames: boolean): Verdict {
  try {
    return referenceMatch(identifier, entry, fuzzyNames);
  } catch (error) {
    if (error instanceof Malformed) return 'refused';
    throw error;
  }
}

function matched(identifier: DataSet, entry: DataSet, fuzzyNames: boolean): Verdict {
  const { query } = readQuery(identifier, { fuzzyNames });
  if (query === undefined) return 'refused';
  const view = viewEntry(entry);
  const steps = matchEntry(query, view).map(({ step }) => step);
  // Asked again, when text is decoded already, it is the same; and what does not match is explained.
  assert.deepEqual(
    matchEntry(query, view).map(({ step }) => step),
    steps,
  );
  assert.equal(explainMismatch(query, view) === undefined, steps.length > 0);
  return steps;
}

function hex(dataSet: DataSet): string {
  return Buffer.from(writeDataSet(dataSet, EXPLICIT_LITTLE)).toString('hex');
}

test('matches what the reference matcher matches', () => {
  const dice = new Dice(randomFrom('match'));
  const seen = { none: 0, some: 0, refused: 0 };
  for (let run = 0; run < runs(100_000); run++) {
    const { identifier, entry } = randomPair(dice);
    const fuzzyNames = run % 4 === 0;
    const expected = reference(identifier, entry, fuzzyNames);
    const actual = matched(identifier, entry, fuzzyNames);
    assert.deepEqual(actual, expected, `run ${run}, query ${hex(identifier)}, entry ${hex(entry)}`);
    seen[expected === 'refused' ? 'refused' : expected.length > 0 ? 'some' : 'none']++;
  }
  // The pairs must not all be alike, or agreement says nothing.
  for (const count of Object.values(seen)) assert.ok(count > runs(100_000) / 20, JSON.stringify(seen));
});
