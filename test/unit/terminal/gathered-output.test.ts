import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GatheredOutput } from '../../../src/terminal/gathered-output.ts';
import type { Output } from '../../../src/terminal/output.ts';

const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

/** An output that keeps what each write brings. */
function recorded(write?: () => Promise<void>): { readonly output: Output; readonly writes: string[] } {
  const writes: string[] = [];
  const output: Output = {
    write: async (chunk) => {
      await write?.();
      writes.push(Buffer.from(chunk).toString());
    },
    isTerminal: false,
    columns: 80,
    color: false,
  };
  return { output, writes };
}

test('short texts go out together, as soon as nobody writes more', async () => {
  const { output, writes } = recorded();
  const gathered = new GatheredOutput(output);
  for (const text of ['one ', 'two ', 'three']) await gathered.write(text);
  assert.deepEqual(writes, []);
  await nextTurn();
  assert.deepEqual(writes, ['one two three']);
  await gathered.write(Buffer.from(' four'));
  await gathered.flush();
  assert.deepEqual(writes, ['one two three', ' four']);
});

test('much text is written in order, and the writer waits', async () => {
  const { output, writes } = recorded(() => nextTurn().then(() => undefined));
  const gathered = new GatheredOutput(output);
  const texts = Array.from({ length: 50 }, (_, index) => `${index} `.repeat(1_000));
  for (const text of texts) await gathered.write(text);
  const written = writes.join('').length;
  assert.ok(written >= texts.join('').length - 2 * 65_536, `${written} characters`);
  await gathered.flush();
  assert.equal(writes.join(''), texts.join(''));
});

test('a failed write is told to whoever writes next, and at the end', async () => {
  const { output } = recorded(() => Promise.reject(new Error('the reader has gone')));
  const gathered = new GatheredOutput(output);
  await gathered.write('one');
  await nextTurn();
  await nextTurn();
  await assert.rejects(gathered.write('two'), /the reader has gone/);
  await assert.rejects(gathered.flush(), /the reader has gone/);
});
