import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fitNumber, fitOneValue, fitText } from '../../../src/orders/fit-text.ts';

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

test('numbers may have a decimal comma, and no unit', () => {
  const numbers = {
    '71.5': '71.5',
    '71,5': '71.5',
    '-1,25': '-1.25',
    '80': '80',
    '1e2': '1e2',
    '1.5\\2,5': '1.5\\2.5',
  };
  for (const [text, number] of Object.entries(numbers)) assert.equal(fitNumber(text, 'DS'), number);
  for (const text of ['', '80 kg', '1,234', 'ca. 80', '1.5\\']) assert.equal(fitNumber(text, 'DS'), undefined, text);
  assert.equal(fitNumber('12', 'IS'), '12');
  assert.equal(fitNumber('1.5', 'IS'), undefined);
});
