import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DataSet, type Element, sequenceElement, valueElement } from '../../../src/dicom/data-set.ts';
import { TAG } from '../../../src/dicom/tag.ts';
import { viewEntry } from '../../../src/worklist/entry-view.ts';
import { matchEntry, namesStation } from '../../../src/worklist/match.ts';
import { readQuery } from '../../../src/worklist/query.ts';
import { type BuildOptions, buildDataSet } from '../../support/build-query.ts';

const ENTRY = [
  'PatientName=Doe^John',
  'PatientID=P-1',
  'MedicalAlerts=Latex\\Penicillin',
  'PatientWeight=72.5',
  'PregnancyStatus=2',
  'PatientComments= leading blank counts',
  'PatientSex',
  'StudyInstanceUID=1.2.3',
  'RequestedProcedureCodeSequence[0].CodeValue=R1',
  'RequestedProcedureCodeSequence[0].CodingSchemeDesignator=99A',
  'RequestedProcedureCodeSequence[1].CodeValue=R2',
  'RequestedProcedureCodeSequence[1].CodingSchemeDesignator=99B',
  '0009,0010=ACME',
  '0009,1001=red',
  '[0].Modality=CT',
  '[0].ScheduledStationAETitle= CT1 ',
  '[0].ScheduledProcedureStepStartDate=20260310',
  '[0].ScheduledProcedureStepStartTime=0830',
  '[1].Modality=MR',
  '[1].ScheduledStationAETitle=MR1\\MR2',
  '[1].ScheduledProcedureStepStartDate=20260311',
  '[1].ScheduledProcedureStepStartTime=10',
];

interface Options extends BuildOptions {
  readonly fuzzyNames?: boolean;
  readonly entryCharset?: string;
}

function steps(identifier: DataSet, entry: DataSet, fuzzyNames = false): number[] {
  const { query, refusal } = readQuery(identifier, { fuzzyNames });
  if (query === undefined) return assert.fail(`refused: ${refusal.comment}`);
  return matchEntry(query, viewEntry(entry)).map(({ step }) => step);
}

function matches(keys: readonly string[], entry: readonly string[] = ENTRY, options: Options = {}): number[] {
  const entryCharset = options.entryCharset ?? options.charset ?? '';
  return steps(buildDataSet(keys, options), buildDataSet(entry, { charset: entryCharset }), options.fuzzyNames);
}

const BOTH = [0, 1];

