import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DataSet, type Element, sequenceElement, valueElement } from '../../../src/dicom/data-set.ts';
import { formatTag, TAG } from '../../../src/dicom/tag.ts';
import { readQuery } from '../../../src/worklist/query.ts';
import { type BuildOptions, buildDataSet } from '../../support/build-query.ts';

function refusal(identifier: DataSet): string {
  const { refusal: refused } = readQuery(identifier);
  if (refused === undefined) return 'taken';
  const { status, comment, offendingElements } = refused;
  assert.ok(comment.length <= 64, comment);
  return `${status.toString(16)} ${offendingElements.map(formatTag).join(' ')}: ${comment}`;
}

function refusalOfKeys(keys: readonly string[], options?: BuildOptions): string {
  return refusal(buildDataSet(keys, options));
}

function refusalOf(...elements: readonly Element[]): string {
  return refusal(new DataSet(elements));
}

const DATE = '(0040,0002): Invalid value for an attribute with VR=DA';

const MALFORMED: readonly (readonly [key: string, refusal: string])[] = [
  ['ScheduledProcedureStepStartDate=2026-13-99', `a900 ${DATE}`],
  ['ScheduledProcedureStepStartDate=20261399', `a900 ${DATE}`],
  ['ScheduledProcedureStepStartDate=20260230', `a900 ${DATE}`],
  ['ScheduledProcedureStepStartDate=2026.03.10', `a900 ${DATE}`],
  ['ScheduledProcedureStepStartDate=20260310 - 20260311', `a900 ${DATE}`],
  ['ScheduledProcedureStepStartDate=202603*', `a900 ${DATE}`],
  ['ScheduledProcedureStepStartDate=20260310\\tomorrow', `a900 ${DATE}`],
  ['ScheduledProcedureStepStartTime=08:00', 'a900 (0040,0003): Invalid value for an attribute with VR=TM'],
  ['ScheduledProcedureStepStartTime=24', 'a900 (0040,0003): Invalid value for an attribute with VR=TM'],
  ['0008,002a=2026-x', 'a900 (0008,002a): Invalid value for an attribute with VR=DT'],
  ['StudyInstanceUID=1.2.*', 'a900 (0020,000d): Invalid value for an attribute with VR=UI'],
  ['PatientWeight=heavy', 'a900 (0010,1030): Invalid value for an attribute with VR=DS'],
  ['PatientAge=56', 'a900 (0010,1010): Invalid value for an attribute with VR=AS'],
  ['0020,0013=1.5', 'a900 (0020,0013): Invalid value for an attribute with VR=IS'],
];

for (const [key, expected] of MALFORMED) {
  test(`${key} is refused`, () => assert.equal(refusalOfKeys([key]), expected));
}

test('what is meant is taken', () => {
  for (const key of [
    'Modality=ct',
    'Modality= CT ',
    'PatientName=A~B',
    'ScheduledProcedureStepStartDate=20260310 ',
    'ScheduledProcedureStepStartDate=20260311-20260310',
    'StudyInstanceUID=*',
    'PatientWeight=*',
    'PatientAge=*',
    'PatientID=a value that is longer than any long string may be, as keys are allowed to be longer',
  ]) {
    assert.equal(refusalOfKeys([key]), 'taken', key);
  }
});

test('with code extensions an escape sequence that was forgotten or not declared is understood', () => {
  const name = (terms: string, bytes: string): string =>
    refusalOf(
      valueElement(TAG.SpecificCharacterSet, 'CS', Buffer.from(terms)),
      valueElement(TAG.PatientName, 'PN', Buffer.from(bytes, 'latin1')),
    );
  assert.equal(name('\\ISO 2022 IR 149', '=\x1b$)C\xc8\xab^\xb1\xe6*'), 'taken', 'not again after the caret');
  assert.equal(name('\\ISO 2022 IR 87', '=\x1b$B;3ED'), 'taken', 'not back at the end');
  assert.equal(name('\\ISO 2022 IR 87', '=\x1b$B;3ED\x1b(J'), 'taken', 'back to romaji');
  assert.equal(name('\\ISO 2022 IR 100', 'M\xfcller'), 'taken', 'none at all');
  assert.match(name('\\ISO 2022 IR 87', '=\x1b$B/~\x1b(B'), /a900/);
  assert.match(name('\\ISO 2022 IR 87', 'M\xfcller'), /a900/);
});

