/** Whatever a peer asks of whatever a file holds: never a throw, and an answer that another DICOM reader can read. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readDataSet } from '../../src/codec/read-data-set.ts';
import { EXPLICIT_LITTLE, IMPLICIT_LITTLE } from '../../src/codec/transfer-syntax.ts';
import { writeDataSet } from '../../src/codec/write-data-set.ts';
import { DataSet, type Element, sequenceElement } from '../../src/dicom/data-set.ts';
import { TAG } from '../../src/dicom/tag.ts';
import { viewEntry } from '../../src/worklist/entry-view.ts';
import { explainMismatch } from '../../src/worklist/explain.ts';
import { matchEntry } from '../../src/worklist/match.ts';
import { readQuery } from '../../src/worklist/query.ts';
import { respond } from '../../src/worklist/respond.ts';
import { arbitraryDataSet } from '../support/arbitrary-data-set.ts';
import { Dice, randomPair } from '../support/random-worklist.ts';
import { randomFrom, runs, SEED } from '../support/seed.ts';

const RUNS = runs(20_000);

function withStep(dataSet: DataSet, step: DataSet): DataSet {
  const result = new DataSet(dataSet.elements);
  result.set(sequenceElement(TAG.ScheduledProcedureStepSequence, [step]));
  return result;
}

/** Every value of the tree in hex. */
function values(dataSet: DataSet): Set<string> {
  const found = new Set<string>();
  const walk = (element: Element): void => {
    if (element.kind === 'value') found.add(Buffer.from(element.value).toString('hex'));
    if (element.kind === 'sequence') for (const item of element.items) for (const inner of item.dataSet) walk(inner);
  };
  for (const element of dataSet) walk(element);
  return found;
}

test('any identifier against any entry is answered, refused or left out', () => {
  const pair = fc.tuple(arbitraryDataSet, arbitraryDataSet, arbitraryDataSet, arbitraryDataSet, fc.boolean());
  const answer = ([root, step, entryRoot, entryStep, same]: [DataSet, DataSet, DataSet, DataSet, boolean]): void => {
    const entry = withStep(entryRoot, entryStep);
    const { query } = readQuery(withStep(same ? entryRoot : root, same ? entryStep : step));
    if (query === undefined) return;
    const view = viewEntry(entry);
    explainMismatch(query, view);
    matchEntry(query, view);
    for (const options of [{}, { charset: 'ISO_IR 192' }]) {
      const { dataSet } = respond(query, view, 0, options);
      for (const syntax of [EXPLICIT_LITTLE, IMPLICIT_LITTLE]) {
        const reading = readDataSet(writeDataSet(dataSet, syntax), syntax);
        assert.equal(reading.error, undefined);
      }
    }
  };
  fc.assert(fc.property(pair, answer), { seed: SEED, numRuns: RUNS });
});

test('no value of an answer is from anywhere but the entry', () => {
  const dice = new Dice(randomFrom('respond'));
  for (let run = 0; run < RUNS; run++) {
    const { identifier, entry } = randomPair(dice);
    const { query } = readQuery(identifier);
    if (query === undefined) continue;
    const view = viewEntry(entry);
    const stored = values(entry).add('');
    for (const { step } of matchEntry(query, view)) {
      const { dataSet } = respond(query, view, step);
      // The creator of a private block is its name, and the query's.
      const creators = values(identifier);
      for (const value of values(dataSet)) {
        const isCreator = creators.has(value) && Buffer.from(value, 'hex').toString() === 'WLTOOL TEST ';
        assert.ok(stored.has(value) || isCreator, `run ${run}: ${value}`);
      }
      assert.ok(identifier.elements.every(({ tag }) => tag === TAG.SpecificCharacterSet || dataSet.has(tag)));
    }
  }
});
