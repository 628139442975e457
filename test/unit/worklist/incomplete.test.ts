import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeTag, TAG } from '../../../src/dicom/tag.ts';
import { isValidUid } from '../../../src/dicom/uid.ts';
import { incompleteForWlmscpfs, madeStudyInstanceUid } from '../../../src/worklist/incomplete.ts';
import { entryDataSet, type Values } from '../../support/worklist-entries.ts';

const STEP_DESCRIPTION = makeTag(0x0040, 0x0007);
const STEP_CODES = makeTag(0x0040, 0x0008);
const REQUEST_DESCRIPTION = makeTag(0x0032, 0x1060);
const REQUEST_CODES = makeTag(0x0032, 0x1064);
const REFERENCED_STUDIES = makeTag(0x0008, 0x1110);
const CODE = { [makeTag(0x0008, 0x0100)]: 'C1', [makeTag(0x0008, 0x0102)]: '99X' };
const REFERENCE = { [makeTag(0x0008, 0x1150)]: '1.2.3', [makeTag(0x0008, 0x1155)]: '1.2.3.4' };

const rejects = (changes: Values, step: Values = {}) =>
  incompleteForWlmscpfs(entryDataSet('A1', changes, step)) !== undefined;

test('a complete entry is served by wlmscpfs', () => {
  assert.equal(incompleteForWlmscpfs(entryDataSet('A1')), undefined);
});

test('it requires a value of each of nine attributes, were it a blank', () => {
  const root = [TAG.RequestedProcedureID, TAG.StudyInstanceUID, TAG.PatientName, TAG.PatientID];
  const step = [
    TAG.ScheduledStationAETitle,
    TAG.ScheduledProcedureStepStartDate,
    TAG.ScheduledProcedureStepStartTime,
    TAG.Modality,
    TAG.ScheduledProcedureStepID,
  ];
  for (const tag of root) {
    assert.ok(rejects({ [tag]: '' }));
    assert.ok(!rejects({ [tag]: ' ' }));
  }
  for (const tag of step) {
    assert.ok(rejects({}, { [tag]: '' }));
    assert.ok(!rejects({}, { [tag]: ' ' }));
  }
});

test('it requires exactly one step', () => {
  assert.ok(rejects({ [TAG.ScheduledProcedureStepSequence]: [] }));
  assert.ok(rejects({ [TAG.ScheduledProcedureStepSequence]: [{}, {}] }));
});

test('an empty description is rejected even beside good codes, an absent one is not', () => {
  assert.ok(rejects({ [REQUEST_DESCRIPTION]: '', [REQUEST_CODES]: [CODE] }));
  assert.ok(rejects({}, { [STEP_DESCRIPTION]: '', [STEP_CODES]: [CODE] }));
  const withoutDescription = entryDataSet('A1', { [REQUEST_CODES]: [CODE] });
  withoutDescription.delete(REQUEST_DESCRIPTION);
  assert.equal(incompleteForWlmscpfs(withoutDescription), undefined);
  withoutDescription.delete(REQUEST_CODES);
  assert.match(incompleteForWlmscpfs(withoutDescription) ?? '', /\(0032,1060\)/);
});

test('a code sequence that is there must have codes with their scheme', () => {
  assert.ok(!rejects({ [REQUEST_CODES]: [CODE] }));
  assert.ok(rejects({ [REQUEST_CODES]: [] }));
  assert.ok(rejects({ [REQUEST_CODES]: [CODE, { ...CODE, [makeTag(0x0008, 0x0102)]: '' }] }));
});

test('references may be absent or empty, but not half', () => {
  assert.ok(!rejects({ [REFERENCED_STUDIES]: [] }));
  assert.ok(!rejects({ [REFERENCED_STUDIES]: [REFERENCE] }));
  assert.ok(rejects({ [REFERENCED_STUDIES]: [REFERENCE, { ...REFERENCE, [makeTag(0x0008, 0x1155)]: '' }] }));
});

test('a made Study Instance UID is that of the request, whatever the file is called', () => {
  const uid = madeStudyInstanceUid(entryDataSet('A1'), 'one.wl');
  assert.ok(isValidUid(uid) && uid.startsWith('2.25.'), uid);
  assert.equal(madeStudyInstanceUid(entryDataSet('A1'), 'two.wl'), uid);
  assert.notEqual(madeStudyInstanceUid(entryDataSet('A2'), 'one.wl'), uid);
  const nameless = { [TAG.AccessionNumber]: '', [TAG.RequestedProcedureID]: '' };
  const byFile = madeStudyInstanceUid(entryDataSet('A1', nameless), 'one.wl');
  assert.notEqual(madeStudyInstanceUid(entryDataSet('A1', nameless), 'two.wl'), byFile);
});
