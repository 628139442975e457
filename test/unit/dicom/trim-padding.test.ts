import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { trimPadding, trimPaddingEnd } from '../../../src/dicom/trim-padding.ts';
import { SEED } from '../../support/seed.ts';

test('blanks and NULs are padding, nothing else is', () => {
  assert.equal(trimPaddingEnd(' A B\t \0 '), ' A B\t');
  assert.equal(trimPadding('\0 A B\n \0'), 'A B\n');
  assert.equal(trimPaddingEnd(' \0'), '');
  assert.equal(trimPadding(''), '');
});

test('trims what the regular expressions would', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(' ', '\0', 'x', '\t') }), (text) => {
      assert.equal(trimPaddingEnd(text), text.replace(/[ \0]+$/, ''));
      assert.equal(trimPadding(text), text.replace(/^[ \0]+|[ \0]+$/g, ''));
    }),
    { seed: SEED },
  );
});

test('a million blanks in the middle take no time', () => {
  const text = `x${' '.repeat(1_000_000)}x`;
  const startedAt = performance.now();
  assert.equal(trimPadding(text), text);
  assert.ok(performance.now() - startedAt < 1_000);
});
