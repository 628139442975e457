import assert from 'node:assert/strict';
import { test } from 'node:test';
import { IMPLICIT_LITTLE } from '../../../src/codec/transfer-syntax.ts';
import { writeDataSet } from '../../../src/codec/write-data-set.ts';
import { DataSet, type Element, plainText, valueElement } from '../../../src/dicom/data-set.ts';
import { TAG, type Tag } from '../../../src/dicom/tag.ts';
import { readEntry } from '../../../src/worklist/entry.ts';
import { resolveKnownSequences } from '../../../src/worklist/known-sequences.ts';
import { matchEntry } from '../../../src/worklist/match.ts';
import { readQuery } from '../../../src/worklist/query.ts';
import { dataSetOf, entryDataSet, entryFile, type Values } from '../../support/worklist-entries.ts';

const STEP = TAG.ScheduledProcedureStepSequence;
const CODES = 0x00321064;
const CODE_VALUE = 0x00080100;
const SERVED = { incomplete: 'serve', fallbackCharset: '' } as const;

/** A sequence as a peer writes it that does not know it: UN, and the items as they stand in implicit VR. */
function unknown(tag: Tag, item: Values): Element {
  const header = 8;
  const bytes = writeDataSet(dataSetOf({ [tag]: [item] }), IMPLICIT_LITTLE, { lengths: 'explicit' });
  return valueElement(tag, 'UN', bytes.subarray(header));
}

test('steps that came as UN make an entry, and are matched and answered as steps', () => {
  const dataSet = entryDataSet('A1');
  dataSet.set(unknown(STEP, { [TAG.Modality]: 'MR', [0x00400008]: [{ [CODE_VALUE]: 'P1' }] }));
  const { entry } = readEntry(entryFile(dataSet), 'a.wl', SERVED);
  assert.ok(entry);
  const [step] = entry.dataSet.items(STEP);
  assert.equal(step && plainText(step.dataSet, TAG.Modality), 'MR');
  const find = (code: string) => {
    const { query } = readQuery(dataSetOf({ [STEP]: [{ [0x00400008]: [{ [CODE_VALUE]: code }] }] }));
    return query && matchEntry(query, entry.view).length;
  };
  assert.deepEqual([find('P1'), find('P2')], [1, 0]);
});

test('a sequence key that came as UN is one, at any depth', () => {
  const { entry } = readEntry(entryFile(entryDataSet('A1', { [CODES]: [{ [CODE_VALUE]: 'R1' }] })), 'a.wl', SERVED);
  assert.ok(entry);
  const count = (key: Element): number | undefined => {
    const { query } = readQuery(new DataSet([key]));
    return query && matchEntry(query, entry.view).length;
  };
  assert.equal(count(unknown(STEP, { [TAG.Modality]: 'CT' })), 1);
  assert.equal(count(unknown(STEP, { [TAG.Modality]: 'MR' })), 0);
  assert.equal(count(unknown(CODES, { [CODE_VALUE]: 'R1' })), 1);
  assert.equal(count(valueElement(STEP, 'UN', Buffer.from('no items'))), undefined, 'is refused');
});

test('what does not read as items, or would be too much, stays as it is', () => {
  const garbage = valueElement(CODES, 'UN', Buffer.from('no items'));
  const codes = unknown(CODES, { [CODE_VALUE]: 'R1' });
  const kindOf = (element: Element, maxElements: number): string | undefined => {
    const dataSet = new DataSet([{ ...element }]);
    resolveKnownSequences(dataSet, maxElements);
    return dataSet.get(CODES)?.kind;
  };
  assert.equal(kindOf(garbage, 100), 'value');
  assert.equal(kindOf(codes, 1), 'value');
  assert.equal(kindOf(codes, 100), 'sequence');
});
