/** Keys that are taken can be named again by their path, and put into a data set and taken out of it. */

import assert from 'node:assert/strict';
import { DataSet } from '../../src/dicom/data-set.ts';
import { WltoolError } from '../../src/errors.ts';
import { applyKey } from '../../src/keys/apply-key.ts';
import { formatKeyPath, type Key } from '../../src/keys/key.ts';
import { parseKey } from '../../src/keys/parse-key.ts';
import { fuzz } from '../support/fuzz.ts';
import { sampleDataSet } from '../support/sample-data-set.ts';

const PIECES = [
  'PatientName',
  'Modality',
  'ScheduledProcedureStepSequence',
  'ReferencedStudySequence',
  'ScheduledProcedureStepStartDate',
  'PatientWeight',
  'PregnancyStatus',
  'Nonsense',
  '(0010,0010)',
  '0008,0060',
  '(0040,0100)',
  '(0041,1001)',
  '(7fe0,0010)',
  '(fffe,e000)',
  '(0002,0010)',
  '[0]',
  '[*]',
  '[999]',
  '[1000]',
  '[-1]',
  '.',
  '..',
  '=',
  '*',
  '?',
  '\\',
  'today',
  'today-1..today+7',
  '20261125',
  'CT',
  'Müller',
  '山田^太郎',
  '\u0000',
  '\u001b[2J',
  ' ',
  '(',
  ',',
];

fuzz({
  name: 'keys',
  runs: 50_000,
  make: (random) =>
    Array.from({ length: 1 + Math.floor(random() * 6) }, () => PIECES[Math.floor(random() * PIECES.length)]).join(''),
  target: (text) => {
    const key = taken(() => parseKey(text, { bareKeywords: 'worklist', today: new Date(2026, 10, 25) }));
    if (key === undefined) return false;
    const again = parseKey(`${formatKeyPath(key)}${key.value === undefined ? '' : `=${key.value}`}`, {
      bareKeywords: 'literal',
    });
    assert.deepEqual(places(again), places(key));
    for (const dataSet of [new DataSet(), sampleDataSet()]) taken(() => applyKey(dataSet, key));
    return true;
  },
  show: (text) => JSON.stringify(text),
});

function places({ path, tag, item, value }: Key): unknown {
  return { path, tag, item, value };
}

function taken<Result>(run: () => Result): Result | undefined {
  try {
    return run();
  } catch (error) {
    assert.ok(error instanceof WltoolError, String(error));
    return undefined;
  }
}
