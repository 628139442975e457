import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inflateRawSync } from 'node:zlib';
import { DEFLATED_LITTLE, EXPLICIT_BIG, EXPLICIT_LITTLE, IMPLICIT_LITTLE } from '../../../src/codec/transfer-syntax.ts';
import { writeDataSet } from '../../../src/codec/write-data-set.ts';
import { DataSet, sequenceElement, valueElement } from '../../../src/dicom/data-set.ts';
import { DataError } from '../../../src/errors.ts';

const STEP = new DataSet([
  sequenceElement(0x00400100, [new DataSet([valueElement(0x00080060, 'CS', Buffer.from('CT'))])]),
]);

function hex(
  dataSet: DataSet,
  ...rest: Parameters<typeof writeDataSet> extends [unknown, ...infer R] ? R : never
): string {
  return Buffer.from(writeDataSet(dataSet, ...rest)).toString('hex');
}

test('explicit lengths measure items and sequences', () => {
  assert.equal(
    hex(STEP, EXPLICIT_LITTLE),
    '40000001535100001200' + '0000feff00e00a000000' + '0800600043530200' + '4354',
  );
});

test('undefined lengths end with delimiters, empty sequences too', () => {
  const empty = new DataSet([sequenceElement(0x00400100, [])]);
  assert.equal(hex(empty, EXPLICIT_LITTLE, { lengths: 'undefined' }), '4000000153510000ffffffff' + 'feffdde000000000');
});

test('big endian turns tags, lengths and numbers', () => {
  const rows = new DataSet([valueElement(0x00280010, 'US', Buffer.of(1, 2))]);
  assert.equal(hex(rows, EXPLICIT_BIG), '0028001055530002' + '0201');
});

test('implicit VR has no VR', () => {
  assert.equal(hex(STEP, IMPLICIT_LITTLE), '4000000112000000' + 'feff00e00a000000' + '0800600002000000' + '4354');
});

test('a value too long for a 16-bit length is written as UN, as OB for old readers', () => {
  const long = new DataSet([valueElement(0x00204000, 'LT', Buffer.alloc(0x10000, 0x20))]);
  assert.equal(hex(long, EXPLICIT_LITTLE).slice(8, 24), '554e000000000100');
  assert.equal(hex(long, EXPLICIT_LITTLE, { oldVrs: true }).slice(8, 12), '4f42');
  const floats = new DataSet([valueElement(0x00640009, 'OF', Buffer.of(0, 0, 0x80, 0x3f))]);
  assert.equal(hex(floats, EXPLICIT_BIG, { oldVrs: true }).slice(8), '4f42' + '0000' + '00000004' + '0000803f');
});

test('group lengths: made right, made for every group, or left out', () => {
  const dataSet = new DataSet([
    valueElement(0x00080000, 'UL', Buffer.of(9, 9, 9, 9)),
    valueElement(0x00080060, 'CS', Buffer.from('CT')),
    valueElement(0x00100020, 'LO', Buffer.from('P1')),
  ]);
  assert.match(hex(dataSet, EXPLICIT_LITTLE, { groupLengths: 'recalculate' }), /^08000000554c04000a000000/);
  assert.match(hex(dataSet, EXPLICIT_LITTLE, { groupLengths: 'create' }), /10000000554c04000a000000/);
  assert.doesNotMatch(hex(dataSet, EXPLICIT_LITTLE, { groupLengths: 'remove' }), /554c/);
  const alone = new DataSet([valueElement(0x00080000, 'UL', new Uint8Array(4))]);
  assert.equal(hex(alone, EXPLICIT_LITTLE, { groupLengths: 'create' }), '', 'a group of nothing else has no length');
});

test('the deflated syntax is one raw deflate stream of explicit little endian', () => {
  const inflated = inflateRawSync(writeDataSet(STEP, DEFLATED_LITTLE));
  assert.equal(inflated.toString('hex'), hex(STEP, EXPLICIT_LITTLE));
});

test('compressed pixel data have no place in an uncompressed syntax', () => {
  const pixels = new DataSet([{ kind: 'fragments', tag: 0x7fe00010, vr: 'OB', fragments: [] }]);
  assert.throws(() => writeDataSet(pixels, IMPLICIT_LITTLE), DataError);
});
