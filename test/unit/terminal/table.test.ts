import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fitWidths, tableRow, widthsOf } from '../../../src/terminal/table.ts';

test('columns are as wide as their widest cell', () => {
  assert.deepEqual(
    widthsOf([
      ['a', '山田'],
      ['abc', 'de'],
    ]),
    [3, 4],
  );
});

test('the widest columns give way first, and none below six', () => {
  assert.deepEqual(fitWidths([30, 10, 4], 30), [12, 10, 4]);
  assert.deepEqual(fitWidths([30, 30], 5), [6, 6]);
  assert.deepEqual(fitWidths([3, 4], 80), [3, 4]);
});

test('text gives way before numbers and dates', () => {
  assert.deepEqual(fitWidths([10, 30, 20], 44, [false, true, true]), [10, 15, 15]);
  assert.deepEqual(fitWidths([10, 30, 20], 28, [false, true, true]), [8, 8, 8]);
  assert.deepEqual(fitWidths([40, 10], 30, [false, true]), [20, 8]);
});

test('cells are padded or cut by the columns they take', () => {
  assert.equal(tableRow(['山田太郎', 'x'], [5, 3]), '山田…  x\n');
  assert.equal(tableRow(['ab', 'cd'], [4, 4]), 'ab    cd\n');
});
