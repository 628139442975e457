import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WritesInFlight } from '../../../src/commands/dump2wl/writes-in-flight.ts';

const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

test('many are written at a time, but not all, and all are waited for', async () => {
  const writes = new WritesInFlight();
  let running = 0;
  let most = 0;
  let done = 0;
  for (let file = 0; file < 100; file++) {
    await writes.start(`file ${file}`, async () => {
      running += 1;
      most = Math.max(most, running);
      await nextTurn();
      running -= 1;
      done += 1;
    });
  }
  assert.ok(most > 1 && most < 100, `${most} at a time`);
  await writes.settled();
  assert.equal(done, 100);
});

test('one target is written by one after the other', async () => {
  const writes = new WritesInFlight();
  const order: string[] = [];
  for (const content of ['first', 'second']) {
    await writes.start('same', async () => {
      order.push(`${content} begins`);
      await nextTurn();
      order.push(`${content} ends`);
    });
  }
  await writes.settled();
  assert.deepEqual(order, ['first begins', 'first ends', 'second begins', 'second ends']);
});
