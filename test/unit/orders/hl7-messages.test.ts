import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readPath, textOf, valuesAt } from '../../../src/orders/hl7/path.ts';
import { readMessages } from '../../../src/orders/hl7/read-messages.ts';
import { readOrders } from '../../../src/orders/read-orders.ts';
import { entryText, findingsOf, orderMessage, TODAY, writtenEntries } from '../../support/order-text.ts';

function names(bytes: string | Uint8Array): string[] {
  const { messages, problems } = readMessages(Buffer.from(bytes), undefined);
  assert.deepEqual(problems, []);
  return messages.map(({ number, segments }) => `${number} ${segments.map(({ name }) => name).join(' ')}`);
}

const MESSAGE = orderMessage();
const SEGMENTS = 'MSH PID ORC OBR';

const FILES: Readonly<Record<string, string>> = {
  CR: MESSAGE,
  LF: MESSAGE.replaceAll('\r', '\n'),
  'CR LF': MESSAGE.replaceAll('\r', '\r\n'),
  'no end of the last segment': MESSAGE.replace(/\r$/, ''),
  'blank lines': MESSAGE.replaceAll('\r', '\n\n'),
  'a byte order mark': `\ufeff${MESSAGE}`,
  "the end of a file's text as DOS has it": `${MESSAGE}\x1a`,
  'padding behind it': `${MESSAGE}\0\0`,
  'MLLP frames': `\x0b${MESSAGE}\x1c\r`,
  'a batch': `FHS|^~\\&|RIS\rBHS|^~\\&|RIS\r${MESSAGE}BTS|1\rFTS|1\r`,
};

for (const [what, text] of Object.entries(FILES)) {
  test(`a file may have ${what}`, () => assert.deepEqual(names(text), [`1 ${SEGMENTS}`]));
}

test('several messages, framed, in batches or bare, are counted from 1', () => {
  const framed = `\x0b${MESSAGE}\x1c\r`;
  assert.deepEqual(names(`${framed}${framed}`), [`1 ${SEGMENTS}`, `2 ${SEGMENTS}`]);
  assert.deepEqual(names(`BHS|^~\\&\r${MESSAGE}BTS|1\rBHS|^~\\&\r${MESSAGE}BTS|1\r`), [
    `1 ${SEGMENTS}`,
    `2 ${SEGMENTS}`,
  ]);
  assert.deepEqual(names(MESSAGE + MESSAGE), [`1 ${SEGMENTS}`, `2 ${SEGMENTS}`]);
});

test('a segment may be a name alone', () => assert.deepEqual(names(`${MESSAGE}NTE\r`), [`1 ${SEGMENTS}`]));

function findings(text: string | Uint8Array): string[] {
  return findingsOf(readOrders(Buffer.from(text), { kind: 'hl7', today: TODAY }));
}

test('what is no message is said', () => {
  assert.deepEqual(findings(''), ['1:1 error there is no HL7 message']);
  assert.deepEqual(findings('PID|1\rORC|NW\r'), ['1:1 error this stands outside of any message']);
  assert.deepEqual(findings(`${MESSAGE}a line break in the text\r`), ['5:1 error message 1: this line is no segment']);
  assert.deepEqual(findings('MSH|^~\\&|RIS||||||ORM^O01\rPID|1\r'), ['1:1 error message 1: there is no ORC']);
});

const value = (place: string, text: string): string[] => {
  const path = readPath(place);
  const [message] = readMessages(Buffer.from(text), undefined).messages;
  return path === undefined || message === undefined
    ? assert.fail(place)
    : valuesAt(path, message.segments).map(textOf);
};

