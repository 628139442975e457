/** Orders: what a spreadsheet or a sender writes comes out of the entry, and no bytes whatever do harm. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { DataSet } from '../../src/dicom/data-set.ts';
import { entryName } from '../../src/orders/entry-name.ts';
import { fitOneValue, fitText } from '../../src/orders/fit-text.ts';
import { UTF_8 } from '../../src/orders/hl7/charset.ts';
import { jsonPlaces } from '../../src/orders/hl7/json-places.ts';
import { delimitersOf } from '../../src/orders/hl7/message.ts';
import { readMapping } from '../../src/orders/hl7/read-mapping.ts';
import { unescapeText } from '../../src/orders/hl7/unescape.ts';
import type { OrderKind } from '../../src/orders/order.ts';
import { readOrders } from '../../src/orders/read-orders.ts';
import { mutate } from '../support/mutate.ts';
import { entryText, orderMessage, TODAY, writtenEntries } from '../support/order-text.ts';
import { randomFrom, runs, SEED } from '../support/seed.ts';

/** Text columns of a few VRs, in several forms of keys. */
const COLUMNS = {
  PatientName: 'PN',
  '(0010,2110)': 'LO',
  CommentsOnTheScheduledProcedureStep: 'LT',
  'ScheduledProcedureStepSequence[0].ScheduledStationName': 'SH',
  'RequestedProcedureCodeSequence[1].CodeMeaning': 'LO',
} as const;
const KEYS = Object.keys(COLUMNS) as (keyof typeof COLUMNS)[];

const cellText = fc.string({
  unit: fc.oneof(fc.constantFrom(...' ",;\t\n\r\\^=äé€山田'), fc.string({ minLength: 1, maxLength: 1 })),
  maxLength: 12,
});

function csvCell(text: string, quoted: boolean): string {
  return quoted || /["\n\r,;\t]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

test('the cells of a CSV file come out of the entries', () => {
  const row = fc.array(cellText, { minLength: KEYS.length, maxLength: KEYS.length });
  fc.assert(
    fc.property(
      fc.constantFrom(',', ';', '\t'),
      fc.constantFrom('\n', '\r\n', '\r'),
      fc.boolean(),
      fc.array(row, { minLength: 1, maxLength: 4 }),
      (delimiter, lineEnd, quoted, rows) => {
        const cells = [['AccessionNumber', ...KEYS], ...rows.map((values, index) => [`A${index}`, ...values])];
        const csv = cells.map((line) => line.map((text) => csvCell(text, quoted)).join(delimiter)).join(lineEnd);
        const reading = readOrders(Buffer.from(csv), { kind: 'csv', today: TODAY });
        assert.deepEqual(
          reading.diagnostics.filter(({ severity }) => severity === 'error'),
          [],
        );
        const entries = writtenEntries(reading.orders);
        assert.equal(entries.length, rows.length);
        rows.forEach((values, index) => {
          KEYS.forEach((key, column) => {
            const expected = fitText(values[column] ?? '', COLUMNS[key]);
            const found = entryText(entries[index]?.dataSet ?? new DataSet(), key) ?? '';
            assert.equal(found, expected.replace(/[ \0]+$/, ''));
          });
        });
      },
    ),
    { seed: SEED, numRuns: runs(2000) },
  );
});

const DELIMITERS = delimitersOf('MSH|^~\\&|');
const LETTERS = new Map([
  ['|', 'F'],
  ['^', 'S'],
  ['&', 'T'],
  ['~', 'R'],
  ['\\', 'E'],
  ['\n', '.br'],
]);

/** As a careful sender writes text. */
function escapeText(text: string): string {
  return text.replace(/[|^&~\\\n]/g, (character) => `\\${LETTERS.get(character)}\\`);
}

test('escaped text means what it was', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.oneof(fc.constantFrom(...'|^&~\\\nFSTREX.br'), fc.string({ minLength: 1, maxLength: 1 })) }),
      (text) => {
        assert.equal(unescapeText(escapeText(text), { number: 1, delimiters: DELIMITERS, charset: UTF_8 }), text);
        const hex = Buffer.from(text).toString('hex');
        if (hex !== '')
          assert.equal(
            unescapeText(`\\X${hex}\\`, { number: 1, delimiters: DELIMITERS, charset: UTF_8 }),
            text.toWellFormed(),
          );
      },
    ),
    { seed: SEED, numRuns: runs(5000) },
  );
});

