import assert from 'node:assert/strict';
import { test } from 'node:test';
import { COMMAND, readCommandSet, writeCommandSet } from '../../../src/network/command-set.ts';
import { ProtocolError } from '../../../src/network/protocol-error.ts';
import { command, element, VERIFICATION } from '../../support/pdus.ts';

test('a C-ECHO-RQ is written byte for byte as PS3.7 9.3.5.1 has it', () => {
  const written = writeCommandSet([
    [COMMAND.MessageID, 7],
    [COMMAND.AffectedSOPClassUID, VERIFICATION],
    [COMMAND.CommandField, 0x0030],
    [COMMAND.CommandDataSetType, 0x0101],
    [COMMAND.ErrorComment, undefined],
  ]);
  assert.deepEqual(written, command({ sopClass: VERIFICATION, field: 0x30, messageId: 7 }));
});

test('numbers, text and tags read back', () => {
  const set = readCommandSet(
    writeCommandSet([
      [COMMAND.Status, 0xa900],
      [COMMAND.ErrorComment, 'odd'],
      [COMMAND.OffendingElement, [0x00080060, 0x00400002]],
    ]),
  );
  assert.equal(set.number(COMMAND.Status), 0xa900);
  assert.equal(set.text(COMMAND.ErrorComment), 'odd');
  assert.deepEqual(set.tags(COMMAND.OffendingElement), [0x00080060, 0x00400002]);
  assert.equal(set.number(COMMAND.MessageID), undefined);
  assert.equal(set.text(COMMAND.AffectedSOPClassUID), '');
});

test('an element whose value is empty has no number', () => {
  assert.equal(readCommandSet(element(0, 0x0100, '')).number(COMMAND.CommandField), undefined);
});

for (const [what, bytes] of [
  ['a header cut short', Buffer.alloc(7)],
  ['a value cut short', element(0, 0x0100, 'ab').subarray(0, 9)],
  ['a length of 4 GiB', Buffer.from('00000001ffffffff', 'hex')],
  ['an element of another group', element(8, 0x0005, 'ab')],
  ['elements out of order', Buffer.concat([element(0, 0x0110, 'ab'), element(0, 0x0100, 'ab')])],
  ['one element twice', Buffer.concat([element(0, 0x0100, 'ab'), element(0, 0x0100, 'ab')])],
] as const) {
  test(`${what} is a protocol error`, () => {
    assert.throws(() => readCommandSet(bytes), ProtocolError);
  });
}