test('paths find fields, repetitions, components and subcomponents', () => {
  const text = orderMessage({
    pid: { 3: 'P1^^^A&1.2&ISO^MR~P2^^^B^PI', 5: '' },
    more: ['OBX|1|NM|1^Weight||70|kg', 'OBX|2|NM|2^Height||1.8|m'],
  });
  assert.deepEqual(value('PID-3', text), ['P1', 'P2']);
  assert.deepEqual(value('PID-3.4', text), ['A&1.2&ISO', 'B']);
  assert.deepEqual(value('PID-3.4.2', text), ['1.2']);
  assert.deepEqual(value('PID-3[1].1', text), ['P2']);
  assert.deepEqual(value('PID-3[5=PI].1', text), ['P2']);
  assert.deepEqual(value('OBX[3.2=Height]-5', text), ['1.8']);
  assert.deepEqual(value('OBX[3.2=Height,6=kg]-5', text), []);
  assert.deepEqual(value('OBX[1]-3.2', text), ['Height']);
  assert.deepEqual(value('PID-5', text), []);
  assert.deepEqual(value('PID-99', text), []);
  assert.deepEqual(value('MSH-1', text), ['|']);
  assert.deepEqual(value('MSH-3', text), ['RIS']);
  assert.deepEqual(value('MSH-9.2', text), ['O01']);
});

for (const place of [
  'PID',
  'PID-',
  'PID-0',
  'PID-3.0',
  'pid-3',
  'PID.3',
  'PID-3.1.1.1',
  'PID-3[x]',
  'PID-3[=MR].1',
  'ZDS1-1',
  '',
]) {
  test(`"${place}" is no path`, () => assert.equal(readPath(place), undefined));
}

test('other delimiters than the usual ones are those of MSH-1 and MSH-2', () => {
  const text = MESSAGE.replaceAll('^', '@').replaceAll('|', '#').replaceAll('~', '!');
  const { orders } = readOrders(Buffer.from(text), { kind: 'hl7', today: TODAY });
  const [entry] = writtenEntries(orders);
  assert.equal(entry && entryText(entry.dataSet, 'PatientName'), 'Doe^Jane');
});

const CHARSETS: readonly (readonly [name: string, bytes: string, text: string, dicom: string])[] = [
  ['8859/1', 'M\xfcller', 'Müller', 'ISO_IR 100'],
  ['8859/2', '\xa3\xf3d\xbc', 'Łódź', 'ISO_IR 101'],
  ['8859/3', '\xa1', 'Ħ', 'ISO_IR 109'],
  ['8859/4', '\xb3', 'ŗ', 'ISO_IR 110'],
  ['8859/5', '\xbb\xee\xda', 'Люк', 'ISO_IR 144'],
  ['8859/6', '\xc7', 'ا', 'ISO_IR 127'],
  ['8859/7', '\xc4', 'Δ', 'ISO_IR 126'],
  ['8859/8', '\xe0', 'א', 'ISO_IR 138'],
  ['8859/9', '\xfd\xf0', 'ığ', 'ISO_IR 148'],
  ['8859/15', '\xa4', '€', 'ISO_IR 192'],
  ['8859/13', '\xd0', 'Š', 'ISO_IR 192'],
  ['ISO8859-1', '\xe9', 'é', 'ISO_IR 100'],
  ['ISO_IR 100', '\xe9', 'é', 'ISO_IR 100'],
  ['ISO_IR 192', '\xc3\xa9', 'é', 'ISO_IR 192'],
  ['ISO IR13', '\xd4\xcf\xc0\xde', 'ﾔﾏﾀﾞ', 'ISO_IR 13'],
  ['KS X 1001', '\xb1\xe8', '김', '\\ISO 2022 IR 149'],
  ['GB 18030-2000', '\xcd\xf5', '王', 'GB18030'],
  ['BIG-5', '\xa4\xfd', '王', 'ISO_IR 192'],
  ['KOI8-R', '\xec\xc0\xcb', 'Люк', 'ISO_IR 192'],
  ['Windows-1251', '\xcb\xfe\xea', 'Люк', 'ISO_IR 192'],
  ['cp1250', '\xa3\xf3d\x9f', 'Łódź', 'ISO_IR 192'],
  // The second byte of the kanji, and of the kana, is a delimiter of HL7 elsewhere.
  ['SHIFT_JIS', '\x94\x5c\x83\x7c', '能ポ', 'ISO_IR 192'],
  ['Windows-31J', '\x87\x40', '①', 'ISO_IR 192'],
  ['EUC-JP', '\xb2\xa6', '王', 'ISO_IR 192'],
  ['EUC-KR', '\xb1\xe8', '김', 'ISO_IR 192'],
  ['GBK', '\x95\x9f', '暉', 'GB18030'],
  ['GB2312', '\xcd\xf5', '王', 'GB18030'],
  ['UNICODE UTF-8', '\xe7\x8e\x8b', '王', 'ISO_IR 192'],
  ['UNICODE', '\xc3\xa9', 'é', 'ISO_IR 192'],
  ['~ISO IR87', '\x1b$B2&\x1b(B', '王', '\\ISO 2022 IR 87'],
];

