import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DataSet, type Element, sequenceElement, valueElement } from '../../../src/dicom/data-set.ts';
import type { ElementVr } from '../../../src/dicom/vr.ts';
import { textLosses } from '../../../src/dump-text/print-losses.ts';

const PATIENT_COMMENTS = 0x00104000;

/** Text is padded to an even length. */
function lossOf(vr: ElementVr, value: string | readonly number[]): string | undefined {
  const padded = typeof value === 'string' && value.length % 2 === 1 ? `${value}${vr === 'UI' ? '\0' : ' '}` : value;
  const bytes = typeof padded === 'string' ? Buffer.from(padded, 'latin1') : Buffer.from(padded);
  return textLosses(new DataSet([valueElement(PATIENT_COMMENTS, vr, bytes)]))[0]?.message;
}

test('plain values of every kind are carried', () => {
  assert.equal(lossOf('LO', 'Muster'), undefined);
  assert.equal(lossOf('LO', 'odd pad'), undefined);
  assert.equal(lossOf('UI', '1.2.3'), undefined);
  assert.equal(lossOf('LT', 'two\r\nlines'), undefined);
  assert.equal(lossOf('LO', 'a\\new'), undefined);
  assert.equal(lossOf('OB', [1, 2]), undefined);
  assert.equal(lossOf('US', [1, 2]), undefined);
});

test('each kind of value that text does not carry is named', () => {
  assert.match(lossOf('LT', 'C:\\new') ?? '', /backslash before "n"/);
  assert.match(lossOf('LO', 'NUL\0mid') ?? '', /NUL/);
  assert.match(lossOf('LO', [0x61]) ?? '', /odd length/);
  assert.match(lossOf('LO', 'spaces    ') ?? '', /spaces at the end/);
  assert.match(lossOf('LT', 'x\n(0010,0010) PN [A]') ?? '', /looks like an element/);
  assert.match(lossOf('LT', 'x] # y\n   ') ?? '', /spaces at the end/);
  assert.match(lossOf('LT', 'x] # y\nz') ?? '', /looks like its end/);
  assert.match(lossOf('UI', '1.2 3') ?? '', /white space in a UID/);
  assert.match(lossOf('UI', '1.2\0\0\0') ?? '', /NUL/);
  assert.match(lossOf('UI', '=Name') ?? '', /reads as a name/);
  assert.match(lossOf('UL', [1, 0, 0, 0, 2, 0]) ?? '', /last 2 bytes/);
  assert.match(lossOf('FL', [0, 0, 0, 0x80]) ?? '', /sign of -0/);
  assert.match(lossOf('FL', [1, 0, 0xc0, 0x7f]) ?? '', /bit patterns/);
});

test('a loss in an item has its path, with items counted from 0', () => {
  const item = new DataSet([valueElement(PATIENT_COMMENTS, 'LT', Buffer.from('\\n'))]);
  const dataSet = new DataSet([sequenceElement(0x00400100, [new DataSet(), item])]);
  assert.deepEqual(
    textLosses(dataSet).map((loss) => loss.tagPath),
    ['(0040,0100)[1].(0010,4000)'],
  );
});

test('a byte of a two-byte character is no backslash, in items that inherit the character set neither', () => {
  const comments = valueElement(PATIENT_COMMENTS, 'LT', Buffer.from([0x81, 0x5c, 0x6e, 0x20, 0x61, 0x20]));
  const item = new DataSet([comments]);
  const inGbk = [valueElement(0x00080005, 'CS', Buffer.from('GBK ')), comments, sequenceElement(0x00400100, [item])];
  assert.deepEqual(textLosses(new DataSet(inGbk)), []);
  assert.match(textLosses(item)[0]?.message ?? '', /backslash before "n"/);
});

test('elements that belong elsewhere or have no VR are named', () => {
  const messages = (element: Element): string => textLosses(new DataSet([element]))[0]?.message ?? '';
  assert.match(messages(valueElement(0x00020010, 'UI', Buffer.from('1.2 '))), /group 0002/);
  for (const tag of [0x00000100, 0x00010010, 0x00030010, 0x00041130, 0x00060010]) {
    assert.match(messages(valueElement(tag, 'LO', Buffer.from('ab'))), /^group 000\d has no place in a file/);
  }
  const directory = new DataSet([sequenceElement(0x00041220, []), valueElement(0x00041130, 'CS', Buffer.from('AB'))]);
  assert.deepEqual(textLosses(directory), []);
  assert.match(messages(valueElement(0xfffcfffc, 'OB', Buffer.from([0, 0]))), /padding/);
  const foreign: Element = { kind: 'value', tag: 0x00080050, vr: '??', foreignVr: 'zz', value: Buffer.from('ab') };
  assert.match(messages(foreign), /"zz" is no VR/);
  const unknown: Element = { kind: 'sequence', tag: 0x00411001, vr: 'UN', items: [], undefinedLength: true };
  assert.match(messages(unknown), /becomes a sequence/);
  const fragments: Element = { kind: 'fragments', tag: 0x7fe00010, vr: 'OB', fragments: [Buffer.from([1])] };
  assert.match(messages(fragments), /odd length of fragment 0/);
});
