import assert from 'node:assert/strict';
import { test } from 'node:test';
import { liveText, showLive } from '../../../src/commands/serve/live-line.ts';
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
