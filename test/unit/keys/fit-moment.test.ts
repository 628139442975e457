import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fitDate, fitTime } from '../../../src/keys/fit-moment.ts';

test('dates are days of the calendar, with hyphens or without', () => {
  const dates = {
    '20261125': '20261125',
    '2026-11-25': '20261125',
    '20240229': '20240229',
    '00010101': '00010101',
    '5.1.2026': '20260105',
  };
  for (const [text, date] of Object.entries(dates)) assert.equal(fitDate(text), date);
  for (const text of [
    '',
    '2026',
    '20261325',
    '20260229',
    '19000229',
    '31.11.2026',
    '25.11.26',
    '11/25/2026',
    '20261125-20261126',
  ]) {
    assert.equal(fitDate(text), undefined, text);
  }
});

test('times are times of the day, with colons or without', () => {
  const times = {
    '08': '08',
    '0815': '0815',
    '081530.5': '081530.5',
    '8:15': '0815',
    '08:15:30': '081530',
    '235960': '235960',
    '8:05 AM': '0805',
    '12:30:15am': '003015',
    '12:30 PM': '1230',
    '1:30 pm': '1330',
  };
  for (const [text, time] of Object.entries(times)) assert.equal(fitTime(text), time);
  for (const text of ['', '8', '24:00', '0860', '8.15', '8:5', '8 am', '13:00 PM', '0:10 AM', '08:15-09:00'])
    assert.equal(fitTime(text), undefined, text);
});
