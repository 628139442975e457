import assert from 'node:assert/strict';
import test from 'node:test';
import { visible } from '../../../src/terminal/safe-text.ts';

test('control characters are written out', () => {
  assert.equal(visible('a\u001b[31mb\u0000\u007f\u009b'), 'a\\x1b[31mb\\x00\\x7f\\x9b');
  assert.equal(visible('a\nb\rc\td'), 'a\\nb\\rc\\td');
});

test('marks that turn text around are written out', () => {
  assert.equal(visible('a\u202eb\u2066c\u2028d\ufeff'), 'a\\u202eb\\u2066c\\u2028d\\ufeff');
});

test('names in any script stay as they are', () => {
  const names = 'Müller^Jürgen 山田^太郎 قباني^لنزار Yamada^👩‍⚕️';
  assert.equal(visible(names), names);
});

test('what is to be kept is kept', () => {
  assert.equal(visible('a\nb\tc\r', '\n\t'), 'a\nb\tc\\r');
});

test('half a character becomes the replacement character', () => {
  assert.equal(visible('a\ud83d'), 'a\ufffd');
});
