/** DICOM JSON that is taken is written, and reads back as the same data set where writing knows of no loss. */

import assert from 'node:assert/strict';
import { readDicomJson } from '../../src/dicom-json/read-json.ts';
import { writeDicomJson } from '../../src/dicom-json/write-json.ts';
import { DataError } from '../../src/errors.ts';
import { plain } from '../support/arbitrary-data-set.ts';
import { fuzz } from '../support/fuzz.ts';
import { sampleDataSet } from '../support/sample-data-set.ts';

const SAMPLE = writeDicomJson(sampleDataSet()).text;

/** What stands in DICOM JSON, to be put where it does not belong. */
const PIECES = [
  '"vr":"SQ"',
  '"Value":[]',
  '"Value":[null]',
  '"Value":[{"Alphabetic":"A^B","Ideographic":"X"}]',
  '"InlineBinary":"AAE="',
  '"BulkDataURI":"file:///etc/passwd"',
  '"00080005":{"vr":"CS","Value":["ISO 2022 IR 87"]}',
  '"00400100":{"vr":"SQ","Value":[{},{}]}',
  '"__proto__":{}',
  '"7FE00010":{"vr":"OW"}',
  '1e999',
  '-0.1',
  '9007199254740993',
  '"\\ud800"',
  '"\\u0000"',
  '"\\\\"',
  'null',
  'true',
  '{}',
  '[',
  ']',
  ',',
  '"',
  ':',
  'ä',
];

fuzz({
  name: 'DICOM JSON',
  runs: 20_000,
  make: (random) => {
    let text = SAMPLE;
    const below = (limit: number): number => Math.floor(random() * limit);
    for (let change = below(2); change >= 0; change--) {
      const tokens = [...text.matchAll(/"[^"]*"|[[\]{},:]|[^"[\]{},:]+/g)];
      const { index, 0: token } = tokens[below(tokens.length)] ?? { index: 0, 0: '' };
      const piece = [PIECES[below(PIECES.length)], tokens[below(tokens.length)]?.[0], ''][below(3)] ?? '';
      text = text.slice(0, index) + piece + text.slice(index + (random() < 0.7 ? token.length : 0));
    }
    return text;
  },
  target: (text) => {
    let dataSets: ReturnType<typeof readDicomJson>['dataSets'];
    try {
      dataSets = readDicomJson(Buffer.from(text)).dataSets;
    } catch (error) {
      assert.ok(error instanceof DataError, String(error));
      return false;
    }
    for (const dataSet of dataSets) {
      const { text: written, losses } = writeDicomJson(dataSet);
      const [again] = readDicomJson(Buffer.from(written)).dataSets;
      if (losses.length === 0) assert.deepEqual(again && plain(again), plain(dataSet));
    }
    return true;
  },
  show: (text) => text,
});
