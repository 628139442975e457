import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DataSet, sequenceElement, valueElement } from '../../../src/dicom/data-set.ts';
import { formatTag, TAG, type Tag } from '../../../src/dicom/tag.ts';
import { UsageError } from '../../../src/errors.ts';
import { applyKey, applyTypedKey, removeKey } from '../../../src/keys/apply-key.ts';
import { parseKey } from '../../../src/keys/parse-key.ts';

const STEP = TAG.ScheduledProcedureStepSequence;

function apply(dataSet: DataSet, text: string, charset = ''): readonly string[] {
  return applyKey(dataSet, parseKey(text, { bareKeywords: 'worklist' }), charset).lost;
}

/** "(0008,0060) CS 4354" per line, items indented. */
function listing(dataSet: DataSet, indent = ''): string[] {
  return dataSet.elements.flatMap((element) => {
    const start = `${indent}${formatTag(element.tag)} ${element.vr}`;
    if (element.kind === 'value') return [`${start} ${Buffer.from(element.value).toString('latin1')}`.trimEnd()];
    if (element.kind !== 'sequence') return [start];
    return [start, ...element.items.flatMap((item) => [`${indent}-`, ...listing(item.dataSet, `${indent}  `)])];
  });
}

function built(...keys: string[]): string[] {
  const dataSet = new DataSet();
  for (const key of keys) apply(dataSet, key);
  return listing(dataSet);
}

function hexOf(key: string, tag: Tag, charset = ''): string {
  const dataSet = new DataSet();
  assert.deepEqual(apply(dataSet, key, charset), []);
  return Buffer.from(dataSet.value(tag) ?? []).toString('hex');
}

test('a query is built from keys, with sequences and items as needed', () => {
  assert.deepEqual(
    built(
      'PatientName=DOE*',
      'AccessionNumber',
      'Modality=CT',
      'ScheduledProcedureStepSequence[0].ScheduledProtocolCodeSequence[0].CodeValue',
      'ReferencedStudySequence',
      'ReferencedPatientSequence[0]',
    ),
    [
      '(0008,0050) SH',
      '(0008,1110) SQ',
      '(0008,1120) SQ',
      '-',
      '(0010,0010) PN DOE*',
      '(0040,0100) SQ',
      '-',
      '  (0008,0060) CS CT',
      '  (0040,0008) SQ',
      '  -',
      '    (0008,0100) SH',
    ],
  );
});

test('a later return key for a sequence takes nothing away, an explicit empty one does', () => {
  assert.equal(built('Modality=CT', 'ScheduledProcedureStepSequence').length, 3);
  assert.deepEqual(built('Modality=CT', 'ScheduledProcedureStepSequence='), ['(0040,0100) SQ']);
});

test('a value replaces the one before, a key without one makes it zero length', () => {
  assert.deepEqual(built('PatientID=1', 'PatientID=22'), ['(0010,0020) LO 22']);
  assert.deepEqual(built('PatientID=1', 'PatientID'), ['(0010,0020) LO']);
});

test('an index beyond the end makes the items before it too', () => {
  assert.deepEqual(built('ReferencedStudySequence[1].ReferencedSOPClassUID=1.2'), [
    '(0008,1110) SQ',
    '-',
    '-',
    '  (0008,1150) UI 1.2\0',
  ]);
});

test('without an index every item of a sequence is set, with one only that', () => {
  const dataSet = new DataSet([sequenceElement(STEP, [new DataSet(), new DataSet()])]);
  apply(dataSet, 'Modality=MR');
  apply(dataSet, 'ScheduledProcedureStepSequence[1].Modality=CT');
  const modalities = dataSet.items(STEP).map((item) => Buffer.from(item.dataSet.value(TAG.Modality) ?? []).toString());
  assert.deepEqual(modalities, ['MR', 'CT']);
});

test('text is encoded in the character set of the data set, else in the one given', () => {
  assert.equal(hexOf('PatientName=Müller', TAG.PatientName, 'ISO_IR 100'), '4dfc6c6c6572');
  assert.equal(hexOf('PatientName=Müller', TAG.PatientName, 'ISO_IR 192'), '4dc3bc6c6c657220');
  const declared = new DataSet([valueElement(TAG.SpecificCharacterSet, 'CS', Buffer.from('ISO_IR 192'))]);
  apply(declared, 'PatientName=Müller', 'ISO_IR 100');
  assert.equal(Buffer.from(declared.value(TAG.PatientName) ?? []).toString(), 'Müller ');
});

