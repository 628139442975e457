import assert from 'node:assert/strict';
import { test } from 'node:test';
import { UsageError } from '../../../src/errors.ts';
import { describeKey, formatKeyPath } from '../../../src/keys/key.ts';
import { parseKey } from '../../../src/keys/parse-key.ts';

const TODAY = new Date(2026, 10, 25);

function worklistKey(text: string): string {
  const key = parseKey(text, { bareKeywords: 'worklist', today: TODAY });
  return `${formatKeyPath(key)}${key.value === undefined ? '' : `=${key.value}`}${key.placed ? ' placed' : ''}`;
}

const FORMS: readonly (readonly [text: string, meaning: string])[] = [
  ['PatientName=Doe*', '(0010,0010)=Doe*'],
  ['PatientName', '(0010,0010)'],
  ['PatientName=', '(0010,0010)='],
  ['PatientName==A=B', '(0010,0010)==A=B'],
  ['Modality=CT', '(0040,0100).(0008,0060)=CT placed'],
  ['ScheduledProcedureStepEndDate=today', '(0040,0100).(0040,0004)=20261125 placed'],
  ['0008,0060=CT', '(0008,0060)=CT'],
  ['(0008,0060)=CT', '(0008,0060)=CT'],
  ['00080060=CT', '(0008,0060)=CT'],
  ['10,20=P', '(0010,0020)=P'],
  ['(0040,A30A)=1', '(0040,a30a)=1'],
  ['ScheduledProcedureStepSequence[0].Modality=CT', '(0040,0100)[0].(0008,0060)=CT'],
  ['ScheduledProcedureStepSequence.Modality=CT', '(0040,0100).(0008,0060)=CT'],
  ['ScheduledProcedureStepSequence[*].Modality=CT', '(0040,0100).(0008,0060)=CT'],
  ['(0040,0100)[0].(0008,0060)=CT', '(0040,0100)[0].(0008,0060)=CT'],
  ['(0040,0100)[0].Modality=CT', '(0040,0100)[0].(0008,0060)=CT'],
  ['0040,0100[1].0008,0060', '(0040,0100)[1].(0008,0060)'],
  [
    'ScheduledProcedureStepSequence[0].ScheduledProtocolCodeSequence[1].CodeValue=A.B[0]',
    '(0040,0100)[0].(0040,0008)[1].(0008,0100)=A.B[0]',
  ],
  ['ReferencedStudySequence', '(0008,1110)'],
  ['ReferencedStudySequence=', '(0008,1110)='],
  ['ReferencedStudySequence[0]', '(0008,1110)[0]'],
  ['ScheduledProcedureStepSequence[0].ScheduledProtocolCodeSequence[0]', '(0040,0100)[0].(0040,0008)[0]'],
  ['CodeValue=X', '(0008,0100)=X'],
  ['0009,1001=secret', '(0009,1001)=secret'],
  ['RETIRED_OtherPatientIDs', '(0010,1000)'],
  ['OtherPatientIDs', '(0010,1000)'],
  ['ScheduledProcedureStepStartDate=today..today+7', '(0040,0100).(0040,0002)=20261125-20261202 placed'],
  ['ScheduledProcedureStepStartDate=20261101-20261105', '(0040,0100).(0040,0002)=20261101-20261105 placed'],
  ['PatientID=today', '(0010,0020)=today'],
  ['ScheduledProcedureStepStartDate=2026-11-26', '(0040,0100).(0040,0002)=20261126 placed'],
  ['(0040,0100)[0].0040,0003=14:30', '(0040,0100)[0].(0040,0003)=1430'],
  ['0010,0030=2026-11-26', '(0010,0030)=20261126'],
  ['0010,0030=26.11.2026', '(0010,0030)=20261126'],
];

for (const [text, meaning] of FORMS) {
  test(`key "${text}" is ${meaning}`, () => assert.equal(worklistKey(text), meaning));
}

test('a bare keyword stays at the root where keys are literal', () => {
  const key = parseKey('Modality=CT', { bareKeywords: 'literal' });
  assert.equal(formatKeyPath(key), '(0008,0060)');
  assert.equal(key.placed, false);
});

test('without a day, relative dates stay as written', () => {
  assert.equal(parseKey('PatientBirthDate=today', { bareKeywords: 'worklist' }).value, 'today');
});

function usageError(text: string): UsageError {
  try {
    parseKey(text, { bareKeywords: 'worklist', today: TODAY });
  } catch (error) {
    if (error instanceof UsageError) return error;
    throw error;
  }
  return assert.fail(`"${text}" was taken`);
}

test('a misspelt keyword is an error that names the nearest', () => {
  const error = usageError('PatinetName=Doe');
  assert.match(error.message, /"PatinetName".*"PatinetName=Doe"/);
  assert.match(error.hint ?? '', /PatientName/);
  assert.match(usageError('ScheduledProcedureStepSequence[0].Modalty=CT').hint ?? '', /Modality/);
  assert.match(usageError('modality=CT').hint ?? '', /Modality/);
  assert.match(usageError('Qqqqqqqqqqqqqqq').hint ?? '', /0010,0020/);
});

test('what is no key is an error that says what a key looks like', () => {
  for (const text of ['', '=CT', '0008;0060=CT', '(0008,0060=CT', 'Modality[x]=CT', 'A[0]..B', '(0040,0100)[0].=1']) {
    assert.ok(usageError(text).message.includes(`"${text}"`), text);
  }
});

test('a sequence or an item takes no value, and no one has a million items', () => {
  assert.match(usageError('ReferencedStudySequence=1.2').hint ?? '', /\[0\]/);
  assert.match(usageError('ReferencedStudySequence[0]=1.2').message, /no value/);
  assert.match(usageError('ReferencedStudySequence[1000000].PatientID=1').message, /too large/);
});

test('a slip in a relative date is an error that says how dates are written', () => {
  for (const text of ['PatientBirthDate=today+', '0010,0030=now', 'PatientBirthDate=20261125..tomorrow+1']) {
    const error = usageError(text);
    assert.match(error.message, /is no date/);
    assert.ok(error.message.includes(`(in key "${text}")`), error.message);
    assert.match(error.hint ?? '', /today-1/);
  }
  assert.match(usageError('PatientBirthDate=today+1000000000').message, /outside of the calendar/);
  assert.match(usageError('PatientBirthTime=now').message, /"now" is no time .*PatientBirthTime=now/);
  assert.match(usageError('PatientBirthTime=now').hint ?? '', /08:30/);
});

test('a key is described as it was typed, with its path where that says more', () => {
  const described = (text: string) => describeKey(parseKey(text, { bareKeywords: 'worklist' }));
  assert.equal(described('PatientID=a=b'), 'PatientID (0010,0020)');
  assert.equal(described('Modality'), 'Modality (0040,0100).(0008,0060)');
  assert.equal(described('(0010,0020)=1'), '(0010,0020)');
  assert.equal(described('ReferencedStudySequence[0]'), 'ReferencedStudySequence[0] (0008,1110)[0]');
});
