import assert from 'node:assert/strict';
import { test } from 'node:test';
import { orderKindOf } from '../../../src/orders/order-kind.ts';

const KINDS = {
  'a.csv': 'csv',
  'a/b.TSV': 'csv',
  'x.hl7': 'hl7',
  'X.Er7': 'hl7',
  'a.txt': undefined,
  csv: undefined,
  '-': undefined,
  'a.csv/b': undefined,
};

for (const [path, kind] of Object.entries(KINDS)) {
  test(`${path} is ${kind ?? 'no orders'} by its name`, () => assert.equal(orderKindOf(path), kind));
}
