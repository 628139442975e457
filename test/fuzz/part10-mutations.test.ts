import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EXPLICIT_BIG, EXPLICIT_LITTLE, IMPLICIT_LITTLE } from '../../src/codec/transfer-syntax.ts';
import { DataError } from '../../src/errors.ts';
import { completeFileMeta } from '../../src/part10/file-meta.ts';
import { examinePart10, readPart10 } from '../../src/part10/read-part10.ts';
import { writePart10, ZERO_PREAMBLE } from '../../src/part10/write-part10.ts';
import { mutate } from '../support/mutate.ts';
import { sampleDataSet } from '../support/sample-data-set.ts';
import { randomFrom, runs } from '../support/seed.ts';

/** Ordinary entries in each syntax: what a mutation starts from. */
const SEEDS = [EXPLICIT_LITTLE, EXPLICIT_BIG, IMPLICIT_LITTLE].flatMap((syntax) =>
  (['explicit', 'undefined'] as const).map((lengths) => {
    const dataSet = sampleDataSet();
    const { meta } = completeFileMeta({ given: undefined, dataSet, syntax });
    return writePart10({ preamble: ZERO_PREAMBLE, meta, dataSet, syntax }, { lengths });
  }),
);

test('mutated files give a data set or a DataError, in memory that their size bounds', () => {
  const random = randomFrom('part10-mutations');
  const count = runs(100_000);
  let read = 0;
  let refused = 0;
  for (let run = 0; run < count; run++) {
    const seed = SEEDS[run % SEEDS.length] as Uint8Array;
    const bytes = mutate(seed, random);
    const reading = examinePart10(bytes, { file: 'mutated.wl' });
    assert.ok(reading.dataSet.size <= bytes.length / 8 + 1);
    try {
      writePart10(readPart10(bytes));
      read++;
    } catch (error) {
      assert.ok(error instanceof DataError, String(error));
      refused++;
    }
  }
  assert.ok(read > count / 100 && refused > count / 10, `${read} read, ${refused} refused: mutations of one kind only`);
});