for (const [name, bytes, text, dicom] of CHARSETS) {
  test(`MSH-18 ${name} is read as such`, () => {
    const message = Buffer.from(orderMessage({ charset: name, pid: { 5: bytes } }), 'latin1');
    const reading = readOrders(message, { kind: 'hl7', today: TODAY });
    assert.deepEqual(findingsOf(reading), []);
    const [entry] = writtenEntries(reading.orders);
    assert.equal(entry && entryText(entry.dataSet, 'PatientName'), text);
    assert.equal(entry && entryText(entry.dataSet, 'SpecificCharacterSet'), dicom);
  });
}

test('two messages of one file may be in two character sets', () => {
  const latin = Buffer.from(orderMessage({ charset: '8859/1', pid: { 5: 'M\xfcller' } }), 'latin1');
  const utf8 = Buffer.from(orderMessage({ charset: 'UNICODE UTF-8', pid: { 5: 'Grün' }, obr: { 18: 'ACC2' } }));
  const { orders } = readOrders(Buffer.concat([latin, utf8]), { kind: 'hl7', today: TODAY });
  assert.deepEqual(
    writtenEntries(orders).map(({ dataSet }) => entryText(dataSet, 'PatientName')),
    ['Müller', 'Grün'],
  );
});

test('a file in UTF-16 is read', () => {
  const text = orderMessage({ charset: 'UNICODE UTF-16', pid: { 5: 'Müller' } });
  const { orders } = readOrders(Buffer.from(`\ufeff${text}`, 'utf16le'), { kind: 'hl7', today: TODAY });
  const [entry] = writtenEntries(orders);
  assert.equal(entry && entryText(entry.dataSet, 'PatientName'), 'Müller');
});

test('bytes that MSH-18 does not explain are read as what they look like, and that is said once', () => {
  const utf8 = orderMessage({ pid: { 5: 'Müller', 9: 'Ähre' }, obr: { 13: 'Ödem' } });
  assert.deepEqual(findings(utf8), [
    '1:1 warning message 1: MSH-18 says no character set, and there are other bytes: read as UNICODE UTF-8',
  ]);
  const latin = Buffer.from(orderMessage({ charset: 'ASCII', pid: { 5: 'M\xfcller' } }), 'latin1');
  assert.deepEqual(findings(latin), [
    '1:1 warning message 1: MSH-18 says ASCII, and there are other bytes: read as Windows-1252',
  ]);
});

test('bytes that are not in the set of MSH-18 are an error', () => {
  const wrong = Buffer.from(orderMessage({ charset: 'UNICODE UTF-8', pid: { 5: 'M\xfcller' } }), 'latin1');
  assert.match(findings(wrong).join(), /^2:1 error message 1: PID is not in UNICODE UTF-8: /);
});

test('escaped bytes are no other than those that are not', () => {
  const escaped = orderMessage({ charset: 'UNICODE UTF-8', pid: { 5: 'M\\XFC\\ller' } });
  assert.match(findings(escaped).join(), /^2:1 error message 1: PID is not in UNICODE UTF-8: /);
  assert.deepEqual(findings(orderMessage({ pid: { 5: 'M\\XC3\\\\XBC\\ller' } })), [
    '1:1 warning message 1: MSH-18 says no character set, and there are other bytes: read as UNICODE UTF-8',
  ]);
});

