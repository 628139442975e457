import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { PduReader } from '../../../src/network/pdu-reader.ts';
import { longestFragment, pdvsLength, readPdvs, writePdvs } from '../../../src/network/pdv.ts';
import { ProtocolError } from '../../../src/network/protocol-error.ts';
import { data, pdu, pdv } from '../../support/pdus.ts';
import { runs, SEED } from '../../support/seed.ts';

test('content goes out in PDUs that the peer takes, and reads back as it was', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 3000 }),
      fc.integer({ min: 128, max: 1500 }),
      fc.boolean(),
      (content, maxPdu, command) => {
        const fragmentLength = longestFragment(maxPdu);
        const length = pdvsLength(content.length, fragmentLength);
        const bytes = Buffer.alloc(length);
        assert.equal(writePdvs(bytes, 0, content, { contextId: 5, command, fragmentLength }), length);
        const reader = new PduReader(maxPdu);
        reader.push(bytes);
        const fragments: Buffer[] = [];
        for (let next = reader.next(); next !== undefined; next = reader.next()) {
          assert.ok(next.length - 6 <= maxPdu);
          const [only, ...others] = readPdvs(next);
          assert.deepEqual(others, []);
          assert.equal(only?.contextId, 5);
          assert.equal(only?.command, command);
          assert.equal(only?.last, reader.empty);
          assert.ok(only?.last || only?.fragment.length === fragmentLength);
          fragments.push(only?.fragment ?? Buffer.alloc(0));
        }
        assert.deepEqual(Buffer.concat(fragments), Buffer.from(content));
      },
    ),
    { seed: SEED, numRuns: runs(2000) },
  );
});

test('fragments have even length, whatever the peer says', () => {
  assert.equal(longestFragment(129) % 2, 0);
  assert.equal(longestFragment(16384), 16378);
});

test('a maximum of 0 is no limit; ours holds then', () => {
  assert.equal(longestFragment(0), 128 * 1024 - 6);
  assert.equal(longestFragment(0xffffffff), 128 * 1024 - 6);
});

test('several PDVs of one PDU are told apart', () => {
  const both = pdu(4, Buffer.concat([pdv(1, 3, Buffer.from('command!')), pdv(1, 2, Buffer.from('data'))]));
  assert.deepEqual(
    readPdvs(both).map(({ command, last, fragment }) => [command, last, fragment.toString()]),
    [
      [true, true, 'command!'],
      [false, true, 'data'],
    ],
  );
});

test('a PDV of a header alone is read as empty', () => {
  assert.equal(readPdvs(data(1, 2, Buffer.alloc(0)))[0]?.fragment.length, 0);
});

for (const [what, bytes] of [
  ['no PDV', pdu(4, Buffer.alloc(0))],
  ['a PDV header cut short', pdu(4, Buffer.alloc(5))],
  ['a PDV length of 0', pdu(4, pdv(1, 3, Buffer.alloc(4), 0))],
  ['a PDV length of 1', pdu(4, pdv(1, 3, Buffer.alloc(4), 1))],
  ['a PDV that overruns its PDU', pdu(4, pdv(1, 3, Buffer.alloc(4), 7))],
  ['a PDV of 4 GiB', pdu(4, pdv(1, 3, Buffer.alloc(4), 0xffffffff))],
] as const) {
  test(`${what} is a protocol error`, () => {
    assert.throws(() => readPdvs(bytes), ProtocolError);
  });
}
