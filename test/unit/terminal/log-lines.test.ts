import assert from 'node:assert/strict';
import { test } from 'node:test';
import { logLines } from '../../../src/terminal/log-lines.ts';

function neverDropped(count: number): void {
  assert.fail(`${count} dropped`);
}

test('lines are written in order', async () => {
  const written: unknown[] = [];
  const line = logLines({ write: async (chunk) => void written.push(chunk) }, neverDropped);
  line('one');
  line('two');
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(written, ['one\n', 'two\n']);
});

test('lines that nobody takes are dropped, and counted once somebody does again', async () => {
  let take = (): void => undefined;
  const stuck = new Promise<void>((resolve) => {
    take = resolve;
  });
  let written = 0;
  const counts: number[] = [];
  const write = async (): Promise<void> => {
    written += 1;
    await stuck;
  };
  const line = logLines({ write }, (count) => counts.push(count));
  for (let count = 0; count < 25_000; count++) line('x');
  assert.equal(written, 10_000);
  take();
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(counts, [15_000]);
  line('y');
  assert.equal(written, 10_001);
});

test('an output that fails does not stop the lines', async () => {
  let written = 0;
  const line = logLines(
    {
      write: () => {
        written += 1;
        return Promise.reject(new Error('closed'));
      },
    },
    neverDropped,
  );
  for (let count = 0; count < 20_000; count++) {
    line('x');
    if (count % 1_000 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  assert.equal(written, 20_000);
});
