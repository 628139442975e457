/** DICOM JSON read again gives the data set it was written of, or writing it has said what JSON has no form for. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { EXPLICIT_LITTLE } from '../../src/codec/transfer-syntax.ts';
import { writeDataSet } from '../../src/codec/write-data-set.ts';
import { encodeText } from '../../src/dicom/charset/text-codec.ts';
import { DataSet, sequenceElement, valueElement } from '../../src/dicom/data-set.ts';
import { readDicomJson } from '../../src/dicom-json/read-json.ts';
import { writeDicomJson } from '../../src/dicom-json/write-json.ts';
import { DataError } from '../../src/errors.ts';
import { arbitraryDataSet } from '../support/arbitrary-data-set.ts';
import { runs, SEED } from '../support/seed.ts';

const OPTIONS = { seed: SEED, numRuns: runs(20_000) };

function written(dataSet: DataSet): string {
  return Buffer.from(writeDataSet(dataSet, EXPLICIT_LITTLE, { lengths: 'explicit', groupLengths: 'remove' })).toString(
    'latin1',
  );
}

function readBack(text: string): DataSet {
  const { dataSets, isArray } = readDicomJson(Buffer.from(text));
  assert.equal(isArray, false);
  assert.equal(dataSets.length, 1);
  return dataSets[0] as DataSet;
}

test('values of every VR come back from DICOM JSON to the last bit', () => {
  fc.assert(
    fc.property(arbitraryDataSet, fc.boolean(), (dataSet, pretty) => {
      const { text } = writeDicomJson(dataSet, { pretty });
      assert.equal(written(readBack(text)), written(dataSet), text);
    }),
    OPTIONS,
  );
});

const CHARSETS = ['', 'ISO_IR 100', 'ISO_IR 192', 'ISO_IR 144', 'ISO_IR 13', 'GB18030', '\\ISO 2022 IR 87'] as const;

test('text comes back in the character set it was stored in', () => {
  const texts = fc.string({
    unit: fc.constantFrom('A', 'b', ' ', '^', '=', 'ä', 'ß', 'Ж', '山', 'ｱ', '\n'),
    maxLength: 8,
  });
  fc.assert(
    fc.property(texts, fc.constantFrom(...CHARSETS), fc.constantFrom(...CHARSETS), (text, charset, inner) => {
      const dataSet = new DataSet([
        valueElement(0x00080005, 'CS', padded(Buffer.from(charset))),
        valueElement(0x00100010, 'PN', padded(encodeText(text, charset, 'PN').bytes)),
        sequenceElement(0x00400100, [
          new DataSet([
            valueElement(0x00080005, 'CS', padded(Buffer.from(inner))),
            valueElement(0x00400007, 'LO', padded(encodeText(text, inner, 'LO').bytes)),
          ]),
          new DataSet([valueElement(0x00400007, 'LO', padded(encodeText(text, charset, 'LO').bytes))]),
        ]),
      ]);
      const { text: json } = writeDicomJson(dataSet);
      assert.equal(written(readBack(json)), written(dataSet), json);
    }),
    OPTIONS,
  );
});

function padded(bytes: Uint8Array): Uint8Array {
  return (bytes.length & 1) === 0 ? bytes : Buffer.concat([bytes, Buffer.of(0x20)]);
}

test('any JSON gives data sets or a DataError', () => {
  const attribute = fc.record(
    {
      vr: fc.oneof(fc.constantFrom('PN', 'SQ', 'US', 'FD', 'AT', 'OB', 'SV', 'IS', 'ZZ'), fc.jsonValue()),
      Value: fc.oneof(fc.array(fc.jsonValue()), fc.jsonValue()),
      InlineBinary: fc.oneof(fc.base64String(), fc.jsonValue()),
      BulkDataURI: fc.string(),
    },
    { requiredKeys: [] },
  );
  const objects = fc.dictionary(
    fc.oneof(fc.constantFrom('00100010', '00080005', '00400100', '00020010', '__proto__', 'toString'), fc.string()),
    fc.oneof(attribute, fc.jsonValue()),
  );
  fc.assert(
    fc.property(fc.oneof(objects, fc.jsonValue(), fc.array(objects)), (value) => {
      try {
        readDicomJson(Buffer.from(JSON.stringify(value)));
      } catch (error) {
        assert.ok(error instanceof DataError, String(error));
      }
    }),
    OPTIONS,
  );
});

test('any bytes give data sets or a DataError', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.uint8Array(),
        fc.string().map((text) => Buffer.from(text)),
      ),
      (bytes) => {
        try {
          readDicomJson(bytes);
        } catch (error) {
          assert.ok(error instanceof DataError, String(error));
        }
      },
    ),
    OPTIONS,
  );
});
