import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { PduReader } from '../../../src/network/pdu-reader.ts';
import { ProtocolError } from '../../../src/network/protocol-error.ts';
import { pdu, RELEASE_REQUEST } from '../../support/pdus.ts';
import { runs, SEED } from '../../support/seed.ts';

function readAll(reader: PduReader, chunks: readonly Buffer[]): Buffer[] {
  const pdus: Buffer[] = [];
  for (const chunk of chunks) {
    reader.push(chunk);
    for (let next = reader.next(); next !== undefined; next = reader.next()) pdus.push(Buffer.from(next));
  }
  return pdus;
}

function split(bytes: Buffer, cuts: readonly number[]): Buffer[] {
  const places = [0, ...[...cuts].sort((a, b) => a - b), bytes.length];
  return places.slice(1).map((end, index) => bytes.subarray(places[index], end));
}

test('PDUs come out whole however the stream is cut', () => {
  const anyPdu = fc.oneof(
    fc.uint8Array({ maxLength: 300 }).map((body) => pdu(4, Buffer.from(body))),
    fc.uint8Array({ minLength: 68, maxLength: 200 }).map((body) => pdu(1, Buffer.from(body))),
    fc.constant(RELEASE_REQUEST),
  );
  fc.assert(
    fc.property(fc.array(anyPdu, { maxLength: 8 }), fc.array(fc.nat(2000), { maxLength: 30 }), (pdus, cuts) => {
      const stream = Buffer.concat(pdus);
      const chunks = split(
        stream,
        cuts.map((cut) => cut % (stream.length + 1)),
      );
      const reader = new PduReader(16384);
      assert.deepEqual(readAll(reader, chunks), pdus);
      assert.ok(reader.empty);
    }),
    { seed: SEED, numRuns: runs(2000) },
  );
});

test('a stream byte by byte gives the same', () => {
  const pdus = [pdu(4, Buffer.alloc(1000, 7)), RELEASE_REQUEST];
  const bytes = Buffer.concat(pdus);
  const chunks = Array.from(bytes, (_, index) => bytes.subarray(index, index + 1));
  assert.deepEqual(readAll(new PduReader(16384), chunks), pdus);
});

test('a begun PDU is not empty, a header neither', () => {
  const reader = new PduReader(16384);
  reader.push(RELEASE_REQUEST.subarray(0, 3));
  assert.equal(reader.next(), undefined);
  assert.ok(!reader.empty);
  reader.push(RELEASE_REQUEST.subarray(3, 8));
  assert.equal(reader.next(), undefined);
  assert.ok(!reader.empty);
});

const REFUSED: readonly (readonly [what: string, header: string, reason: number])[] = [
  ['an association request of 4 GiB', '0100ffffffff', 6],
  ['an association request beyond 160 KiB', '010000028001', 6],
  ['data beyond the agreed length', '04000000400d', 6],
  ['a release request of 5 bytes', '050000000005', 6],
  ['an abort without its bytes', '070000000000', 6],
  ['an unknown type', '090000000004', 1],
  ['a GET of HTTP', '474554202f20', 1],
];

for (const [what, header, reason] of REFUSED) {
  test(`${what} is refused by its header alone`, () => {
    const reader = new PduReader(16384);
    reader.push(Buffer.from(header, 'hex'));
    assert.throws(
      () => reader.next(),
      (error) => error instanceof ProtocolError && error.source === 2 && error.reason === reason,
    );
  });
}

test('a peer that counts headers into the length it was told is let through', () => {
  const reader = new PduReader(16384);
  assert.equal(readAll(reader, [pdu(4, Buffer.alloc(16384 + 12))]).length, 1);
});
