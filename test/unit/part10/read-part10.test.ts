import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DEFLATED_LITTLE, EXPLICIT_BIG, EXPLICIT_LITTLE, IMPLICIT_LITTLE } from '../../../src/codec/transfer-syntax.ts';
import { plainText } from '../../../src/dicom/data-set.ts';
import { TAG } from '../../../src/dicom/tag.ts';
import { DataError } from '../../../src/errors.ts';
import { completeFileMeta } from '../../../src/part10/file-meta.ts';
import { examinePart10, readPart10 } from '../../../src/part10/read-part10.ts';
import { writePart10, ZERO_PREAMBLE } from '../../../src/part10/write-part10.ts';
import { plain } from '../../support/arbitrary-data-set.ts';
import { sampleDataSet } from '../../support/sample-data-set.ts';

const dataSet = sampleDataSet();

function file(syntax = EXPLICIT_LITTLE, lengths: 'explicit' | 'undefined' = 'explicit'): Uint8Array {
  const { meta } = completeFileMeta({ given: undefined, dataSet, syntax });
  return writePart10({ preamble: ZERO_PREAMBLE, meta, dataSet, syntax }, { lengths });
}

for (const syntax of [EXPLICIT_LITTLE, EXPLICIT_BIG, DEFLATED_LITTLE]) {
  test(`a file in ${syntax.name} reads as the data set it was made of`, () => {
    const read = readPart10(file(syntax));
    assert.equal(read.syntax.uid, syntax.uid);
    assert.deepEqual(plain(read.dataSet), plain(dataSet));
  });
}

test('reading and writing back keeps every byte: length kinds, a preamble with content, other meta elements', () => {
  for (const syntax of [EXPLICIT_LITTLE, EXPLICIT_BIG, IMPLICIT_LITTLE]) {
    for (const lengths of ['explicit', 'undefined'] as const) {
      const bytes = Buffer.from(file(syntax, lengths));
      bytes.write('II*\0', 0, 'latin1');
      assert.deepEqual(Buffer.from(writePart10(readPart10(bytes))), bytes);
    }
  }
});

test('a bare data set is read by a guess at its syntax', () => {
  for (const syntax of [EXPLICIT_LITTLE, EXPLICIT_BIG, IMPLICIT_LITTLE]) {
    const bare = writePart10({ preamble: undefined, meta: undefined, dataSet, syntax });
    const read = readPart10(bare);
    assert.equal(read.syntax.uid, syntax.uid);
    assert.equal(read.meta, undefined);
    assert.deepEqual(Buffer.from(writePart10(read)), Buffer.from(bare));
  }
});

test('every cut of a file is damage, or ends between two elements', () => {
  const bytes = file();
  let whole = 0;
  for (let length = 0; length < bytes.length; length++) {
    const { error, losses, dataSet: read } = examinePart10(bytes.subarray(0, length), { file: 'cut.wl' });
    if (error === undefined && losses.length === 0) {
      whole++;
      assert.ok(read.size < dataSet.size);
    } else {
      assert.ok(error === undefined || error instanceof DataError);
    }
  }
  assert.equal(whole, dataSet.size, 'only the cuts before each element of the data set cannot be seen');
});

test('a wrong meta length moves elements; ignoring it brings them back', () => {
  const bytes = Buffer.from(file());
  const length = bytes.readUInt32LE(140);
  bytes.writeUInt32LE(length - 28, 140);
  assert.notEqual(examinePart10(bytes).dataSet.size, dataSet.size);
  assert.equal(examinePart10(bytes, { ignoreMetaLength: true }).dataSet.size, dataSet.size);
});

test('the meta information is completed from the data set, and always names wltool as the writer', () => {
  const { meta, warnings } = completeFileMeta({
    given: undefined,
    dataSet,
    syntax: IMPLICIT_LITTLE,
    newUid: () => '2.25.1',
  });
  assert.deepEqual(warnings, []);
  assert.equal(plainText(meta, TAG.MediaStorageSOPInstanceUID), '2.25.1');
  assert.equal(plainText(meta, TAG.TransferSyntaxUID), IMPLICIT_LITTLE.uid);
  assert.match(plainText(meta, TAG.ImplementationVersionName), /^WLTOOL/);
});

test('an empty file, a file without meta where one is asked for: typed errors', () => {
  assert.throws(() => readPart10(new Uint8Array(0)), { code: 'empty' });
  const bare = writePart10({ preamble: undefined, meta: undefined, dataSet, syntax: EXPLICIT_LITTLE });
  assert.throws(() => readPart10(bare, { read: 'file' }), { code: 'no-meta' });
});

test('a deflate bomb is refused', async () => {
  const { deflateRawSync } = await import('node:zlib');
  const { meta } = completeFileMeta({ given: undefined, dataSet, syntax: DEFLATED_LITTLE });
  const head = writePart10({ preamble: ZERO_PREAMBLE, meta, dataSet: sampleDataSet(), syntax: DEFLATED_LITTLE });
  const start = examinePart10(head).meta === undefined ? 0 : 132 + 12 + Buffer.from(head).readUInt32LE(140);
  const bomb = Buffer.concat([head.subarray(0, start), deflateRawSync(Buffer.alloc(64 * 1024 * 1024))]);
  assert.throws(() => readPart10(bomb), { code: 'deflate' });
});