test('several bad keys are all named, each tag once', () => {
  assert.equal(
    refusalOfKeys(['ScheduledProcedureStepStartDate=x', 'ScheduledProcedureStepStartTime=x', 'StudyDate=x']),
    'a900 (0008,0020) (0040,0002) (0040,0003): Syntax error in 1 or more matching keys',
  );
});

test('more than one item is refused at any depth', () => {
  assert.equal(
    refusalOfKeys(['[0].Modality=CT', '[1].Modality=MR']),
    'a900 (0040,0100): More than 1 item in sequence.',
  );
  assert.equal(
    refusalOfKeys(['ScheduledProcedureStepSequence[0].ScheduledProtocolCodeSequence[1].CodeValue']),
    'a900 (0040,0008): More than 1 item in sequence.',
  );
});

test('text that its character set does not have is refused', () => {
  const name = valueElement(TAG.PatientName, 'PN', Buffer.from('M\xfcller', 'latin1'));
  assert.equal(refusalOf(name), 'a900 (0010,0010): Invalid Character Repertoire for datatype PN');
  const charset = (terms: string): Element => valueElement(TAG.SpecificCharacterSet, 'CS', Buffer.from(terms));
  assert.equal(refusalOf(charset('ISO_IR 100'), name), 'taken');
  assert.match(refusalOf(charset('ISO_IR 192'), name), /a900 \(0010,0010\)/);
  assert.match(refusalOf(charset('NO SUCH '), name), /a900 \(0010,0010\)/);
  assert.equal(refusalOf(charset('NO SUCH '), valueElement(TAG.PatientName, 'PN', Buffer.from('Doe '))), 'taken');
  assert.match(refusalOf(valueElement(TAG.PatientID, 'LO', Buffer.from('\x1b$B;3\x1b(B'))), /a900 \(0010,0020\)/);
  assert.match(refusalOf(valueElement(TAG.StudyInstanceUID, 'UI', Buffer.from('1.2\xfc', 'latin1'))), /a900/);
});

test('an attribute of a wrong kind is refused when it has a value, and taken when it only asks', () => {
  const value = Buffer.from('abcd');
  const step = TAG.ScheduledProcedureStepSequence;
  assert.equal(refusalOf(valueElement(step, 'LO', value)), 'a900 (0040,0100): VR LO is not the VR of this attribute');
  assert.equal(refusalOf(valueElement(step, 'LO', new Uint8Array(0))), 'taken');
  const asSequence = sequenceElement(TAG.Modality, [new DataSet([valueElement(TAG.PatientID, 'LO', value)])]);
  assert.equal(refusalOf(asSequence), 'a900 (0008,0060): VR SQ is not the VR of this attribute');
  assert.equal(refusalOf(sequenceElement(TAG.Modality, [])), 'taken');
  assert.match(refusalOf(valueElement(TAG.Modality, 'US', value)), /a900 \(0008,0060\)/);
  assert.match(refusalOf(valueElement(0x001021c0, 'LO', value)), /a900 \(0010,21c0\)/);
  assert.match(refusalOf(valueElement(0x001021c0, 'US', Buffer.of(1))), /a900 \(0010,21c0\)/);
});

test('unknown attributes are never a reason to refuse', () => {
  assert.equal(refusalOf(valueElement(0x00089999, 'DA', Buffer.from('no date '))), 'taken');
  assert.equal(refusalOf(valueElement(0x00091001, 'UN', Buffer.from([0xff, 0x1b]))), 'taken');
  assert.equal(refusalOf({ kind: 'fragments', tag: TAG.PixelData, vr: 'OB', fragments: [Buffer.of(1, 2)] }), 'taken');
});

test('an identifier without a key is told from one that asks for something', () => {
  const isEmpty = (keys: readonly string[]): boolean | undefined => readQuery(buildDataSet(keys)).query?.isEmpty;
  assert.equal(isEmpty([]), true);
  assert.equal(isEmpty(['SpecificCharacterSet=ISO_IR 100', 'TimezoneOffsetFromUTC=+0100']), true);
  assert.equal(isEmpty(['StudyID']), false);
  assert.equal(isEmpty(['0009,1001']), false);
});
