import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type DataSet, plainText } from '../../../src/dicom/data-set.ts';
import { readDicomJson } from '../../../src/dicom-json/read-json.ts';
import { DataError } from '../../../src/errors.ts';

function read(json: unknown): DataSet {
  return readDicomJson(Buffer.from(JSON.stringify(json))).dataSets[0] as DataSet;
}

function failure(json: unknown): DataError {
  try {
    readDicomJson(Buffer.from(typeof json === 'string' ? json : JSON.stringify(json)), { file: 'a.json' });
  } catch (error) {
    assert.ok(error instanceof DataError);
    return error;
  }
  throw new Error('was read');
}

const hex = (dataSet: DataSet, tag: number): string => Buffer.from(dataSet.value(tag) ?? []).toString('hex');

test('text without (0008,0005) stays plain, or becomes UTF-8 and is labelled so', () => {
  const plain = read({ '00100010': { vr: 'PN', Value: [{ Alphabetic: 'Muster^Erika' }] } });
  assert.equal(plain.has(0x00080005), false);
  const accented = read({ '00100010': { vr: 'PN', Value: [{ Alphabetic: 'Müller' }] } });
  assert.equal(plainText(accented, 0x00080005), 'ISO_IR 192');
  assert.equal(hex(accented, 0x00100010), Buffer.from('Müller ').toString('hex'));
});

test('text is encoded in the set that (0008,0005) names', () => {
  const dataSet = read({
    '00080005': { vr: 'CS', Value: ['ISO_IR 100'] },
    '00100010': { vr: 'PN', Value: [{ Alphabetic: 'Müller' }] },
  });
  assert.equal(hex(dataSet, 0x00100010), Buffer.from('M\xfcller', 'latin1').toString('hex'));
});

test('text that the named set does not have becomes UTF-8, with a warning', () => {
  const { dataSets, warnings } = readDicomJson(
    Buffer.from(
      JSON.stringify({
        '00080005': { vr: 'CS', Value: ['ISO_IR 100'] },
        '00100010': { vr: 'PN', Value: [{ Alphabetic: '山田' }] },
      }),
    ),
  );
  assert.equal(plainText(dataSets[0] as DataSet, 0x00080005), 'ISO_IR 192');
  assert.equal(warnings[0]?.tagPath, '(0010,0010)');
});

test('an item with its own character set is encoded in that', () => {
  const dataSet = read({
    '00080005': { vr: 'CS', Value: ['ISO_IR 192'] },
    '00400100': {
      vr: 'SQ',
      Value: [{ '00080005': { vr: 'CS', Value: ['ISO_IR 144'] }, '00400007': { vr: 'LO', Value: ['Ж'] } }],
    },
  });
  assert.equal(hex(dataSet.items(0x00400100)[0]?.dataSet as DataSet, 0x00400007), 'b620');
});

test('an array, and one object a line, give several data sets', () => {
  const object = '{"00080060":{"vr":"CS","Value":["CT"]}}';
  for (const text of [`[${object},${object}]`, `${object}\n${object}\n`]) {
    const { dataSets, isArray } = readDicomJson(Buffer.from(text));
    assert.equal(dataSets.length, 2);
    assert.equal(isArray, true);
  }
  assert.equal(readDicomJson(Buffer.from(object)).isArray, false);
});

test('mistakes are named with their place', () => {
  assert.match(failure('{\n "00080060": {"vr" "CS"}}').message, /line 2, column/);
  assert.match(failure('').message, /ends too early/);
  assert.match(failure({ Modality: { vr: 'CS' } }).message, /"Modality" is no tag/);
  assert.equal(failure({ '00080060': { vr: 'XX' } }).tagPath, '(0008,0060)');
  assert.match(failure({ '00080060': { Value: ['CT'] } }).message, /has no "vr"/);
  assert.match(failure({ '00420011': { vr: 'OB', BulkDataURI: 'http://x' } }).message, /BulkDataURI/);
  assert.match(failure({ '00280010': { vr: 'US', Value: [70000] } }).message, /beyond VR US/);
  assert.match(failure({ '00720083': { vr: 'UV', Value: [2 ** 53] } }).message, /beyond 53 bits/);
  assert.match(failure('{"00189087":{"vr":"FD","Value":[1e400]}}').message, /Infinity, which is no number/);
  assert.match(failure({ '00280010': { vr: 'US', Value: ['12abc'] } }).message, /no whole number/);
  assert.match(failure({ '00080060': { vr: 'CS', Value: ['C\\T'] } }).message, /backslash/);
  assert.match(failure({ '00420011': { vr: 'OB', InlineBinary: '!' } }).message, /base64/);
  assert.equal(
    failure({ '00400100': { vr: 'SQ', Value: [{}, { '00400002': { vr: 'DA', Value: [20261125] } }] } }).tagPath,
    '(0040,0100)[1].(0040,0002)',
  );
  assert.match(failure([{}, 5]).message, /object 1 of the array/);
});

test('group 0002 is left out with a warning, group lengths without', () => {
  const { dataSets, warnings } = readDicomJson(
    Buffer.from('{"00020010":{"vr":"UI","Value":["1.2"]},"00080000":{"vr":"UL","Value":[4]}}'),
  );
  assert.equal(dataSets[0]?.size, 0);
  assert.deepEqual(
    warnings.map((warning) => warning.tagPath),
    ['(0002,0010)'],
  );
});
