import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { dcmtkDigits, printDouble, printSingle } from '../../../src/dump-text/print-float.ts';
import { runs, SEED } from '../../support/seed.ts';

const SINGLE = 9;
const DOUBLE = 17;

test('numbers are written as DCMTK 3.6.7 writes them', () => {
  const singles: readonly (readonly [number, string])[] = [
    [0, '0'],
    [-0, '0'],
    [1, '1'],
    [-1.5, '-1.5'],
    [Math.fround(1.0000001), '1.00000011920929'],
    [Math.fround(1945178.1), '1945178.13'],
    [1e9, '1e+09'],
    [1e8, '100000000'],
    [Math.fround(0.0001), '9.99999975e-05'],
    [Number.NaN, 'nan'],
    [Number.POSITIVE_INFINITY, 'inf'],
    [Number.NEGATIVE_INFINITY, '-inf'],
  ];
  for (const [value, text] of singles) assert.equal(dcmtkDigits(value, SINGLE), text);
  const doubles: readonly (readonly [number, string])[] = [
    [1e16, '10000000000000000'],
    [1e17, '1e+17'],
    [1e-5, '1e-05'],
    [1 / 3, '0.3333333333333333'],
    [1e100, '1.0000000000000007e+100'],
    [Number.MAX_VALUE, '1.7976931348623167e+308'],
  ];
  for (const [value, text] of doubles) assert.equal(dcmtkDigits(value, DOUBLE), text);
});

test('where those digits do not read back, the shortest that do are written', () => {
  assert.equal(printDouble(1e100), '1e+100');
  assert.equal(printDouble(-1e-100), '-1e-100');
  assert.equal(printDouble(Number.MAX_VALUE), '1.7976931348623157e+308');
  assert.equal(printDouble(123456789012345680000), '1.2345678901234568e+20');
});

test('every number reads back, to the last bit', () => {
  const options = { seed: SEED, numRuns: runs(50_000) };
  const finite = { noNaN: true, noDefaultInfinity: true };
  fc.assert(
    fc.property(fc.double(finite), (value) => Number(printDouble(value)) === value),
    options,
  );
  fc.assert(
    fc.property(fc.float(finite), (value) => Math.fround(Number(printSingle(value))) === value),
    options,
  );
});

test('no text is longer than it needs to be where DCMTK is not followed', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      const text = printDouble(value);
      if (text === dcmtkDigits(value, DOUBLE)) return true;
      const digits = (number: string): string =>
        number
          .replace(/e.*/, '')
          .replace(/[-.]/g, '')
          .replace(/^0+|0+$/g, '');
      return digits(text) === digits(String(value));
    }),
    { seed: SEED, numRuns: runs(50_000) },
  );
});