const CASES: readonly (readonly [what: string, keys: readonly string[], steps: readonly number[]])[] = [
  ['no key but one that asks for a value', ['PatientName'], BOTH],
  ['a key at the root', ['PatientID=P-1'], BOTH],
  ['another value', ['PatientID=p-1'], []],
  ['a key of the step', ['Modality=MR'], [1]],
  ['a root key and a step key', ['PatientID=P-1', 'Modality=CT'], [0]],
  ['keys that no one step meets', ['Modality=CT', 'ScheduledStationAETitle=MR1'], []],
  ['blanks around an AE title', ['ScheduledStationAETitle=CT1'], [0]],
  ['any of several stored values', ['ScheduledStationAETitle=MR2'], [1]],
  ['any of several values of the key', ['Modality=US\\MR\\CT'], BOTH],
  ['a list with an empty value', ['Modality=US\\'], []],
  ['a list with a star', ['Modality=US\\*'], BOTH],
  ['a wild card in any VR that may have one', ['Modality=?T', 'PatientID=P*'], [0]],
  ['a lower-case code', ['Modality=ct'], [0]],
  ['several values of a long string', ['MedicalAlerts=Penicillin'], BOTH],
  ['a number string by its value', ['PatientWeight=72.50'], BOTH],
  ['a binary number', ['PregnancyStatus=2'], BOTH],
  ['a list of binary numbers', ['PregnancyStatus=1\\2'], BOTH],
  ['another binary number', ['PregnancyStatus=4'], []],
  ['leading blanks of a text', ['PatientComments=leading blank counts'], []],
  ['the text as it is', ['PatientComments= leading*'], BOTH],
  ['a UID of a list', ['StudyInstanceUID=1.2.4\\1.2.3'], BOTH],
  ['a stored value that is empty', ['PatientSex=F'], []],
  ['a stored value that is absent', ['PatientBirthDate=19700101'], []],
  ['a star for an empty value', ['PatientSex=*', 'PatientBirthDate=*', 'AccessionNumber=**'], BOTH],
  ['blanks for an absent value', ['AccessionNumber=  '], BOTH],
  ['a code', ['RequestedProcedureCodeSequence[0].CodeValue=R2'], BOTH],
  [
    'a code that is two items in one',
    ['RequestedProcedureCodeSequence[0].CodeValue=R1', 'RequestedProcedureCodeSequence[0].CodingSchemeDesignator=99B'],
    [],
  ],
  ['a code of a sequence that is absent', ['ReferencedStudySequence[0].ReferencedSOPInstanceUID=1.2'], []],
  ['an item that asks for nothing, absent', ['ReferencedStudySequence[0].ReferencedSOPInstanceUID'], BOTH],
  ['an empty item', ['ReferencedStudySequence[0]', 'ScheduledProcedureStepSequence[0]'], BOTH],
  ['a private key of its creator', ['0009,0010=ACME', '0009,1001=red'], BOTH],
  ['a private key in another block', ['0009,0042=ACME', '0009,4201=red'], BOTH],
  ['another private value', ['0009,0010=ACME', '0009,1001=blue'], []],
  ['a private key of another creator', ['0009,0010=OTHER', '0009,1001=red'], []],
  ['the creator of a private key alone', ['PatientID=P-1', '0009,0010=OTHER'], BOTH],
  ['a private key of nobody', ['0009,1001=blue'], BOTH],
  ['an unknown key', ['0008,9999=x', 'PatientID=P-1'], BOTH],
  ['a known key that no worklist has', ['StudyID=1'], []],
  ['Query/Retrieve Level', ['QueryRetrieveLevel=STUDY', 'PatientID=P-1'], BOTH],
  ['a time zone', ['TimezoneOffsetFromUTC=+1400', 'ScheduledProcedureStepStartTime=0830'], [0]],
  ['a star for a date and a time', ['ScheduledProcedureStepStartDate=*', 'ScheduledProcedureStepStartTime=*'], BOTH],
  ['a hyphen for a date', ['ScheduledProcedureStepStartDate=-'], BOTH],
  ['a list of dates and ranges', ['ScheduledProcedureStepStartDate=20260101-20260301\\20260311'], [1]],
  [
    'date and time ranges as one period',
    ['ScheduledProcedureStepStartDate=20260310-20260311', 'ScheduledProcedureStepStartTime=0900-1100'],
    [1],
  ],
  [
    'a date with a time range, each for itself',
    ['ScheduledProcedureStepStartDate=20260310\\20260311', 'ScheduledProcedureStepStartTime=0800-0900'],
    [0],
  ],
  ['only the character set', ['SpecificCharacterSet=ISO_IR 100'], []],
  ['only a time zone', ['TimezoneOffsetFromUTC=+0100'], []],
  ['only a level', ['QueryRetrieveLevel=STUDY'], []],
];

for (const [what, keys, expected] of CASES) {
  test(`${what}: ${keys.join(' ')}`, () => assert.deepEqual(matches(keys), expected));
}

