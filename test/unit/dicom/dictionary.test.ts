import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lookupTag, nearestKeywords, tagOfKeyword } from '../../../src/dicom/dictionary.ts';

test('DCMTK spelling wins where the dictionaries differ', () => {
  assert.equal(lookupTag(0x00101000)?.keyword, 'RETIRED_OtherPatientIDs');
  assert.equal(lookupTag(0x21000140)?.keyword, 'DestinationAE');
  assert.equal(lookupTag(0x00221642)?.keyword, 'NumberOfBscansPerFrame');
  assert.deepEqual(lookupTag(0x00660040)?.vr, 'OL');
  assert.equal(lookupTag(0x00020026)?.keyword, 'SourcePresentationAddress');
});

test('a keyword is found in either spelling, retired or not', () => {
  for (const keyword of ['OtherPatientIDs', 'RETIRED_OtherPatientIDs']) assert.equal(tagOfKeyword(keyword), 0x00101000);
  assert.equal(tagOfKeyword('NumberofBscansPerFrame'), 0x00221642);
  assert.equal(tagOfKeyword('RETIRED_StudyID'), undefined, 'it is not retired');
  assert.equal(tagOfKeyword('patientname'), undefined, 'keywords are exact');
});

test('repeating groups take even numbers only', () => {
  assert.equal(lookupTag(0x60020011)?.keyword, 'OverlayColumns');
  assert.equal(lookupTag(0x002031ff), undefined);
  assert.equal(lookupTag(0x50010005), undefined);
});

test('group lengths and private creators are known by rule', () => {
  assert.equal(lookupTag(0x00400000)?.keyword, 'GenericGroupLength');
  assert.equal(lookupTag(0x00090000)?.keyword, 'PrivateGroupLength');
  assert.equal(lookupTag(0x00090010)?.keyword, 'PrivateCreator');
  assert.equal(lookupTag(0x00030010)?.keyword, 'IllegalPrivateCreator');
  assert.equal(lookupTag(0x00020000)?.keyword, 'FileMetaInformationGroupLength');
});

test('private elements are named by their creator, whatever block it reserved', () => {
  assert.equal(lookupTag(0x00031211, 'SIEMENS ISI')?.keyword, 'AttachIDApplicationCode');
  assert.equal(lookupTag(0x00031211), undefined);
  assert.equal(lookupTag(0x001910a9, 'GEMS_ACQU_01')?.keyword, 'UserData2');
});

test('a misspelt keyword finds its neighbours', () => {
  assert.deepEqual(nearestKeywords('PatientsName', 1), ['PatientName']);
  assert.deepEqual(nearestKeywords('Modalty', 1), ['Modality']);
  assert.deepEqual(nearestKeywords('xyzzyxyzzyxyzzy'), []);
});

test('an attribute without a keyword is none', () => {
  for (const tag of [0x00180061, 0x04000315, 0x300a0782]) assert.equal(lookupTag(tag), undefined);
});
