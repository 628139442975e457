import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Output } from '../../../src/terminal/output.ts';
import { StatusLine } from '../../../src/terminal/status-line.ts';

const ERASE = '\r\x1b[K';

function terminal(facts: Partial<Output> = {}): { output: Output; written: string[] } {
  const written: string[] = [];
  const write = async (chunk: string | Uint8Array): Promise<void> => {
    written.push(chunk.toString());
  };
  return { output: { isTerminal: true, columns: 80, color: false, write, ...facts }, written };
}

test('the line is replaced in place, and taken away by an empty text', () => {
  const { output, written } = terminal();
  const status = new StatusLine(output, () => true);
  for (const text of ['one', 'one', 'two', '']) status.show(text);
  assert.deepEqual(written, [`${ERASE}one`, `${ERASE}two`, ERASE]);
});

test('other lines stand above it', async () => {
  const { output, written } = terminal();
  const status = new StatusLine(output, () => true);
  await status.above.write('before\n');
  status.show('50 %');
  await status.above.write('warning: x\n');
  status.show('');
  await status.above.write('after\n');
  assert.deepEqual(written, ['before\n', `${ERASE}50 %`, `${ERASE}warning: x\n50 %`, ERASE, 'after\n']);
});

test('it fits the terminal, and nothing in it acts there', () => {
  const { output, written } = terminal({ columns: 10 });
  new StatusLine(output, () => true).show('a\x1b[2Jbcdefghijkl');
  assert.equal(written[0]?.length, ERASE.length + 9);
  assert.doesNotMatch(written[0]?.slice(ERASE.length) ?? '', /\x1b/);
});

test('there is none in a log file, and none where it is not wanted', () => {
  const file = terminal({ isTerminal: false });
  new StatusLine(file.output, () => true).show('x');
  const json = terminal();
  new StatusLine(json.output, () => false).show('x');
  assert.deepEqual([...file.written, ...json.written], []);
});