test('text is compared as characters, each side in its own character set', () => {
  const japanese = '\\ISO 2022 IR 87';
  const pairs: readonly (readonly [name: string, charset: string])[] = [
    ['Müller^Jürg', 'ISO_IR 100'],
    ['Łukasz^Żak', 'ISO_IR 101'],
    ['Иванов^Иван', 'ISO_IR 144'],
    ['Σίσυφος', 'ISO_IR 126'],
    ['שלום', 'ISO_IR 138'],
    ['سلام', 'ISO_IR 127'],
    ['ﾔﾏﾀﾞ^ﾀﾛｳ', 'ISO_IR 13'],
    ['Yamada^Tarou=山田^太郎=やまだ^たろう', japanese],
    ['ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎', 'ISO 2022 IR 13\\ISO 2022 IR 87'],
    ['Hong^Gildong=洪^吉洞=홍^길동', '\\ISO 2022 IR 149'],
    ['Zhang^XiaoDong=张^小东', '\\ISO 2022 IR 58'],
    ['Zhang^XiaoDong=张^小东', 'GB18030'],
    ['Zhang^XiaoDong=张^小东', 'GBK'],
  ];
  for (const [name, charset] of pairs) {
    const entry = [`PatientName=${name}`, '[0].Modality=CT'];
    for (const keyCharset of [charset, 'ISO_IR 192']) {
      const options = { charset: keyCharset, entryCharset: charset };
      const groups = name.split('=');
      for (const key of [
        name,
        `${name}^`,
        `*${Array.from(name).slice(2).join('')}`,
        `?${Array.from(name).slice(1).join('')}`,
        ...groups,
      ]) {
        assert.deepEqual(matches([`PatientName=${key}`], entry, options), [0], `${key} in ${keyCharset}, ${charset}`);
      }
    }
  }
});

test('both ways to write an accent are equal in every text', () => {
  const options = { charset: 'ISO_IR 192' };
  assert.deepEqual(matches(['PatientID=é'], ['PatientID=e\u0301', '[0].Modality=CT'], options), [0]);
  assert.deepEqual(matches(['PatientID=??'], ['PatientID=e\u0301', '[0].Modality=CT'], options), []);
});

test('accents of names fold only when asked', () => {
  const entry = ['PatientName=Müller', 'PatientID=Ü', '[0].Modality=CT'];
  const options = { charset: 'ISO_IR 100' };
  assert.deepEqual(matches(['PatientName=MULLER'], entry, options), []);
  assert.deepEqual(matches(['PatientName=MULLER'], entry, { ...options, fuzzyNames: true }), [0]);
  assert.deepEqual(matches(['PatientID=U'], entry, { ...options, fuzzyNames: true }), []);
});

test('bytes of a two-byte code are no delimiters and no wild cards', () => {
  const charset = '\\ISO 2022 IR 87';
  // The codes of ＋, た and ぞ are 215c, 243f and 245e, which end like a backslash, a question mark and a caret.
  const entry = ['PatientName=＋^たぞ', 'MedicalAlerts=＋た\\ま', '[0].Modality=CT'];
  assert.deepEqual(matches(['MedicalAlerts=＋た'], entry, { charset }), [0]);
  assert.deepEqual(matches(['MedicalAlerts=ま'], entry, { charset }), [0]);
  assert.deepEqual(matches(['PatientName=＋^たぞ'], entry, { charset }), [0]);
  assert.deepEqual(matches(['PatientName=＋^だぞ'], entry, { charset }), []);
  assert.deepEqual(matches(['PatientName=＋^たゞ'], entry, { charset }), []);
});

test('an item may have a character set of its own', () => {
  const item = new DataSet([
    valueElement(TAG.SpecificCharacterSet, 'CS', Buffer.from('ISO_IR 192')),
    valueElement(0x00400007, 'LO', Buffer.from('Schädel ')),
  ]);
  const entry = new DataSet([
    valueElement(TAG.SpecificCharacterSet, 'CS', Buffer.from('ISO_IR 100')),
    sequenceElement(TAG.ScheduledProcedureStepSequence, [item]),
  ]);
  const identifier = buildDataSet(['ScheduledProcedureStepDescription=Schädel'], {
    charset: 'ISO_IR 100',
  });
  assert.deepEqual(steps(identifier, entry), [0]);
});

