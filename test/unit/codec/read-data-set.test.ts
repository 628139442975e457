import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readDataSet } from '../../../src/codec/read-data-set.ts';
import { EXPLICIT_BIG, EXPLICIT_LITTLE, IMPLICIT_LITTLE } from '../../../src/codec/transfer-syntax.ts';
import { TAG } from '../../../src/dicom/tag.ts';

/** Bytes from hex with blanks, and text in quotes. */
function bytes(source: string): Uint8Array {
  return Buffer.concat(
    (source.match(/'[^']*'|[0-9a-f]{2}/g) ?? []).map((part) =>
      part.startsWith("'") ? Buffer.from(part.slice(1, -1), 'latin1') : Buffer.from(part, 'hex'),
    ),
  );
}

test('explicit little endian: short and long headers', () => {
  const { dataSet, error, warnings } = readDataSet(
    bytes("1000 1000 'PN' 0400 'A^B ' 1000 2000 'UT' 0000 02000000 'ab'"),
    EXPLICIT_LITTLE,
  );
  assert.equal(error, undefined);
  assert.deepEqual(warnings, []);
  assert.equal(Buffer.from(dataSet.value(TAG.PatientName) ?? []).toString(), 'A^B ');
  assert.equal(dataSet.get(TAG.PatientID)?.vr, 'UT');
});

test('big endian numbers are little endian in memory', () => {
  const { dataSet } = readDataSet(bytes("0028 0010 'US' 0002 0102 0028 0011 'UL' 0004 01020304"), EXPLICIT_BIG);
  assert.deepEqual([...(dataSet.value(0x00280010) ?? [])], [2, 1]);
  assert.deepEqual([...(dataSet.value(0x00280011) ?? [])], [4, 3, 2, 1]);
});

test('implicit VR: Pixel Representation decides between US and SS, and stays open without it', () => {
  const smallest = '2800 0601 02000000 ffff';
  const signed = readDataSet(bytes(`2800 0301 02000000 0100 ${smallest}`), IMPLICIT_LITTLE);
  assert.equal(signed.dataSet.get(0x00280106)?.vr, 'SS');
  assert.equal(readDataSet(bytes(smallest), IMPLICIT_LITTLE).dataSet.get(0x00280106)?.vr, 'xs');
});

test('UN of undefined length is a sequence of implicit VR items', () => {
  const { dataSet, error } = readDataSet(
    bytes("0900 0110 'UN' 0000 ffffffff feff00e0 0a000000 1000 2000 02000000 'P1' feffdde0 00000000"),
    EXPLICIT_LITTLE,
  );
  assert.equal(error, undefined);
  const [item] = dataSet.items(0x00091001);
  assert.equal(Buffer.from(item?.dataSet.value(TAG.PatientID) ?? []).toString(), 'P1');
});

test('a length beyond the end names the element, the offset and both lengths', () => {
  const { error, dataSet } = readDataSet(bytes("1000 1000 'PN' 6400 'A^B'"), EXPLICIT_LITTLE, { file: 'x.wl' });
  assert.equal(error?.code, 'truncated');
  assert.match(error?.message ?? '', /100 bytes.* only 3 /);
  assert.equal(error?.tagPath, '(0010,0010)');
  assert.equal(error?.offset, 0);
  assert.equal(error?.file, 'x.wl');
  assert.equal(dataSet.value(TAG.PatientName)?.length, 3, 'what is there is kept');
});

test('an element longer than its item is damage, with the path of the item', () => {
  const { error } = readDataSet(
    bytes("4000 0001 'SQ' 0000 18000000 feff00e0 0a000000 0800 6000 'CS' 0800 'CT      '"),
    EXPLICIT_LITTLE,
  );
  assert.equal(error?.code, 'item-length');
  assert.equal(error?.tagPath, '(0040,0100)[0].(0008,0060)');
});

test('bytes behind the data set are a loss, not damage', () => {
  const { error, losses, dataSet } = readDataSet(bytes("1000 1000 'PN' 0400 'A^B ' 0d0a"), EXPLICIT_LITTLE);
  assert.equal(error, undefined);
  assert.deepEqual(
    losses.map((loss) => [loss.code, loss.offset]),
    [['bytes-behind', 12]],
  );
  assert.equal(dataSet.size, 1);
});

test('an implicit private element longer than the file is damage where its creator stands before it', () => {
  const creator = "2900 1000 04000000 'ACME'";
  const cut = "2900 0110 64000000 'A^B'";
  assert.equal(readDataSet(bytes(`${creator} ${cut}`), IMPLICIT_LITTLE).error?.tagPath, '(0029,1001)');
  const { error, losses } = readDataSet(bytes(`${creator} 0d0a 'what a nice day'`), IMPLICIT_LITTLE);
  assert.equal(error, undefined);
  assert.equal(losses.length, 1);
});

test('the second of two equal tags is dropped with a warning, and order is restored', () => {
  const { dataSet, warnings } = readDataSet(
    bytes("1000 2000 'LO' 0200 'P1' 1000 1000 'PN' 0200 'A ' 1000 2000 'LO' 0200 'P2'"),
    EXPLICIT_LITTLE,
  );
  assert.deepEqual(
    warnings.map((warning) => warning.code),
    ['order', 'duplicate'],
  );
  assert.equal(Buffer.from(dataSet.value(TAG.PatientID) ?? []).toString(), 'P1');
});

test('nesting without end is refused before the stack is', () => {
  const level = bytes("4000 0001 'SQ' 0000 ffffffff feff00e0 ffffffff");
  const { error } = readDataSet(Buffer.concat(Array.from({ length: 20_000 }, () => level)), EXPLICIT_LITTLE);
  assert.equal(error?.code, 'depth');
});

test('elements of the second group end a reading of one group', () => {
  const { dataSet, end } = readDataSet(bytes("0200 0200 'UI' 0200 '1.' 0800 6000 'CS' 0200 'CT'"), EXPLICIT_LITTLE, {
    onlyGroup: 2,
  });
  assert.equal(dataSet.size, 1);
  assert.equal(end, 10);
});
