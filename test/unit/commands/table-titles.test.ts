import assert from 'node:assert/strict';
import test from 'node:test';
import type { Column } from '../../../src/commands/find/columns.ts';
import { columnTitle, isProse, overviewColumns } from '../../../src/commands/find/table-titles.ts';
import { TAG, type Tag } from '../../../src/dicom/tag.ts';
import { DEFAULT_ROOT_KEYS, DEFAULT_STEP_KEYS } from '../../../src/model/default-keys.ts';

const step = (tag: Tag): Column => ({ path: [TAG.ScheduledProcedureStepSequence], tag });
const COLUMNS: readonly Column[] = [
  ...DEFAULT_ROOT_KEYS.map((tag): Column => ({ path: [], tag })),
  ...DEFAULT_STEP_KEYS.map(step),
];

test('a wide screen shows birth date and sex too', () => {
  const titles = (width: number) => overviewColumns(COLUMNS, width).map(columnTitle);
  const narrow = ['Date', 'Time', 'Mod', 'Station', 'Patient', 'Patient ID', 'Accession', 'Procedure'];
  assert.deepEqual(titles(80), narrow);
  assert.deepEqual(titles(160), [...narrow.slice(0, 6), 'Birth date', 'Sex', ...narrow.slice(6)]);
});

test('names and descriptions may be cut, identifiers and dates not', () => {
  const prose = overviewColumns(COLUMNS, 160).filter(isProse).map(columnTitle);
  assert.deepEqual(prose, ['Patient', 'Procedure']);
});

test('a retired attribute is called what its keyword says', () => {
  assert.equal(columnTitle({ path: [], tag: 0x00101000 }), 'Other Patient IDs');
});
