import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Message, MessageAssembler } from '../../../src/network/message-assembler.ts';
import { ProtocolError } from '../../../src/network/protocol-error.ts';
import { command, VERIFICATION, WORKLIST } from '../../support/pdus.ts';

const ECHO = command({ sopClass: VERIFICATION, field: 0x30, messageId: 1 });
const FIND = command({ sopClass: WORKLIST, field: 0x20, messageId: 1, dataSetType: 1 });

function pieces(bytes: Buffer, length: number): Buffer[] {
  return Array.from({ length: Math.ceil(bytes.length / length) }, (_, index) =>
    bytes.subarray(index * length, (index + 1) * length),
  );
}

/** Adds a command and a data set in pieces of this length; the message that comes of it. */
function assemble(assembler: MessageAssembler, dataSet: Buffer, length: number): Message | undefined {
  let message: Message | undefined;
  for (const [isCommand, bytes] of [
    [true, FIND],
    [false, dataSet],
  ] as const) {
    const fragments = pieces(bytes, length);
    fragments.forEach((fragment, index) => {
      assert.equal(message, undefined);
      message = assembler.add({ contextId: 1, command: isCommand, last: index === fragments.length - 1, fragment });
    });
  }
  return message;
}

test('a command without data set is a message', () => {
  const assembler = new MessageAssembler();
  const message = assembler.add({ contextId: 3, command: true, last: true, fragment: ECHO });
  assert.equal(message?.contextId, 3);
  assert.equal(message?.dataSet, undefined);
  assert.ok(assembler.empty);
});

for (const length of [1, 7, 1000]) {
  test(`fragments of ${length} bytes are joined, message after message`, () => {
    const assembler = new MessageAssembler();
    for (const dataSet of [Buffer.alloc(5000, 1), Buffer.alloc(300, 2), Buffer.from('x')]) {
      assert.deepEqual(assemble(assembler, dataSet, length)?.dataSet, dataSet);
      assert.ok(assembler.empty);
    }
  });
}

test('a joined data set does not change with what comes later', () => {
  const assembler = new MessageAssembler();
  const first = assemble(assembler, Buffer.alloc(100, 1), 10)?.dataSet;
  assemble(assembler, Buffer.alloc(100, 2), 10);
  assert.deepEqual(first, Buffer.alloc(100, 1));
});

test('a million fragments of one byte cost no more than a second', { timeout: 20_000 }, () => {
  const assembler = new MessageAssembler(2 * 1024 * 1024);
  assembler.add({ contextId: 1, command: true, last: true, fragment: FIND });
  const fragment = Buffer.from('x');
  const startedAt = performance.now();
  for (let count = 1; count < 1024 * 1024; count += 1) {
    assembler.add({ contextId: 1, command: false, last: false, fragment });
  }
  assert.ok(performance.now() - startedAt < 5000, `${performance.now() - startedAt} ms`);
});

function refused(what: string, run: (assembler: MessageAssembler) => void): void {
  test(`${what} is a protocol error`, () => {
    assert.throws(() => run(new MessageAssembler()), ProtocolError);
  });
}

refused('a data set without command', (assembler) => {
  assembler.add({ contextId: 1, command: false, last: true, fragment: FIND });
});
refused('a command where a data set was due', (assembler) => {
  assembler.add({ contextId: 1, command: true, last: true, fragment: FIND });
  assembler.add({ contextId: 1, command: true, last: true, fragment: FIND });
});
refused('fragments of two contexts interleaved', (assembler) => {
  assembler.add({ contextId: 1, command: true, last: false, fragment: FIND });
  assembler.add({ contextId: 3, command: true, last: true, fragment: ECHO });
});
refused('a command set beyond 64 KiB', (assembler) => {
  for (let count = 0; count < 5; count += 1) {
    assembler.add({ contextId: 1, command: true, last: false, fragment: Buffer.alloc(16384) });
  }
});
refused('a query beyond 64 KiB', (assembler) => {
  assembler.add({ contextId: 1, command: true, last: true, fragment: FIND });
  for (let count = 0; count < 5; count += 1) {
    assembler.add({ contextId: 1, command: false, last: false, fragment: Buffer.alloc(16384) });
  }
});
refused('an empty command', (assembler) => {
  const message = assembler.add({ contextId: 1, command: true, last: true, fragment: Buffer.alloc(0) });
  // Without Command Data Set Type a data set is due (PS3.7 E.1: any value but 0101H); a command is not one.
  assert.equal(message, undefined);
  assembler.add({ contextId: 1, command: true, last: true, fragment: ECHO });
});
