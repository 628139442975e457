import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encodeText } from '../../../src/dicom/charset/text-codec.ts';
import { checkAttribute } from '../../../src/dicom/check-attribute.ts';
import { checkDataSet } from '../../../src/dicom/check-data-set.ts';
import { DataSet, valueElement } from '../../../src/dicom/data-set.ts';
import { tagOfKeyword } from '../../../src/dicom/dictionary.ts';
import { TAG } from '../../../src/dicom/tag.ts';
import type { ElementVr } from '../../../src/dicom/vr.ts';

function checked(keyword: string, vr: ElementVr, value: string | readonly number[], charset = '') {
  const tag = tagOfKeyword(keyword) ?? assert.fail(keyword);
  const bytes = typeof value === 'string' ? Buffer.from(value, 'latin1') : Uint8Array.from(value);
  return checkAttribute(valueElement(tag, vr, bytes), charset);
}

const RIGHT: readonly (readonly [keyword: string, vr: ElementVr, value: string | readonly number[]])[] = [
  ['PatientSex', 'CS', 'M '],
  ['PatientSex', 'CS', '  '],
  ['Modality', 'CS', 'CT'],
  ['Modality', 'CS', 'EC'],
  ['Modality', 'CS', 'M3D '],
  ['RequestedProcedurePriority', 'SH', 'HIGH'],
  ['PregnancyStatus', 'US', [4, 0]],
  ['ScheduledStationAETitle', 'AE', 'CT1\\CT2\\CT3'],
  ['SpecificCharacterSet', 'CS', '\\ISO 2022 IR 87'],
  ['ShutterShape', 'CS', 'CIRCULAR\\POLYGONAL\\BITMAP'],
  ['VerticesOfThePolygonalShutter', 'IS', '1\\2\\3\\4'],
  ['SelectorOBValue', 'OB', [1, 2, 3]],
  ['AdditionalPatientHistory', 'LT', 'a\\b\\c'],
  ['TextValue', 'UT', 'a\\b'],
  ['VectorGridData', 'OF', [0, 0, 0, 0, 0, 0, 0, 0]],
  ['FrameIncrementPointer', 'AT', [0x10, 0, 0x10, 0, 0x10, 0, 0x20, 0]],
];

for (const [keyword, vr, value] of RIGHT) {
  test(`${keyword} ${JSON.stringify(value)} is right`, () => assert.deepEqual(checked(keyword, vr, value), []));
}

test('an enumerated value that the standard has not is a problem, a term beyond its defined ones a remark', () => {
  const sex = checked('PatientSex', 'CS', 'X ');
  assert.deepEqual(sex, [
    { message: '"X" is no value that PS3.3 C.7.1.1 has for PatientSex', hint: 'write M, F or O' },
  ]);
  const [pregnancy] = checked('PregnancyStatus', 'US', [5, 1]);
  assert.match(pregnancy?.message ?? '', /"261" is no value that .* PregnancyStatus/);
  const [modality] = checked('Modality', 'CS', 'RAD ');
  assert.match(modality?.message ?? '', /"RAD" is no term that .* Modality/);
  assert.equal(modality?.isAllowed, true);
  const [priority] = checked('RequestedProcedurePriority', 'SH', 'URGENT');
  assert.equal(priority?.isAllowed, true);
  assert.match(priority?.hint ?? '', /STAT, HIGH, ROUTINE, MEDIUM or LOW/);
  assert.equal(checked('ScheduledProcedureStepStatus', 'CS', 'DONE')[0]?.isAllowed, true);
});

test('a term is proposed where one alone is near', () => {
  const hint = (value: string) => checked('Modality', 'CS', value)[0]?.hint ?? '';
  assert.equal(hint('MRI'), 'did you mean MR?');
  assert.equal(hint('PET'), 'did you mean PT?');
  for (const value of ['XR', 'RAD', 'SONO', 'DR']) assert.match(hint(value), /CT, MR, US, DX/, value);
});

test('more values than the attribute takes', () => {
  const message = (keyword: string, vr: ElementVr, value: string | readonly number[]) =>
    checked(keyword, vr, value).map((problem) => problem.message);
  assert.deepEqual(message('AccessionNumber', 'SH', 'a\\b'), ['2 values, but AccessionNumber has VM 1']);
  assert.deepEqual(message('Modality', 'CS', 'CT\\MR'), ['2 values, but Modality has VM 1']);
  assert.deepEqual(message('StudyInstanceUID', 'UI', '1.2\\1.3'), ['2 values, but StudyInstanceUID has VM 1']);
  assert.deepEqual(message('PregnancyStatus', 'US', [1, 0, 1, 0]), ['2 values, but PregnancyStatus has VM 1']);
  assert.deepEqual(message('ShutterShape', 'CS', 'A\\B\\C\\D'), ['4 values, but ShutterShape has VM 1-3']);
  assert.deepEqual(message('PixelSpacing', 'DS', '1\\2\\3'), ['3 values, but PixelSpacing has VM 2']);
  assert.deepEqual(message('TimeRange', 'FD', new Array<number>(24).fill(0)), ['3 values, but TimeRange has VM 2']);
  assert.deepEqual(message('EscapeTriplet', 'US', [1, 0, 1, 0, 1, 0, 1, 0]), [
    '4 values, but RETIRED_EscapeTriplet has VM 3',
  ]);
});

test('half of a two-byte code is no backslash, and nor is one in a wrong character set', () => {
  const name = (text: string, charset: string) =>
    valueElement(TAG.PatientName, 'PN', encodeText(text, charset, 'PN').bytes);
  // 昞 and ソ have 5c as their second byte, here and in Shift JIS.
  const gbk = name('李^昞', 'GB18030');
  assert.ok(gbk.value.includes(0x5c));
  assert.deepEqual(checkAttribute(gbk, 'GB18030'), []);
  const undeclared = [...checkDataSet(new DataSet([gbk]))];
  assert.deepEqual(
    undeclared.map(({ cause }) => cause),
    ['no charset'],
  );
  const kanji = name('Yamada=山田', '\\ISO 2022 IR 87');
  assert.deepEqual(checkAttribute(kanji, '\\ISO 2022 IR 87'), []);
});

test('a value that is wrong by its VR is told of once', () => {
  const problems = (keyword: string, vr: ElementVr, value: string) => [
    ...checkDataSet(new DataSet([valueElement(tagOfKeyword(keyword) ?? 0, vr, Buffer.from(value, 'latin1'))])),
  ];
  assert.equal(problems('PatientSex', 'CS', 'm ').length, 1);
  assert.equal(problems('AccessionNumber', 'SH', '12345678901234567\\b').length, 1);
});
