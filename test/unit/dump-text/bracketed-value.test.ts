import assert from 'node:assert/strict';
import { test } from 'node:test';
import { matchBracketed } from '../../../src/dump-text/bracketed-value.ts';

/** The value that begins at the first bracket, without brackets; undefined where it has no end. */
function valueIn(text: string): string | undefined {
  const image = matchBracketed(text, text.indexOf('['))?.[0];
  return image?.slice(1, image.lastIndexOf(']'));
}

const CASES: readonly (readonly [name: string, text: string, value: string | undefined])[] = [
  ['the last bracket of the line ends it', '(0010,0020) LO [a]b]c]', 'a]b]c'],
  ['a bracket in the comment does not count', '[P-17]  # see [note]', 'P-17'],
  ['nor one behind a comment of dcmdump', '[P-17]   #   4, 1 PatientID [old]', 'P-17'],
  ['a value that looks like one with a comment, printed by dcmdump', '[a] # b]   #   6, 1 PatientID', 'a] # b'],
  ['a comment sign in the value', '[room #5] # 8,1 Comment', 'room #5'],
  ['text behind the value', '[Doe^Jane] trailing words\n(0010,0020)', 'Doe^Jane'],
  ['no end', '[Doe\n(0010,0020) LO [P1]', undefined],
  ['several lines', '[first\nsecond]  # 12, 1 X\n(0010,0010)', 'first\nsecond'],
  ['several lines, brackets inside', '[first [a] line\nsecond]\n(0010,0010)', 'first [a] line\nsecond'],
  ['a line that ends in a bracket, told by the length', '[see [1]\r\nfoo]  # 12, 1 X', 'see [1]\r\nfoo'],
  ['a line that ends in a bracket, not told', '[see]\nfoo]', 'see'],
  ['an element stops the search', '[a\nb\n (0010,0020) LO [c]', undefined],
  ['a short tag does so too', '[a\n(10,20) LO [c]', undefined],
  ['but not a pair of numbers in the text', '[a\n(1,2) mm]', 'a\n(1,2) mm'],
  ['a lone CR between the lines', '[a\rb]\r(0010,0020)', 'a\rb'],
  ['a joined line is all one value', '[a](0010,0020) LO [b]', 'a](0010,0020) LO [b'],
];

for (const [name, text, value] of CASES) test(name, () => assert.equal(valueIn(text), value));

test('says whether the length in the comment is that of the lines as they stand', () => {
  const payload = (text: string) => (matchBracketed(text, 0) as { payload?: unknown }).payload;
  assert.deepEqual(payload('[ab\ncd]  #   6, 1 X'), { confirmed: true });
  assert.deepEqual(payload('[ab\ncd]  #   8, 1 X'), { confirmed: false });
  assert.deepEqual(payload('[ab\ncd]'), { confirmed: false });
  assert.equal(payload('[ab] # 2, 1 X'), undefined);
});
