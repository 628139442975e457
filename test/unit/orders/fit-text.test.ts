import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fitOneValue, fitText } from '../../../src/orders/fit-text.ts';

test('lines stay where the VR has lines, and are blanks elsewhere', () => {
  assert.equal(fitText('a\nb\r\nc\r', 'LT'), 'a\r\nb\r\nc');
  assert.equal(fitText(' a\n\tb ', 'LO'), 'a b');
});

test('control characters go, and code strings are in upper case', () => {
  assert.equal(fitText('C\u0000T\u007f\u001b', 'LO'), 'CT');
  assert.equal(fitText('ct', 'CS'), 'CT');
});

test('a backslash in one value is none where it would separate two', () => {
  assert.equal(fitOneValue('a\\b', 'LO'), 'a/b');
  assert.equal(fitOneValue('a\\b', 'ST'), 'a\\b');
  assert.equal(fitText('a\\b', 'LO'), 'a\\b');
});
