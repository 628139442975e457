import assert from 'node:assert/strict';
import { unlinkSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { plainText } from '../../../src/dicom/data-set.ts';
import { TAG } from '../../../src/dicom/tag.ts';
import { Store } from '../../../src/worklist/store.ts';
import { recordedLog } from '../../support/recorded-log.ts';
import { tempDir } from '../../support/temp-dir.ts';
import { entryDataSet, entryFile } from '../../support/worklist-entries.ts';

const COUNT = 10_000;

/** Every day of a month, so that the order of answers is not that of the files. */
function startOf(index: number) {
  return { [TAG.ScheduledProcedureStepStartDate]: `202603${String(28 - (index % 28)).padStart(2, '0')}` };
}

test('of ten thousand entries only the changed one is read again, and all stay in order', async (t) => {
  const folder = await tempDir(t);
  const pathOf = (index: number) => `${folder}/e${index}.wl`;
  for (let index = 0; index < COUNT; index += 1) {
    writeFileSync(pathOf(index), entryFile(entryDataSet(`A${index}`, {}, startOf(index))));
  }
  // An hour later, the files' time stamps are beyond doubt.
  const now = () => Date.now() + 3_600_000;
  for (const notification of [true, false]) {
    const options = { layout: 'flat', incomplete: 'serve', fallbackCharset: '', notification } as const;
    const store = await Store.open({ ...options, folder, log: recordedLog(), now });
    t.after(() => store.close());
    const before = await store.steps('ANY');
    assert.equal(before.length, COUNT);
    writeFileSync(pathOf(77), entryFile(entryDataSet('CHANGED', {}, startOf(77))));
    unlinkSync(pathOf(78));
    const after = await store.steps('ANY');
    assert.equal(after.length, COUNT - 1);
    const kept = new Set(before.map(({ entry }) => entry));
    const read = after.filter(({ entry }) => !kept.has(entry));
    assert.deepEqual(
      read.map(({ entry }) => plainText(entry.dataSet, TAG.AccessionNumber)),
      ['CHANGED'],
    );
    const keys = after.map(({ key }) => key);
    assert.deepEqual(
      keys,
      keys.toSorted((a, b) => (a < b ? -1 : 1)),
    );
    assert.equal(before.length, COUNT, 'a query that is still running sees the list it began with');
    writeFileSync(pathOf(78), entryFile(entryDataSet('A78', {}, startOf(78))));
  }
});
