import assert from 'node:assert/strict';
import { test } from 'node:test';
import { messageCharset, UTF_8 } from '../../../src/orders/hl7/charset.ts';
import { delimitersOf } from '../../../src/orders/hl7/message.ts';
import { unescapeText } from '../../../src/orders/hl7/unescape.ts';

const delimiters = delimitersOf('MSH|^~\\&|');
const context = { number: 1, delimiters, charset: UTF_8 };

const ESCAPES: Readonly<Record<string, string>> = {
  plain: 'plain',
  '\\F\\\\S\\\\T\\\\R\\\\E\\': '|^&~\\',
  'one\\.br\\two': 'one\ntwo',
  'one\\.sp2\\two': 'one\n\ntwo',
  'a\\.sk3\\b': 'a   b',
  '\\.in+4\\\\.ti-2\\\\.fi\\text': 'text',
  '\\H\\loud\\N\\': 'loud',
  '\\X4D\\\\XC3BC\\': 'Mü',
  // One character, each of its bytes escaped.
  'M\\XC3\\\\XBC\\ller': 'Müller',
  '\\XC3\\x': '\ufffdx',
  '\\Zlocal\\x': 'x',
  '\\C2842\\x\\M244222\\': 'x',
  'C:\\temp': 'C:\\temp',
  'C:\\temp\\F\\x': 'C:\\temp|x',
  'end\\': 'end\\',
  '\\\\': '\\\\',
  '\\X4\\': '\\X4\\',
  '\\E\\F\\E\\': '\\F\\',
};

for (const [raw, text] of Object.entries(ESCAPES)) {
  test(`${raw} means ${JSON.stringify(text)}`, () => assert.equal(unescapeText(raw, context), text));
}

test('bytes in hexadecimal are in the character set of the message', () => {
  const charset = messageCharset(['8859/1']) ?? assert.fail();
  assert.equal(unescapeText('\\XFC\\', { ...context, charset }), 'ü');
});
