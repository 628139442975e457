import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MAX_WAITING_CONNECTIONS } from '../../../src/network/limits.ts';
import { WaitingRoom } from '../../../src/network/waiting-room.ts';

interface Guest {
  readonly name: string;
  readonly destroy: () => void;
}

function room(): {
  readonly waiting: WaitingRoom<Guest>;
  readonly gone: string[];
  enter(name: string, from: string): Guest;
} {
  const waiting = new WaitingRoom<Guest>();
  const gone: string[] = [];
  const enter = (name: string, from: string): Guest => {
    const guest = { name, destroy: () => gone.push(name) };
    waiting.add(guest, from);
    return guest;
  };
  return { waiting, gone, enter };
}

test('as many wait as there is room for', () => {
  const { waiting, gone, enter } = room();
  for (let count = 0; count < MAX_WAITING_CONNECTIONS; count++) enter(String(count), 'a');
  assert.equal([...waiting].length, MAX_WAITING_CONNECTIONS);
  assert.deepEqual(gone, []);
});

test('of one host the oldest makes way', () => {
  const { gone, enter } = room();
  for (let count = 0; count < MAX_WAITING_CONNECTIONS + 2; count++) enter(String(count), 'a');
  assert.deepEqual(gone, ['0', '1']);
});

test('a host that floods pushes out itself, not who came before it', () => {
  const { waiting, gone, enter } = room();
  enter('modality', 'b');
  for (let count = 0; count < 1_000; count++) enter(String(count), 'a');
  enter('another', 'c');
  assert.ok(!gone.includes('modality') && !gone.includes('another'));
  assert.equal([...waiting].length, MAX_WAITING_CONNECTIONS);
});

test('who has left takes no room', () => {
  const { gone, enter, waiting } = room();
  for (let count = 0; count < 1_000; count++) waiting.delete(enter(String(count), 'a'));
  assert.deepEqual(gone, []);
});
