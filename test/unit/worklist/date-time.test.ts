import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  parseDate,
  parseDateTime,
  parseStoredDate,
  parseStoredTime,
  parseTime,
} from '../../../src/worklist/date-time.ts';

const SECOND = 1_000_000;

test('a date is eight digits of a day that exists', () => {
  assert.equal(parseDate('20260310'), 20260310);
  assert.equal(parseDate('20240229'), 20240229);
  assert.equal(parseDate('20000229'), 20000229);
  for (const text of ['20260230', '20230229', '19000229', '20261301', '20260010', '20260300', '2026.03.10', '', '*']) {
    assert.equal(parseDate(text), undefined, text);
  }
});

test('a stored date may have dots', () => {
  assert.equal(parseStoredDate('2026.03.10'), 20260310);
  assert.equal(parseStoredDate('20260310'), 20260310);
  assert.equal(parseStoredDate('2026-03-10'), undefined);
  assert.equal(parseStoredDate('2026.02.30'), undefined);
});

test('a time runs as far as it is precise', () => {
  const ten = 10 * 3600 * SECOND;
  assert.deepEqual(parseTime('10'), { from: ten, to: ten + 3600 * SECOND - 1 });
  assert.deepEqual(parseTime('1000'), { from: ten, to: ten + 60 * SECOND - 1 });
  assert.deepEqual(parseTime('100000'), { from: ten, to: ten + SECOND - 1 });
  assert.deepEqual(parseTime('100000.5'), { from: ten + 500_000, to: ten + 599_999 });
  assert.deepEqual(parseTime('100000.500000'), { from: ten + 500_000, to: ten + 500_000 });
});

test('a time is one of the day; 60 is a leap second', () => {
  assert.ok(parseTime('235960'));
  for (const text of ['24', '2400', '1060', '100061', '1', '100', '10000', '10:00', '100000.', '100000.1234567']) {
    assert.equal(parseTime(text), undefined, text);
  }
});

test('a stored time may have colons', () => {
  assert.deepEqual(parseStoredTime('09:15:00'), parseTime('091500'));
  assert.deepEqual(parseStoredTime('09:15'), parseTime('0915'));
  assert.deepEqual(parseStoredTime('09:15:00.25'), parseTime('091500.25'));
  assert.equal(parseStoredTime('9:15'), undefined);
});

test('a date and time runs as far as it is precise', () => {
  const day = 86_400n * 1_000_000n;
  const span = (text: string): bigint => {
    const instant = parseDateTime(text) ?? assert.fail(text);
    return instant.to - instant.from + 1n;
  };
  assert.equal(span('2024'), 366n * day);
  assert.equal(span('202602'), 28n * day);
  assert.equal(span('202612'), 31n * day);
  assert.equal(span('20260310'), day);
  assert.equal(span('2026031008'), day / 24n);
  assert.equal(span('20260310080000.12'), 10_000n);
});

test('a date and time may name its zone', () => {
  assert.equal(parseDateTime('20260310080000+0130')?.offset, 90);
  assert.equal(parseDateTime('2026-0500')?.offset, -300);
  assert.equal(parseDateTime('2026')?.offset, undefined);
  for (const text of ['2026-0000', '2026+1500', '2026-1230', '2026+0160', '202613', '20260230', '2026031024', '202']) {
    assert.equal(parseDateTime(text), undefined, text);
  }
});
