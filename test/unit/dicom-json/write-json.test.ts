import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DataSet, sequenceElement, valueElement } from '../../../src/dicom/data-set.ts';
import type { ElementVr } from '../../../src/dicom/vr.ts';
import { writeDicomJson } from '../../../src/dicom-json/write-json.ts';

function jsonOf(vr: ElementVr, value: string | Uint8Array, charset = ''): unknown {
  const bytes = typeof value === 'string' ? Buffer.from(value, 'latin1') : value;
  const elements = [valueElement(0x00080005, 'CS', Buffer.from(charset)), valueElement(0x00091001, vr, bytes)];
  return JSON.parse(writeDicomJson(new DataSet(elements)).text)['00091001'];
}

test('tags are upper-case hex, and empty values have no Value', () => {
  const dataSet = new DataSet([
    valueElement(0x0020000d, 'UI', Buffer.alloc(0)),
    sequenceElement(0x00400100, [new DataSet()]),
  ]);
  assert.equal(writeDicomJson(dataSet).text, '{"0020000D":{"vr":"UI"},"00400100":{"vr":"SQ","Value":[{}]}}');
});

test('the pretty form puts each element on its own line', () => {
  const step = new DataSet([valueElement(0x00080060, 'CS', Buffer.from('CT'))]);
  assert.equal(
    writeDicomJson(new DataSet([sequenceElement(0x00400100, [step])]), { pretty: true }).text,
    [
      '{',
      '  "00400100": { "vr": "SQ", "Value": [',
      '    {',
      '      "00080060": { "vr": "CS", "Value": ["CT"] }',
      '    }',
      '  ] }',
      '}',
    ].join('\n'),
  );
});

test('names are objects of their component groups, decoded', () => {
  assert.deepEqual(jsonOf('PN', 'M\xfcller^J\xf6rg', 'ISO_IR 100'), {
    vr: 'PN',
    Value: [{ Alphabetic: 'Müller^Jörg' }],
  });
  assert.deepEqual(jsonOf('PN', 'A^B==C'), { vr: 'PN', Value: [{ Alphabetic: 'A^B', Phonetic: 'C' }] });
  assert.deepEqual(jsonOf('PN', 'A\\\\B'), { vr: 'PN', Value: [{ Alphabetic: 'A' }, null, { Alphabetic: 'B' }] });
});

test('DS and IS are numbers only where the number has the same text', () => {
  assert.deepEqual(jsonOf('DS', '72.5\\1.50\\+3\\1e3'), { vr: 'DS', Value: [72.5, '1.50', '+3', '1e3'] });
  assert.deepEqual(jsonOf('IS', '12\\012'), { vr: 'IS', Value: [12, '012'] });
});

test('numbers keep their value to the last bit', () => {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat32(0, 0.1, true);
  view.setFloat32(4, -0, true);
  const { text } = writeDicomJson(new DataSet([valueElement(0x00091001, 'FL', new Uint8Array(view.buffer))]));
  assert.equal(text, '{"00091001":{"vr":"FL","Value":[0.1,-0.0]}}');
  assert.deepEqual(jsonOf('FD', new Uint8Array(new Float64Array([Number.NaN, Number.NEGATIVE_INFINITY]).buffer)), {
    vr: 'FD',
    Value: ['NaN', '-inf'],
  });
  assert.deepEqual(jsonOf('UV', Buffer.from('ffffffffffffffff0500000000000000', 'hex')), {
    vr: 'UV',
    Value: ['18446744073709551615', 5],
  });
  assert.deepEqual(jsonOf('AT', Buffer.from('10002000', 'hex')), { vr: 'AT', Value: ['00100020'] });
});

test('bulk and unknown values are InlineBinary', () => {
  for (const vr of ['OB', 'OW', 'OF', 'OD', 'OL', 'OV', 'UN'] as const) {
    assert.deepEqual(jsonOf(vr, Buffer.from([1, 2, 3, 4])), { vr, InlineBinary: 'AQIDBA==' });
  }
});

test('what is no text of its character set goes as InlineBinary, and is said', () => {
  const dataSet = new DataSet([valueElement(0x00100010, 'PN', Buffer.from([0x41, 0xff]))]);
  const { text, losses } = writeDicomJson(dataSet);
  assert.equal(text, '{"00100010":{"vr":"PN","InlineBinary":"Qf8="}}');
  assert.equal(losses[0]?.tagPath, '(0010,0010)');
});

test('group lengths and group 0002 are left out, the latter not without a word', () => {
  const dataSet = new DataSet([
    valueElement(0x00020010, 'UI', Buffer.from('1.2\0')),
    valueElement(0x00080000, 'UL', Buffer.alloc(4)),
  ]);
  const { text, losses } = writeDicomJson(dataSet);
  assert.equal(text, '{}');
  assert.deepEqual(
    losses.map((loss) => loss.tagPath),
    ['(0002,0010)'],
  );
});
