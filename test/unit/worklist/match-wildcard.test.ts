import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compileWildcard, isUniversal } from '../../../src/worklist/match-wildcard.ts';

const CASES: readonly (readonly [pattern: string, text: string, fits: boolean])[] = [
  ['ABC', 'ABC', true],
  ['ABC', 'ABCD', false],
  ['A*', 'A', true],
  ['A*', 'BA', false],
  ['*C', 'ABC', true],
  ['A*C', 'ABCBC', true],
  ['A*B*C', 'AxCB', false],
  ['AB*BC', 'ABC', false],
  ['*B*', 'ABC', true],
  ['*a*b*a*', 'aba', true],
  ['*ab*ab*', 'abab', true],
  ['*ab*ab*', 'aab', false],
  ['A**C', 'AC', true],
  ['?', 'A', true],
  ['?', '', false],
  ['A?C', 'AC', false],
  ['*?', '', false],
  ['?*?', 'A', false],
  ['?*?', 'AB', true],
  ['M?ller*', 'Müller', true],
  ['?', '山', true],
  ['?', '𠮟', true],
  ['??', '𠮟', false],
  ['*田', '山田', true],
  ['A*', 'A\nB', true],
  ['.*', 'AB', false],
  ['[A]', '[A]', true],
];

for (const [pattern, text, fits] of CASES) {
  test(`"${pattern}" ${fits ? 'fits' : 'does not fit'} "${text}"`, () => {
    assert.equal(compileWildcard(pattern)(text), fits);
  });
}

test('stars alone are universal, nothing else is', () => {
  assert.ok(isUniversal('*') && isUniversal('***'));
  for (const text of ['', '?', '*?', '*a']) assert.ok(!isUniversal(text), text);
});

test('a hostile pattern costs no more than its length times that of the text', () => {
  const pattern = compileWildcard(`${'*a'.repeat(200)}?b`);
  const started = performance.now();
  assert.equal(pattern('a'.repeat(10_000)), false);
  assert.ok(performance.now() - started < 2000);
});
