import assert from 'node:assert/strict';
import { test } from 'node:test';
import { liveText, showLive, showReading } from '../../../src/commands/serve/live-line.ts';
import { fakeIo } from '../../support/fake-io.ts';

test('the live line counts in words', () => {
  assert.equal(
    liveText({ associations: 1, queries: 12, answers: 1, entries: 0 }),
    '1 association open, 12 queries answered with 1 step, 0 entries',
  );
});

test('it is there at once, and gone at the end', () => {
  const io = fakeIo({ isTerminal: true });
  const end = showLive(io, () => ({ associations: 0, queries: 0, answers: 0, entries: 3 }));
  end();
  assert.match(io.said.stderr, /3 entries\r$/);
});

test('a large folder says how far it has been read, a small one is silent', () => {
  const io = fakeIo({ isTerminal: true });
  showReading(io, 'small', 10, 999);
  showReading(io, 'large', 500, 20_000);
  assert.equal(io.said.stderr, '\rreading large: 500 of 20000 files');
});