test('escaped text of an HL7 field comes out of the entry', () => {
  fc.assert(
    fc.property(cellText, (text) => {
      const message = orderMessage({ charset: 'UNICODE UTF-8', obr: { 13: escapeText(text.replace(/\r/g, '')) } });
      const reading = readOrders(Buffer.from(message), { kind: 'hl7', today: TODAY });
      assert.deepEqual(reading.diagnostics, []);
      const [entry] = writtenEntries(reading.orders);
      const isDelete = text.replace(/\r/g, '') === '""';
      const expected = isDelete ? '' : fitOneValue(text.replace(/\r/g, ''), 'LO');
      assert.equal(entryText(entry?.dataSet ?? new DataSet(), 'MedicalAlerts'), expected);
    }),
    { seed: SEED, numRuns: runs(2000) },
  );
});

test('different orders have different names, in letters that any file system takes', () => {
  const part = fc.oneof(
    fc.string({ unit: fc.constantFrom(...'aAbB1_-.~/ '), maxLength: 4 }),
    fc.string({ unit: 'binary' }),
  );
  fc.assert(
    fc.property(part, part, part, part, (accession, step, otherAccession, otherStep) => {
      const name = entryName({ accessionNumber: accession, stepId: step });
      const other = entryName({ accessionNumber: otherAccession, stepId: otherStep });
      assert.equal(name === undefined, accession === '' && step === '');
      if (name === undefined || other === undefined) return;
      assert.match(name, /^[0-9A-Za-z_~][0-9A-Za-z_~.-]*\.wl$/);
      const isSame = accession === otherAccession && step === otherStep;
      assert.equal(name.toLowerCase() === other.toLowerCase(), isSame);
    }),
    { seed: SEED, numRuns: runs(10_000) },
  );
});

const SEEDS: readonly (readonly [OrderKind, string])[] = [
  ['csv', 'orders.csv'],
  ['hl7', 'omi-o23.hl7'],
  ['hl7', 'orm-o01.hl7'],
  ['hl7', 'orm-o01-iso-ir87.hl7'],
];

for (const [kind, name] of SEEDS) {
  test(`no change to ${name} throws, and each finding has a place`, () => {
    const bytes = readFileSync(new URL(`../../fixtures/orders/${name}`, import.meta.url));
    const random = randomFrom(name);
    for (let run = runs(3000); run > 0; run -= 1) {
      const { orders, diagnostics } = readOrders(mutate(bytes, random), { kind, today: TODAY });
      for (const { line, column, length } of diagnostics) assert.ok(line >= 1 && column >= 1 && length >= 1);
      for (const order of orders) assert.match(order.name, /^[^/\\]+\.wl$/);
    }
  });
}

test('any bytes are orders or findings', () => {
  fc.assert(
    fc.property(fc.constantFrom<OrderKind>('csv', 'hl7'), fc.uint8Array({ maxLength: 200 }), (kind, bytes) => {
      const { orders, diagnostics } = readOrders(bytes, { kind, today: TODAY });
      assert.ok(orders.length + diagnostics.length > 0);
    }),
    { seed: SEED, numRuns: runs(5000) },
  );
});

test('any JSON is a mapping or findings', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.json(),
        fc.json().map((json) => `{ "map": ${json} }`),
        fc.string(),
      ),
      (text) => {
        const { mapping } = readMapping(Buffer.from(text), TODAY);
        assert.ok(mapping.rules.size > 0);
      },
    ),
    { seed: SEED, numRuns: runs(1000) },
  );
});

function leaves(value: unknown, path: readonly string[]): [path: readonly string[], value: unknown][] {
  if (typeof value !== 'object' || value === null) return [[path, value]];
  return Object.entries(value).flatMap(([name, inner]) => leaves(inner, [...path, name]));
}

test('every value of a JSON text is found where it stands', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom(undefined, 2), (value, indent) => {
      const text = JSON.stringify(value, undefined, indent);
      const parsed: unknown = JSON.parse(text);
      const placeOf = jsonPlaces(text);
      for (const [path, leaf] of leaves(parsed, [])) {
        const { offset, length } = placeOf(path);
        assert.deepEqual(JSON.parse(text.slice(offset, offset + length)), leaf);
      }
    }),
    { seed: SEED, numRuns: runs(3000) },
  );
});
