import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readDataSet } from '../../src/codec/read-data-set.ts';
import {
  DEFLATED_LITTLE,
  EXPLICIT_BIG,
  EXPLICIT_LITTLE,
  IMPLICIT_LITTLE,
  type TransferSyntax,
} from '../../src/codec/transfer-syntax.ts';
import { writeDataSet } from '../../src/codec/write-data-set.ts';
import { examinePart10 } from '../../src/part10/read-part10.ts';
import { writePart10 } from '../../src/part10/write-part10.ts';
import { arbitraryDataSet, asImplicit, plain } from '../support/arbitrary-data-set.ts';
import { runs, SEED } from '../support/seed.ts';

const OPTIONS = { seed: SEED, numRuns: runs(5_000) };

function readsBack(dataSetOf: typeof arbitraryDataSet, syntax: TransferSyntax): void {
  fc.assert(
    fc.property(dataSetOf, (dataSet) => {
      const bytes = writeDataSet(dataSet, syntax);
      const reading = readDataSet(bytes, syntax);
      assert.equal(reading.error, undefined);
      assert.deepEqual(reading.losses, []);
      assert.deepEqual(plain(reading.dataSet), plain(dataSet));
      if (!syntax.deflated) assert.deepEqual(writeDataSet(reading.dataSet, syntax), bytes);
    }),
    OPTIONS,
  );
}

for (const syntax of [EXPLICIT_LITTLE, EXPLICIT_BIG, DEFLATED_LITTLE]) {
  test(`a data set written as ${syntax.name} reads back the same, and writes the same bytes again`, () => {
    readsBack(arbitraryDataSet, syntax);
  });
}

test('a data set written as Little Endian Implicit reads back with the VRs of the dictionary', () => {
  readsBack(arbitraryDataSet.map(asImplicit), IMPLICIT_LITTLE);
});

test('explicit and undefined lengths carry the same elements', () => {
  fc.assert(
    fc.property(arbitraryDataSet, (dataSet) => {
      const explicit = readDataSet(writeDataSet(dataSet, EXPLICIT_LITTLE, { lengths: 'explicit' }), EXPLICIT_LITTLE);
      const open = readDataSet(writeDataSet(dataSet, EXPLICIT_LITTLE, { lengths: 'undefined' }), EXPLICIT_LITTLE);
      assert.deepEqual(
        writeDataSet(explicit.dataSet, EXPLICIT_LITTLE, { lengths: 'undefined' }),
        writeDataSet(open.dataSet, EXPLICIT_LITTLE),
      );
    }),
    OPTIONS,
  );
});

test('any bytes give a reading: never a throw, and what was read can be written', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
      const reading = examinePart10(bytes);
      writePart10({ ...reading, syntax: EXPLICIT_LITTLE });
    }),
    { seed: SEED, numRuns: runs(50_000) },
  );
});
