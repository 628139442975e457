import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import {
  AssociationPdus,
  readAbort,
  readAssociateReject,
  SEAM_VERSION,
  seamProblems,
  writeAbort,
  writeAssociateReject,
  writeReleaseRequest,
  writeReleaseResponse,
} from '../../../src/network/dimse-seam.ts';
import { ProtocolError } from '../../../src/network/protocol-error.ts';
import { associateAccept, associateRequest, EXPLICIT, IMPLICIT, item, WORKLIST } from '../../support/pdus.ts';

const IDS = { id: 1, abstractSyntax: WORKLIST, transferSyntaxes: [EXPLICIT, IMPLICIT] };

test('dcmjs-dimse has the private methods that the seam overrides, at the version it was written against', () => {
  assert.deepEqual(seamProblems(), []);
});

test('package.json pins exactly that version', () => {
  const manifest = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'));
  const pins = { ...manifest.dependencies, ...manifest.devDependencies };
  assert.equal(pins['dcmjs-dimse'], SEAM_VERSION);
});

test('an association request is read with all its facts', () => {
  const request = new AssociationPdus().readAssociateRequest(
    associateRequest({ called: ' RIS ', calling: 'CT 1', contexts: [IDS], maxPdu: 4096 }),
  );
  assert.deepEqual(request, {
    callingAeTitle: 'CT 1',
    calledAeTitle: 'RIS',
    maxPdu: 4096,
    implementationClassUid: '1.2.3.4',
    implementationVersionName: 'SCRIPTED',
    contexts: [IDS],
  });
});

test('an accept echoes titles and reserved bytes as they came, and states our own maximum length', () => {
  const request = associateRequest({ called: ' RIS', calling: 'CT1', contexts: [IDS], maxPdu: 0 });
  request.write('reserved bytes', 42, 'latin1');
  const pdus = new AssociationPdus();
  pdus.readAssociateRequest(request);
  const accept = pdus.writeAssociateAccept([{ id: 1, result: 0, transferSyntax: IMPLICIT }], 8192);
  assert.equal(accept.readUInt8(0), 2);
  assert.equal(accept.readUInt32BE(2), accept.length - 6);
  assert.deepEqual(accept.subarray(10, 74), request.subarray(10, 74));
  const contextItem = item(0x21, Buffer.concat([Buffer.from([1, 0, 0, 0]), item(0x40, IMPLICIT)]));
  assert.ok(accept.includes(contextItem));
  assert.ok(accept.includes(item(0x51, Buffer.from([0, 0, 0x20, 0]))));
});

test('an accept is read against the request it answers', () => {
  const pdus = new AssociationPdus();
  const request = { callingAeTitle: 'WLTOOL', calledAeTitle: 'RIS', maxPdu: 16384, contexts: [IDS] };
  assert.equal(pdus.writeAssociateRequest(request).readUInt8(0), 1);
  const accept = pdus.readAssociateAccept(associateAccept([{ id: 1, result: 0, syntax: IMPLICIT }], 32768));
  assert.deepEqual(accept.contexts, [{ id: 1, result: 0, transferSyntax: IMPLICIT }]);
  assert.equal(accept.maxPdu, 32768);
  assert.equal(accept.implementationVersionName, 'SCRIPTED');
});

test('an accept of a context that was not proposed is a protocol error', () => {
  const pdus = new AssociationPdus();
  pdus.writeAssociateRequest({ callingAeTitle: 'A', calledAeTitle: 'B', maxPdu: 16384, contexts: [IDS] });
  const accept = associateAccept([{ id: 5, result: 0, syntax: IMPLICIT }]);
  assert.throws(() => pdus.readAssociateAccept(accept), ProtocolError);
});

test('reject, release and abort PDUs have the bytes of PS3.8 9.3', () => {
  assert.equal(writeAssociateReject(2, 3, 2).toString('hex'), '03000000000400020302');
  assert.equal(writeReleaseRequest().toString('hex'), '05000000000400000000');
  assert.equal(writeReleaseResponse().toString('hex'), '06000000000400000000');
  assert.equal(writeAbort(2, 6).toString('hex'), '07000000000400000206');
  assert.equal(writeAbort(0, 0).toString('hex'), '07000000000400000000');
});

test('rejects and aborts are read as they were written', () => {
  assert.deepEqual(readAssociateReject(writeAssociateReject(1, 1, 7)), { result: 1, source: 1, reason: 7 });
  assert.deepEqual(readAbort(writeAbort(2, 1)), { source: 2, reason: 1 });
});