test('what declares no character set is read in the fallback', () => {
  const entry = new DataSet([
    valueElement(TAG.PatientID, 'LO', Buffer.from('\xfc ', 'latin1')),
    sequenceElement(TAG.ScheduledProcedureStepSequence, [new DataSet()]),
  ]);
  const { query } = readQuery(buildDataSet(['PatientID=ü'], { charset: 'ISO_IR 192' }));
  assert.ok(query);
  assert.equal(matchEntry(query, viewEntry(entry)).length, 0);
  assert.equal(matchEntry(query, viewEntry(entry, 'ISO_IR 100')).length, 1);
});

test('a creator with two blocks is searched in both', () => {
  const entry = ['0009,0010=ACME', '0009,1002=x', '0009,0011=ACME', '0009,1101=red', '[0].Modality=CT'];
  assert.deepEqual(matches(['0009,0010=ACME', '0009,1001=red'], entry), [0]);
  assert.deepEqual(matches(['0009,0010=ACME', '0009,1002=x'], entry), [0]);
});

test('an entry without a step is none', () => {
  assert.deepEqual(matches(['PatientID=P-1'], ['PatientID=P-1', '0008,0060=CT']), []);
  assert.deepEqual(matches(['PatientID'], ['PatientID=P-1', 'ScheduledProcedureStepSequence']), []);
});

function withKey(element: Element): number[] {
  return steps(new DataSet([element]), buildDataSet(ENTRY));
}

test('an attribute is compared by the VR it has, whatever text VR the key was sent in', () => {
  assert.deepEqual(withKey(valueElement(TAG.PatientName, 'LO', Buffer.from('DOE^JOHN'))), BOTH);
  assert.deepEqual(withKey(valueElement(TAG.PatientName, 'UN', Buffer.from('DOE^JOHN'))), BOTH);
  assert.deepEqual(withKey(valueElement(0x001021c0, 'UN', Buffer.of(2, 0))), BOTH);
});

test('a stored UN is read as what the key is', () => {
  const entry = buildDataSet(ENTRY);
  entry.set(valueElement(TAG.PatientID, 'UN', Buffer.from('ID 7')));
  entry.set(valueElement(0x001021c0, 'UN', Buffer.of(4, 0)));
  assert.deepEqual(steps(buildDataSet(['PatientID=ID*', 'PregnancyStatus=4']), entry), BOTH);
});

test('a stored value of another kind than the key does not match', () => {
  const entry = buildDataSet(ENTRY);
  entry.set(valueElement(TAG.PatientID, 'US', Buffer.from('P-1 ')));
  entry.set(sequenceElement(TAG.PatientName, []));
  assert.deepEqual(steps(buildDataSet(['PatientID=P-1']), entry), []);
  assert.deepEqual(steps(buildDataSet(['PatientName=Doe*']), entry), []);
});

test('group lengths and padding are no keys', () => {
  assert.deepEqual(withKey(valueElement(0x00100000, 'UL', Buffer.of(9, 0, 0, 0))), []);
  const identifier = buildDataSet(['PatientID=P-1']);
  identifier.set(valueElement(0x00100000, 'UL', Buffer.of(9, 0, 0, 0)));
  identifier.set(valueElement(0x00080001, 'UL', Buffer.of(9, 0, 0, 0)));
  identifier.set(valueElement(0xfffcfffc, 'OB', Buffer.of(1, 2)));
  assert.deepEqual(steps(identifier, buildDataSet(ENTRY)), BOTH);
});

test('a query that names a station is told from one that does not', () => {
  const names = (key: string): boolean => {
    const { query } = readQuery(buildDataSet([key]));
    return query !== undefined && namesStation(query);
  };
  assert.ok(names('ScheduledStationAETitle=CT1'));
  assert.ok(!names('ScheduledStationAETitle'));
  assert.ok(!names('ScheduledStationAETitle=*'));
  assert.ok(!names('ScheduledProcedureStepSequence'));
});