test('characters that the set lacks are reported', () => {
  assert.deepEqual(apply(new DataSet(), 'PatientName=山', 'ISO_IR 100'), ['山']);
});

test('binary values are numbers, tags, or bytes', () => {
  assert.equal(hexOf('PregnancyStatus=4', 0x001021c0), '0400');
  assert.equal(hexOf('0028,0010=1\\0x200', 0x00280010), '01000002');
  assert.equal(hexOf('0028,0106=513', 0x00280106), '0102');
  assert.equal(hexOf('0018,6028=1.5', 0x00186028), '000000000000f83f');
  assert.equal(hexOf('0020,5000=(0010,0020)\\0008,0018', 0x00205000), '1000200008001800');
});

test('UIDs may be named', () => {
  const tag = 0x00081150;
  const hex = hexOf('ReferencedStudySequence[0].ReferencedSOPClassUID=1.2', tag);
  assert.equal(hex, '');
  assert.equal(
    Buffer.from(hexOf('0008,0016==VerificationSOPClass', 0x00080016), 'hex').toString(),
    '1.2.840.10008.1.1\0',
  );
});

test('a private attribute takes its VR from the dictionary of its creator, an unknown one is text in UN', () => {
  assert.deepEqual(built('0009,0010=ACME', '0009,1001=secret'), ['(0009,0010) LO ACME', '(0009,1001) UN secret']);
  assert.deepEqual(built('0009,0010=GEMS_IDEN_01', '0009,1001=GE'), [
    '(0009,0010) LO GEMS_IDEN_01',
    '(0009,1001) LO GE',
  ]);
});

test('the VR that is there stays', () => {
  const dataSet = new DataSet([valueElement(0x00091001, 'LO', Buffer.from('old '))]);
  apply(dataSet, '0009,1001=new');
  assert.deepEqual(listing(dataSet), ['(0009,1001) LO new']);
});

test('what a VR cannot have is a usage error that says what was typed', () => {
  for (const key of [
    'PregnancyStatus=many',
    'PregnancyStatus=65536',
    'PregnancyStatus=-1',
    '0018,6028=x',
    '0020,5000=PatientID',
    '0008,0016==NoSuchClass',
    '7fe0,0010=zz',
    'PatientID[0].Modality=CT',
  ]) {
    const dataSet = new DataSet([valueElement(TAG.PatientID, 'LO', Buffer.from('ID'))]);
    assert.throws(() => apply(dataSet, key), UsageError, key);
    const typed = parseKey(key, { bareKeywords: 'worklist' });
    assert.throws(
      () => applyTypedKey(dataSet, typed),
      (error) => error instanceof UsageError && error.message.endsWith(` (in key "${key}")`),
      key,
    );
  }
});

test('removing says how many attributes were there', () => {
  const dataSet = new DataSet();
  for (const key of [
    'PatientID=1',
    'ScheduledProcedureStepSequence[0].Modality=CT',
    'ScheduledProcedureStepSequence[1].Modality=MR',
  ]) {
    apply(dataSet, key);
  }
  const remove = (text: string): number => removeKey(dataSet, parseKey(text, { bareKeywords: 'worklist' }));
  assert.equal(remove('PatientID'), 1);
  assert.equal(remove('PatientID'), 0);
  assert.equal(remove('ScheduledProcedureStepSequence[1].Modality'), 1);
  assert.equal(remove('Modality'), 1);
  assert.equal(remove('ScheduledProcedureStepSequence[0]'), 1);
  assert.equal(remove('ScheduledProcedureStepSequence[1]'), 0);
  assert.equal(dataSet.items(STEP).length, 1);
  assert.equal(remove('ScheduledProcedureStepSequence'), 1);
  assert.equal(dataSet.size, 0);
});

test('items made only to have one in front of the numbered one are counted', () => {
  const fillers = (dataSet: DataSet, text: string) =>
    applyKey(dataSet, parseKey(text, { bareKeywords: 'worklist' })).fillers;
  const dataSet = new DataSet();
  assert.equal(fillers(dataSet, '(0040,0100)[0].(0008,0060)=CT'), 0);
  assert.equal(fillers(dataSet, '(0040,0100)[1].(0008,0060)=CT'), 0);
  assert.equal(fillers(dataSet, '(0040,0100)[4].(0040,0008)[1].(0008,0100)=X'), 3);
  assert.equal(fillers(dataSet, '(0008,1110)[2]'), 2);
});
