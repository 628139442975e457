import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { checkAssociateRequest } from '../../../src/network/check-associate.ts';
import { AssociationPdus } from '../../../src/network/dimse-seam.ts';
import { ProtocolError } from '../../../src/network/protocol-error.ts';
import {
  associateRequest,
  EXPLICIT,
  IMPLICIT,
  item,
  type Proposal,
  VERIFICATION,
  WORKLIST,
} from '../../support/pdus.ts';
import { runs, SEED } from '../../support/seed.ts';

function proposal(id: number, abstractSyntax = WORKLIST): Proposal {
  return { id, abstractSyntax, transferSyntaxes: [EXPLICIT, IMPLICIT] };
}

function readChecked(pdu: Buffer) {
  return new AssociationPdus().readAssociateRequest(checkAssociateRequest(pdu).pdu);
}

test('version and application context are told', () => {
  const checked = checkAssociateRequest(associateRequest({ version: 3, applicationContext: '1.2.3' }));
  assert.equal(checked.protocolVersion, 3);
  assert.equal(checked.applicationContext, '1.2.3');
});

test('contexts in any order of their ids are read under their own ids', () => {
  const { contexts } = readChecked(
    associateRequest({ contexts: [proposal(7), proposal(1, VERIFICATION), proposal(2)] }),
  );
  assert.deepEqual(contexts, [proposal(1, VERIFICATION), proposal(2), proposal(7)]);
});

test('a context whose transfer syntaxes come before its abstract syntax is read', () => {
  const swapped = Buffer.concat([Buffer.from([1, 0, 0, 0]), item(0x40, IMPLICIT), item(0x30, WORKLIST)]);
  const pdu = associateRequest({ contexts: [] });
  const start = 74 + 4 + '1.2.840.10008.3.1.1.1'.length;
  const whole = Buffer.concat([pdu.subarray(0, start), item(0x20, swapped), pdu.subarray(start)]);
  assert.deepEqual(readChecked(whole).contexts, [{ id: 1, abstractSyntax: WORKLIST, transferSyntaxes: [IMPLICIT] }]);
});

test('a peer that states no maximum length is taken to receive 16384 bytes; 0 stays unlimited', () => {
  assert.equal(readChecked(associateRequest({ maxPdu: undefined })).maxPdu, 16384);
  assert.equal(readChecked(associateRequest({ maxPdu: 0 })).maxPdu, 0);
});

test('roles, windows, extended negotiation and user identity are left out of what the library sees', () => {
  const userItems = [item(0x53, Buffer.from([0, 5, 0, 5])), item(0x54, 'junk'), item(0x56, 'junk'), item(0x58, 'junk')];
  const { pdu } = checkAssociateRequest(associateRequest({ userItems }));
  const plain = checkAssociateRequest(associateRequest());
  assert.deepEqual(pdu, plain.pdu);
});

const REFUSED: readonly (readonly [what: string, pdu: Buffer])[] = [
  ['two contexts with one id', associateRequest({ contexts: [proposal(1), proposal(1)] })],
  ['no context', associateRequest({ contexts: [] })],
  ['129 contexts', associateRequest({ contexts: Array.from({ length: 129 }, (_, index) => proposal(index + 1)) })],
  ['a context without transfer syntax', associateRequest({ contexts: [{ ...proposal(1), transferSyntaxes: [] }] })],
  ['a maximum length of two bytes', associateRequest({ maxPdu: undefined, userItems: [item(0x51, Buffer.alloc(2))] })],
  ['an item that overruns', associateRequest({ userItems: [item(0x52, 'short', 500)] })],
  ['more items than anyone needs', associateRequest({ userItems: Array.from({ length: 7000 }, () => item(0x57, '')) })],
  ['nothing behind the header', associateRequest().subarray(0, 40)],
];

for (const [what, pdu] of REFUSED) {
  test(`${what} is a protocol error of the service user`, () => {
    assert.throws(
      () => checkAssociateRequest(pdu),
      (error) => error instanceof ProtocolError && error.source === 0 && error.reason === 0,
    );
  });
}

test('any bytes, and any request with bytes changed, are read or are a protocol error', () => {
  const request = associateRequest({ contexts: [proposal(1), proposal(3, VERIFICATION)] });
  const mutated = fc.array(fc.tuple(fc.nat(request.length - 1), fc.nat(255)), { maxLength: 6 }).map((changes) => {
    const bytes = Buffer.from(request);
    for (const [at, value] of changes) bytes[at] = value;
    return bytes;
  });
  const cut = fc.nat(request.length).map((length) => Buffer.from(request.subarray(0, length)));
  const noise = fc.uint8Array({ maxLength: 400 }).map((bytes) => Buffer.from(bytes));
  fc.assert(
    fc.property(fc.oneof(mutated, cut, noise), (pdu) => {
      try {
        readChecked(pdu);
      } catch (error) {
        assert.ok(error instanceof ProtocolError, String(error));
      }
    }),
    { seed: SEED, numRuns: runs(20_000) },
  );
});
