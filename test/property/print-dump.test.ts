/** Dump text read again gives the data set it was printed of, or printing it has said what the text does not carry. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { EXPLICIT_LITTLE } from '../../src/codec/transfer-syntax.ts';
import { writeDataSet } from '../../src/codec/write-data-set.ts';
import { DataSet, type Element, sequenceElement, type ValueElement, valueElement } from '../../src/dicom/data-set.ts';
import type { Vr } from '../../src/dicom/vr.ts';
import { parseDump } from '../../src/dump-text/parse-dump.ts';
import { printDump } from '../../src/dump-text/print-dump.ts';
import { measureLengths } from '../../src/dump-text/print-lengths.ts';
import { textLosses } from '../../src/dump-text/print-losses.ts';
import { FULL_STYLE } from '../../src/dump-text/print-style.ts';
import { arbitraryDataSet } from '../support/arbitrary-data-set.ts';
import { runs, SEED } from '../support/seed.ts';

const OPTIONS = { seed: SEED, numRuns: runs(20_000) };

function printed(dataSet: DataSet): Uint8Array {
  const meta = { title: 'Dicom-Meta-Information-Header', dataSet: new DataSet(), syntaxName: '' } as const;
  const input = {
    meta,
    dataSet: { title: 'Dicom-Data-Set', dataSet, syntaxName: EXPLICIT_LITTLE.name } as const,
    lengthOf: measureLengths(dataSet, true),
    strayPrivates: new Set<Element>(),
  };
  return Buffer.concat([...printDump(input, FULL_STYLE)]);
}

/** As dump2wl writes it: explicit lengths; group lengths are worked out anew. */
function written(dataSet: DataSet): string {
  return Buffer.from(writeDataSet(dataSet, EXPLICIT_LITTLE, { lengths: 'explicit', groupLengths: 'remove' })).toString(
    'latin1',
  );
}

function comesBack(dataSet: DataSet): void {
  if (dataSet.size === 0 || textLosses(dataSet).length > 0) return;
  const text = printed(dataSet);
  const parsed = parseDump(text, { file: 'printed', syntax: EXPLICIT_LITTLE });
  assert.equal(written(parsed.dataSet), written(dataSet), Buffer.from(text).toString('latin1'));
}

/** Pieces that mean something in dump text, and a few that mean something in DICOM. */
const PIECES = [
  'A',
  'b',
  '1',
  ' ',
  '  ',
  '\t',
  '[',
  ']',
  '] ',
  '#',
  ' # ',
  '\\',
  '\\n',
  '\n',
  '\r\n',
  '\r',
  '\n\n',
  '(',
  ')',
  '=',
  '] #  10, 1 PatientName',
  '(0010,0010) PN [A]',
  '\n(0010,0010) PN [A]',
  '\n  (8,5)',
  '...',
  '^',
  '\0',
  '\xe4',
  '\x1b',
  '(no value available)',
  '\x0b',
  '\x0c',
  '\x85',
  '\xa0',
];

const TEXT_VRS: readonly Vr[] = [
  'LO',
  'SH',
  'PN',
  'LT',
  'ST',
  'UT',
  'UC',
  'UR',
  'AE',
  'CS',
  'DA',
  'DS',
  'IS',
  'TM',
  'UI',
];

const awkwardElement: fc.Arbitrary<ValueElement> = fc
  .tuple(
    fc.constantFrom(0x00100010, 0x00100020, 0x00104000, 0x00400007, 0x0040a160, 0x00091001, 0x00090010, 0x12345678),
    fc.constantFrom(...TEXT_VRS),
    fc.array(fc.constantFrom(...PIECES), { maxLength: 6 }),
  )
  .map(([tag, vr, pieces]) => {
    const text = pieces.join('');
    const padding = text.length % 2 === 0 ? '' : vr === 'UI' ? '\0' : ' ';
    return valueElement(tag, vr, Buffer.from(text + padding, 'latin1'));
  });

test('awkward text comes back from dump text, or is named as a loss', () => {
  const dataSets = fc.array(awkwardElement, { minLength: 1, maxLength: 3 }).map((elements) => new DataSet(elements));
  fc.assert(fc.property(dataSets, comesBack), OPTIONS);
});

test('awkward text in items comes back from dump text, or is named as a loss', () => {
  const items = fc.array(
    fc.array(awkwardElement, { maxLength: 2 }).map((elements) => new DataSet(elements)),
    { maxLength: 2 },
  );
  const dataSets = items.map((inner) => new DataSet([sequenceElement(0x00400100, inner)]));
  fc.assert(fc.property(dataSets, comesBack), OPTIONS);
});

test('values of every VR come back from dump text, or are named as a loss', () => {
  fc.assert(fc.property(arbitraryDataSet, comesBack), OPTIONS);
});

test('numbers come back from dump text to the last bit', () => {
  const doubles = fc.array(
    fc.double({ noNaN: true }).filter((value) => !Object.is(value, -0)),
    { minLength: 1 },
  );
  const singles = fc.array(
    fc.float({ noNaN: true }).filter((value) => !Object.is(value, -0)),
    { minLength: 1 },
  );
  fc.assert(
    fc.property(doubles, singles, (fd, fl) => {
      const dataSet = new DataSet([
        valueElement(0x00189313, 'FD', Buffer.from(new Float64Array(fd).buffer)),
        valueElement(0x0018605a, 'FL', Buffer.from(new Float32Array(fl).buffer)),
      ]);
      assert.deepEqual(textLosses(dataSet), []);
      comesBack(dataSet);
    }),
    OPTIONS,
  );
});
