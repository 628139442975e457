import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type MomentVr, resolveDay, resolveMoments, unresolvedMoment } from '../../../src/keys/relative-date.ts';

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
  ['yesterday', '20261229'],
  ['Tomorrow', '20261231'],
  ['yesterday..tomorrow', '20261229-20261231'],
  ['-yesterday', '-20261229'],
  ['2026-11-25', '20261125'],
  ['2026-11-25..2026-11-30', '20261125-20261130'],
  ['2026-11-25-2026-11-30', '20261125-20261130'],
  ['2026-11-25-', '20261125-'],
  ['-2026-11-25', '-20261125'],
  ['2026-11-25..today', '20261125-20261230'],
  ['today-2026-11-30', '20261230-20261130'],
  ['today-20261201', '20261230-20261201'],
  ['25.11.2026', '20261125'],
  ['2026-11-25\\tomorrow', '20261125\\20261231'],
  ['today+2912000', '99991013'],
  // These are no dates of ours and stay, for a check or the peer to judge.
  ['2026-13-99', '2026-13-99'],
  ['2026-02-30..2026-03-01', '2026-02-30..2026-03-01'],
  ['11/25/2026', '11/25/2026'],
  ['constructor', 'constructor'],
  ['20261101-20261105', '20261101-20261105'],
  ['20261101', '20261101'],
  ['-20261105', '-20261105'],
  ['*', '*'],
  ['', ''],
  ['today+', 'today+'],
  ['2026.11.01', '2026.11.01'],
  ['20261101120000.5-20261102', '20261101120000.5-20261102'],
];

for (const [said, meant] of CASES) {
  test(`"${said}" means "${meant}"`, () => assert.equal(resolveMoments(said, 'DA', TODAY), meant));
}

const MOMENTS: readonly (readonly [vr: MomentVr, said: string, meant: string])[] = [
  ['TM', '14:30', '1430'],
  ['TM', '8:05:30', '080530'],
  ['TM', '8:00..12:00', '0800-1200'],
  ['TM', '8:00-12:00', '0800-1200'],
  ['TM', '0800-', '0800-'],
  ['TM', '8:00\\9:00', '0800\\0900'],
  ['TM', '24:00', '24:00'],
  ['TM', '2:30 pm', '1430'],
  ['TM', '14:30 pm', '14:30 pm'],
  ['DT', '2026-11-26', '20261126'],
  ['DT', '2026-11-26T14:30', '202611261430'],
  ['DT', '2026-11-26 8:05:30.5', '20261126080530.5'],
  ['DT', 'today 14:30', '202612301430'],
  ['DT', 'today..tomorrow', '20261230-20261231'],
  ['DT', '20261101120000.5-20261102', '20261101120000.5-20261102'],
  ['DT', '20261101-0500', '20261101-0500'],
  ['DT', '2026-11-26T25:00', '2026-11-26T25:00'],
];

for (const [vr, said, meant] of MOMENTS) {
  test(`${vr} "${said}" means "${meant}"`, () => assert.equal(resolveMoments(said, vr, TODAY), meant));
}

test('what begins like a relative date and is none is told from what is only no date', () => {
  const resolved = (text: string) => unresolvedMoment(resolveMoments(text, 'DA', TODAY));
  for (const text of ['today+', 'todays', 'now', 'today+1000000000', 'today-9999999', 'today..now', 'tomorrow+1']) {
    assert.equal(resolved(text), text);
  }
  assert.equal(resolved('today\\NOW'), 'NOW');
  for (const text of ['', '*', '2026', 'soon', '2026-13-99', 'today', 'today..'])
    assert.equal(resolved(text), undefined);
});

test('a day is one day only', () => {
  assert.equal(resolveDay('today-1', TODAY), '20261229');
  assert.equal(resolveDay('20261125', TODAY), '20261125');
  assert.equal(resolveDay('yesterday', TODAY), '20261229');
  assert.equal(resolveDay('today+9999999', TODAY), undefined);
  assert.equal(resolveDay('today..today', TODAY), undefined);
});

test('days are local days, also where a clock change makes one of them 23 hours long', () => {
  assert.equal(resolveDay('today+1', new Date(2026, 2, 28, 23, 30)), '20260329');
  assert.equal(resolveDay('today+2', new Date(2026, 2, 28, 0, 30)), '20260330');
});

test('a text of a million hyphens is no date, and that is known at once', () => {
  const hyphens = '-'.repeat(1_000_000);
  const startedAt = performance.now();
  for (const vr of ['DA', 'TM', 'DT'] as const) assert.equal(resolveMoments(hyphens, vr, TODAY), hyphens);
  assert.equal(unresolvedMoment(hyphens), undefined);
  assert.ok(performance.now() - startedAt < 1_000);
});