for (const [charset, facility, text] of [
  ['SHIFT_JIS', '\x83\x7c', 'ポ'],
  ['BIG-5', '\xa4\x7c', '弋'],
  ['GBK', '\x81\x7c', '亅'],
] as const) {
  test(`MSH-18 is found behind ${text} in ${charset}, half of which looks like a delimiter`, () => {
    const message = orderMessage({ charset, pid: { 5: facility } }).replace('|NOWHERE|', `|${facility}|`);
    const reading = readOrders(Buffer.from(message, 'latin1'), { kind: 'hl7', today: TODAY });
    assert.deepEqual(findingsOf(reading), []);
    const [entry] = writtenEntries(reading.orders);
    assert.equal(entry && entryText(entry.dataSet, 'PatientName'), text);
  });
}

test('who says 8859/1 and sends what only Windows-1252 has is read as that, with a warning', () => {
  const message = Buffer.from(orderMessage({ charset: '8859/1', pid: { 5: '\x8aim\xe9k' } }), 'latin1');
  const reading = readOrders(message, { kind: 'hl7', today: TODAY });
  assert.deepEqual(findingsOf(reading), [
    '1:1 warning message 1: 8859/1 lacks some of the bytes: read as Windows-1252',
  ]);
  const [entry] = writtenEntries(reading.orders);
  assert.equal(entry && entryText(entry.dataSet, 'PatientName'), 'Šimék');
  assert.equal(entry && entryText(entry.dataSet, 'SpecificCharacterSet'), 'ISO_IR 192');
});

test('bytes that other sets of 8859 have for control codes are an error, and not left out', () => {
  const message = Buffer.from(orderMessage({ charset: '8859/2', pid: { 5: '\x8aim\xe9k' } }), 'latin1');
  assert.deepEqual(findings(message), ['2:1 error message 1: PID is not in 8859/2: 8a is no character']);
});

const OTHER_BYTES: Readonly<Record<string, Parameters<typeof orderMessage>[0]>> = {
  'a byte beyond ASCII': { pid: { 5: 'M\xfcller' } },
  'an escape sequence of ISO 2022': { pid: { 5: '\x1b$B2&\x1b(B' } },
  'a shift of ISO 2022': { pid: { 5: '\x0e2&\x0f' } },
  'a byte beyond ASCII as HL7 escapes it': { pid: { 5: 'M\\X41fc\\ller' } },
};

for (const [what, parts] of Object.entries(OTHER_BYTES)) {
  test(`of a message in a set that nobody knows, ${what} makes one error, and no entry`, () => {
    const unknown = Buffer.from(orderMessage({ ...parts, charset: 'EBCDIC' }), 'latin1');
    const sound = Buffer.from(orderMessage({ obr: { 18: 'ACC2' } }));
    const reading = readOrders(Buffer.concat([unknown, sound]), { kind: 'hl7', today: TODAY });
    assert.deepEqual(findingsOf(reading), [
      '1:1 error message 1: MSH-18 names a character set that is not known: EBCDIC',
    ]);
    assert.match(reading.diagnostics[0]?.hint ?? '', /have the sender .*table 0211.*"characterSet" in the mapping/);
    assert.deepEqual(
      reading.orders.map(({ name }) => name),
      ['ACC2_SPS1.wl'],
    );
  });
}

test('ASCII is read whatever set is named, with a warning', () => {
  const reading = readOrders(Buffer.from(orderMessage({ charset: 'ROT13', obr: { 13: 'A\\X0D\\B' } })), {
    kind: 'hl7',
    today: TODAY,
  });
  assert.deepEqual(findingsOf(reading), [
    '1:1 warning message 1: MSH-18 names a character set that is not known: ROT13; there is nothing but ASCII, read as that',
  ]);
  assert.equal(reading.orders.length, 1);
});

for (const charset of ['CNS 11643-1992', 'UNICODE UTF-32']) {
  test(`${charset} is said to be not read, and not to be unknown`, () => {
    const message = Buffer.from(orderMessage({ charset, pid: { 5: '\xa4\xfd' } }), 'latin1');
    const reading = readOrders(message, { kind: 'hl7', today: TODAY });
    assert.deepEqual(findingsOf(reading), [
      `1:1 error message 1: MSH-18 names a character set that is not read here: ${charset}`,
    ]);
    assert.match(reading.diagnostics[0]?.hint ?? '', /^have the sender use another/);
    assert.deepEqual(reading.orders, []);
  });
}
