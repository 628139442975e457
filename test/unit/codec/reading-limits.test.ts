/** Bytes that cost more to read than they are worth. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deflateRawSync } from 'node:zlib';
import { readDataSet } from '../../../src/codec/read-data-set.ts';
import { DEFLATED_LITTLE, EXPLICIT_LITTLE, IMPLICIT_LITTLE } from '../../../src/codec/transfer-syntax.ts';
import { examinePart10 } from '../../../src/part10/read-part10.ts';

/** So many empty elements in implicit VR; `tagOf` gives their tags. */
function elements(count: number, tagOf: (index: number) => number): Buffer {
  const bytes = Buffer.alloc(count * 8);
  for (let index = 0; index < count; index++) {
    const tag = tagOf(index);
    bytes.writeUInt16LE(tag >>> 16, index * 8);
    bytes.writeUInt16LE(tag & 0xffff, index * 8 + 2);
  }
  return bytes;
}

function elapsed(run: () => void): number {
  const startedAt = performance.now();
  run();
  return performance.now() - startedAt;
}

test('a million oddities leave a thousand warnings, and one that there are more', () => {
  const { warnings, dataSet } = readDataSet(
    elements(1_000_000, () => 0x00100020),
    IMPLICIT_LITTLE,
  );
  assert.equal(dataSet.size, 1);
  assert.equal(warnings.length, 1_001);
  assert.equal(warnings.at(-1)?.code, 'more-warnings');
});

test('oddities by the hundred thousand in file meta information are read', () => {
  const odd = Buffer.concat(Array.from({ length: 200_000 }, () => Buffer.from('020016004145010041', 'hex')));
  assert.equal(examinePart10(odd).warnings.length <= 2_002, true);
});

test('a little disorder is put in order, however long the data set', () => {
  const bytes = elements(30_000, (index) => (index === 29_999 ? 0x00100020 : 0x00110000 + index));
  const { dataSet, error } = readDataSet(bytes, IMPLICIT_LITTLE);
  assert.equal(error, undefined);
  assert.equal(dataSet.elements[0]?.tag, 0x00100020);
});

test('a file of nothing but disorder is refused in little time', () => {
  let code: string | undefined;
  const bytes = elements(2_000_000, (index) => 0x7fdf0000 - index);
  const ms = elapsed(() => {
    code = readDataSet(bytes, IMPLICIT_LITTLE).error?.code;
  });
  assert.equal(code, 'order');
  assert.ok(ms < 10_000, `${ms} ms`);
});

test('a caller may bound the number of elements, those of items included', () => {
  const item = Buffer.concat([Buffer.from('feff00e0ffffffff', 'hex'), elements(50, (index) => 0x00110000 + index)]);
  const sequence = Buffer.concat([Buffer.from('1000001353510000ffffffff', 'hex')]);
  const bytes = Buffer.concat([sequence, item]);
  assert.equal(readDataSet(bytes, EXPLICIT_LITTLE, { maxElements: 10 }).error?.code, 'too-many');
  const flat = elements(50, (index) => 0x00110000 + index);
  assert.equal(readDataSet(flat, IMPLICIT_LITTLE, { maxElements: 50 }).error, undefined);
  assert.equal(readDataSet(flat, IMPLICIT_LITTLE, { maxElements: 49 }).error?.code, 'too-many');
});

test('items count, too', () => {
  const items = Buffer.concat(Array.from({ length: 1_000 }, () => Buffer.from('feff00e000000000', 'hex')));
  const bytes = Buffer.concat([
    Buffer.from('40000001', 'hex'),
    Buffer.of(items.length & 0xff, items.length >> 8, 0, 0),
    items,
  ]);
  assert.equal(readDataSet(bytes, IMPLICIT_LITTLE, { maxElements: 999 }).error?.code, 'too-many');
  assert.equal(readDataSet(bytes, IMPLICIT_LITTLE, { maxElements: 1_001 }).error, undefined);
});

test('a caller may bound what a deflated data set swells to', () => {
  const bytes = deflateRawSync(elements(100_000, (index) => 0x00110000 + index));
  assert.equal(readDataSet(bytes, DEFLATED_LITTLE, { maxInflated: 1_000 }).error?.code, 'deflate');
  assert.equal(readDataSet(bytes, DEFLATED_LITTLE, { maxInflated: 1_000 }).dataSet.size, 0);
});
