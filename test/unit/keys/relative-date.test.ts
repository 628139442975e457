import assert from 'node:assert/strict';
import { test } from 'node:test';
import { resolveDates, resolveDay } from '../../../src/keys/relative-date.ts';

const TODAY = new Date(2026, 11, 30, 23, 59);

const CASES: readonly (readonly [said: string, meant: string])[] = [
  ['today', '20261230'],
  ['TODAY', '20261230'],
  ['today+3', '20270102'],
  ['today-30', '20261130'],
  ['today..today+7', '20261230-20270106'],
  ['today-1..today+1', '20261229-20261231'],
  ['today..', '20261230-'],
  ['..today', '-20261230'],
  ['20261101..today', '20261101-20261230'],
  ['20261101..20261105', '20261101-20261105'],
  ['today-', '20261230-'],
  ['-today+1', '-20261231'],
  ['today-1-today+1', '20261229-20261231'],
  ['20261101-today', '20261101-20261230'],
  ['today\\today+2', '20261230\\20270101'],
  // These are no relative dates and stay for the peer to judge.
  ['20261101-20261105', '20261101-20261105'],
  ['20261101', '20261101'],
  ['-20261105', '-20261105'],
  ['*', '*'],
  ['', ''],
  ['tomorrow', 'tomorrow'],
  ['today+', 'today+'],
  ['2026.11.01', '2026.11.01'],
  ['20261101120000.5-20261102', '20261101120000.5-20261102'],
];

for (const [said, meant] of CASES) {
  test(`"${said}" means "${meant}"`, () => assert.equal(resolveDates(said, TODAY), meant));
}

test('a day is one day only', () => {
  assert.equal(resolveDay('today-1', TODAY), '20261229');
  assert.equal(resolveDay('20261125', TODAY), '20261125');
  assert.equal(resolveDay('today..today', TODAY), undefined);
});

test('days are local days, also where a clock change makes one of them 23 hours long', () => {
  assert.equal(resolveDay('today+1', new Date(2026, 2, 28, 23, 30)), '20260329');
  assert.equal(resolveDay('today+2', new Date(2026, 2, 28, 0, 30)), '20260330');
});
