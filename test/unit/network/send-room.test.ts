import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BATCH_LENGTH } from '../../../src/network/limits.ts';
import { SendRoom } from '../../../src/network/send-room.ts';

function put(room: SendRoom, text: string): void {
  const { bytes, offset } = room.extend(text.length);
  bytes.write(text, offset, 'latin1');
}

test('what is put in one after the other is taken as one, whatever its length', () => {
  const room = new SendRoom();
  const parts = ['a', 'b'.repeat(3_000), 'c'.repeat(BATCH_LENGTH * 4), 'd'];
  for (const part of parts) put(room, part);
  assert.equal(room.length, parts.join('').length);
  assert.equal(room.take().toString('latin1'), parts.join(''));
  assert.equal(room.length, 0);
  assert.equal(room.take().length, 0);
});

test('the same memory is used for each batch', () => {
  const room = new SendRoom();
  put(room, 'a'.repeat(BATCH_LENGTH));
  const first = room.take();
  put(room, 'b'.repeat(BATCH_LENGTH));
  assert.equal(room.take().buffer, first.buffer);
});

test('memory for an answer beyond any batch is not kept', () => {
  const room = new SendRoom();
  put(room, 'a'.repeat(BATCH_LENGTH * 4));
  const long = room.take();
  put(room, 'b'.repeat(BATCH_LENGTH * 4));
  assert.notEqual(room.take().buffer, long.buffer);
  assert.equal(long.toString('latin1', 0, 3), 'aaa');
});
