import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EXPLICIT_LITTLE } from '../../../src/codec/transfer-syntax.ts';
import { writeDataSet } from '../../../src/codec/write-data-set.ts';
import { TAG, type Tag } from '../../../src/dicom/tag.ts';
import { ElementPool } from '../../../src/worklist/element-pool.ts';
import { Dice, randomPair } from '../../support/random-worklist.ts';
import { randomFrom } from '../../support/seed.ts';
import { entryDataSet } from '../../support/worklist-entries.ts';

test('equal elements of several entries are one, at every level', () => {
  const pool = new ElementPool();
  const [first, second] = ['A1', 'A2'].map((accession) => entryDataSet(accession));
  assert.ok(first && second);
  pool.share(first);
  pool.share(second);
  assert.equal(first.get(TAG.StudyInstanceUID), second.get(TAG.StudyInstanceUID));
  assert.notEqual(first.get(TAG.AccessionNumber), second.get(TAG.AccessionNumber));
  const [one, other] = [first, second].map((entry) => entry.items(TAG.ScheduledProcedureStepSequence)[0]?.dataSet);
  assert.ok(one?.get(TAG.Modality) !== undefined && one.get(TAG.Modality) === other?.get(TAG.Modality));
});

test('what is equal but for its tag, or not in the default repertoire, is not shared', () => {
  const pool = new ElementPool();
  const shared = (tag: Tag, value: string) => {
    const entry = entryDataSet('A', { [tag]: value });
    pool.share(entry);
    return entry.get(tag);
  };
  const id = shared(TAG.PatientID, 'SAME');
  assert.equal(shared(TAG.PatientID, 'SAME'), id);
  assert.notEqual(shared(TAG.AccessionNumber, 'SAME'), id);
  assert.notEqual(shared(TAG.PatientID, 'M\xfcller'), shared(TAG.PatientID, 'M\xfcller'));
});

test('sharing changes no byte of any entry', () => {
  const pool = new ElementPool();
  const dice = new Dice(randomFrom('element pool'));
  const entries = Array.from({ length: 5_000 }, () => randomPair(dice).entry);
  const before = entries.map((entry) => writeDataSet(entry, EXPLICIT_LITTLE));
  for (const entry of entries) pool.share(entry);
  for (const [index, entry] of entries.entries()) {
    assert.deepEqual(writeDataSet(entry, EXPLICIT_LITTLE), before[index]);
  }
});
