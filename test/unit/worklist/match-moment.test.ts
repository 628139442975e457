import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDate, parseDateTime, parseTime } from '../../../src/worklist/date-time.ts';
import {
  matchDate,
  matchDateTime,
  matchPeriod,
  matchTime,
  parseDateKey,
  parseDateTimeKey,
  parseTimeKey,
} from '../../../src/worklist/match-moment.ts';

function dateFits(key: string, stored: string): boolean | undefined {
  const parsed = parseDateKey(key);
  return parsed && matchDate(parsed, parseDate(stored) ?? assert.fail(stored));
}

function timeFits(key: string, stored: string): boolean | undefined {
  const parsed = parseTimeKey(key);
  return parsed && matchTime(parsed, parseTime(stored)?.from ?? assert.fail(stored));
}

function dateTimeFits(key: string, stored: string): boolean | undefined {
  const parsed = parseDateTimeKey(key);
  return parsed && matchDateTime(parsed, parseDateTime(stored) ?? assert.fail(stored));
}

function periodFits(date: string, time: string, storedDate: string, storedTime: string): boolean {
  const dateKey = parseDateKey(date);
  const timeKey = parseTimeKey(time);
  if (dateKey?.kind !== 'range' || timeKey?.kind !== 'range') return assert.fail('no ranges');
  const day = parseDate(storedDate) ?? assert.fail(storedDate);
  return matchPeriod({ date: dateKey, time: timeKey }, day, parseTime(storedTime)?.from ?? assert.fail(storedTime));
}

type Case = readonly [key: string, stored: string, fits: boolean | undefined];

const DATES: readonly Case[] = [
  ['20260310', '20260310', true],
  ['20260310', '20260311', false],
  ['20260310-20260312', '20260310', true],
  ['20260310-20260312', '20260312', true],
  ['20260310-20260312', '20260313', false],
  ['20260310-', '20260309', false],
  ['20260310-', '99991231', true],
  ['-20260310', '20260310', true],
  ['-20260310', '20260311', false],
  ['20260312-20260310', '20260311', false],
  ['-', '20260311', true],
  ['2026-03-10', '20260310', undefined],
  ['20260310 - 20260311', '20260310', undefined],
  ['20260310-20260311-20260312', '20260310', undefined],
  ['today', '20260310', undefined],
];

const TIMES: readonly Case[] = [
  ['08', '080000', true],
  ['080000', '08', true],
  ['08', '0830', false],
  ['101530.25', '101530.250000', true],
  ['09-10', '105959.999999', true],
  ['09-10', '11', false],
  ['0900-1000', '100059', true],
  ['0900-1000', '1001', false],
  ['-0800', '080030', true],
  ['0800-', '0759', false],
  ['23-01', '2330', false],
  ['08:00', '0800', undefined],
  ['2560', '0800', undefined],
];

const DATE_TIMES: readonly Case[] = [
  ['20260310080000', '2026031008', true],
  ['2026', '20260101', true],
  ['2026', '20260310', false],
  ['2026-', '20260310080000', true],
  ['-2026', '20261231235959', true],
  ['202603-202604', '20260430', true],
  ['20260310080000+0000', '20260310090000+0100', true],
  ['20260310080000+0000', '20260310090000', false],
  ['20260310080000', '20260310080000+0100', true],
  ['20260310000000+0000-20260310235959+0000', '20260311003000+0100', true],
  ['20260310080000-0500-20260310100000-0500', '20260310140000+0000', true],
  ['20260310080000-0500-', '20260310120000+0000', false],
  ['-20260310080000-0500', '20260310130000+0000', true],
  ['2026-x', '2026', undefined],
];

for (const [name, fits, cases] of [
  ['date', dateFits, DATES],
  ['time', timeFits, TIMES],
  ['date and time', dateTimeFits, DATE_TIMES],
] as const) {
  for (const [key, stored, expected] of cases) {
    const verb = expected === undefined ? 'is malformed, whatever is stored:' : expected ? 'fits' : 'does not fit';
    test(`${name} key ${key} ${verb} ${stored}`, () => assert.equal(fits(key, stored), expected));
  }
}

const PERIODS: readonly (readonly [string, string, string, string, boolean])[] = [
  ['20261105-20261107', '1000-1800', '20261105', '0959', false],
  ['20261105-20261107', '1000-1800', '20261105', '1000', true],
  ['20261105-20261107', '1000-1800', '20261106', '0700', true],
  ['20261105-20261107', '1000-1800', '20261107', '180059', true],
  ['20261105-20261107', '1000-1800', '20261107', '1801', false],
  ['20261105-20261106', '23-01', '20261106', '0059', true],
  ['20261105-20261106', '0900-', '20261106', '2359', true],
  ['20261105-20261106', '0900-', '20261105', '0859', false],
  ['20261105-20261106', '-0900', '20261105', '0000', true],
  ['20261105-20261106', '-0900', '20261106', '0901', false],
  ['20261105-', '0800-1000', '20261105', '0700', false],
  ['20261105-', '0800-1000', '20261201', '2300', true],
  ['-20261105', '0800-1000', '20261104', '2300', true],
  ['-20261105', '0800-1000', '20261105', '1001', false],
  ['20261105-20261105', '1000-0900', '20261105', '0930', false],
];

for (const [date, time, storedDate, storedTime, fits] of PERIODS) {
  test(`the period ${date} with ${time} has ${fits ? '' : 'not '}${storedDate} ${storedTime}`, () => {
    assert.equal(periodFits(date, time, storedDate, storedTime), fits);
  });
}
