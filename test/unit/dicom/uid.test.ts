import assert from 'node:assert/strict';
import { test } from 'node:test';
import { generateUid, isValidUid, nearestUidNames, uidName, uidOfName } from '../../../src/dicom/uid.ts';

test('names are those that DCMTK prints; the keywords of the standard are read too', () => {
  assert.equal(uidName('1.2.840.10008.5.1.4.31'), 'FINDModalityWorklistInformationModel');
  assert.equal(uidOfName('FINDModalityWorklistInformationModel'), '1.2.840.10008.5.1.4.31');
  assert.equal(uidOfName('ModalityWorklistInformationModelFind'), '1.2.840.10008.5.1.4.31');
  assert.equal(uidOfName('ExplicitVRLittleEndian'), '1.2.840.10008.1.2.1');
  assert.equal(uidName('1.2.3'), undefined);
  assert.deepEqual(nearestUidNames('LittleEndianExplict', 1), ['LittleEndianExplicit']);
});

test('new UIDs are valid and differ', () => {
  const uids = Array.from({ length: 100 }, generateUid);
  assert.ok(uids.every(isValidUid));
  assert.equal(new Set(uids).size, 100);
});

test('what is no UID is told apart', () => {
  for (const bad of ['', '1', '1.', '1..2', '1.02', 'a.b', '1.2 ', `1.${'2'.repeat(63)}`])
    assert.ok(!isValidUid(bad), bad);
});
