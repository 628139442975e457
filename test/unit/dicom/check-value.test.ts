import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkDataSet } from '../../../src/dicom/check-data-set.ts';
import { checkValue } from '../../../src/dicom/check-value.ts';
import { DataSet, sequenceElement, valueElement } from '../../../src/dicom/data-set.ts';
import { formatTagPath } from '../../../src/dicom/tag-path.ts';
import type { Vr } from '../../../src/dicom/vr.ts';

const GOOD: Partial<Record<Vr, readonly string[]>> = {
  AE: ['CT1', ' CT1 ', 'SIXTEEN_LETTERS_'],
  AS: ['042Y', '003M'],
  CS: ['ORIGINAL\\PRIMARY\\', 'A_B 1', ' CT '],
  DA: ['20240229', '19700102\\19700103'],
  DS: ['72.5', ' -1e-3 ', '.5', '5.', '+7\\8'],
  DT: ['2030', '20300105091500.000+0100', '203001'],
  IS: ['7', ' -2147483648 '],
  LO: ['x'.repeat(64), 'a\\b'],
  LT: ['a\r\nb\tc\\d'],
  PN: ['ROE^JANE', 'A^B^C^D^E=F=G', `${'x'.repeat(64)}=${'y'.repeat(64)}`],
  SH: ['0123456789012345'],
  TM: ['09', '0915', '091500.123456', '235960'],
  UI: ['1.2.840\0', '2.25.0\\1.2'],
  UR: ['http://x/y?a=b'],
};

const BAD: Partial<Record<Vr, readonly string[]>> = {
  AE: ['SEVENTEEN_LETTERS', 'A\x07', 'Müller'],
  AS: ['42Y', '042y'],
  CS: ['lower', 'A-B', 'SEVENTEEN_LETTERS'],
  DA: ['2030-01-05', '20230229', '2030', '20300105-20300106'],
  DS: ['72,5', '1 2', 'x', '12345678901234567'],
  DT: ['20301301', 'now'],
  IS: ['1.5', '2147483648'],
  LO: ['x'.repeat(65), 'a\r\nb', 'a\x07b'],
  LT: ['a\x07'],
  PN: ['A^B^C^D^E^F', 'A=B=C=D', 'x'.repeat(65)],
  SH: ['01234567890123456'],
  TM: ['9', '09:15', '2400', '0960'],
  UI: ['1.02.3', '1.2.x', '1.2.', `1.${'2'.repeat(70)}`],
  UR: [' http://x'],
};

describe('values against their VR', () => {
  for (const [vr, values] of Object.entries(GOOD)) {
    for (const value of values) {
      it(`${vr} ${JSON.stringify(value)} is right`, () => {
        assert.deepEqual(checkValue(Buffer.from(value, 'latin1'), vr as Vr, 'ISO_IR 100'), []);
      });
    }
  }
  for (const [vr, values] of Object.entries(BAD)) {
    for (const value of values) {
      it(`${vr} ${JSON.stringify(value)} is wrong`, () => {
        assert.equal(checkValue(Buffer.from(value, 'latin1'), vr as Vr, 'ISO_IR 100').length, 1);
      });
    }
  }

  it('characters count, not bytes', () => {
    assert.deepEqual(checkValue(Buffer.from('ü'.repeat(64)), 'LO', 'ISO_IR 192'), []);
    assert.equal(checkValue(Buffer.from('ü'.repeat(65)), 'LO', 'ISO_IR 192').length, 1);
  });

  it('a fix is proposed', () => {
    assert.equal(checkValue(Buffer.from('2030.01.05'), 'DA', '')[0]?.hint, 'try 20300105');
    assert.equal(checkValue(Buffer.from('2030-02-30'), 'DA', '')[0]?.message, 'there is no day 2030-02-30');
    assert.equal(checkValue(Buffer.from('09:15'), 'TM', '')[0]?.hint, 'try 0915');
    assert.equal(checkValue(Buffer.from('72,5'), 'DS', '')[0]?.hint, 'try 72.5');
  });

  it('numbers of odd sizes', () => {
    assert.equal(checkValue(new Uint8Array(3), 'US', '').length, 1);
    assert.deepEqual(checkValue(new Uint8Array(4), 'US', ''), []);
  });
});

describe('values against their character set', () => {
  const message = (bytes: Buffer, charset: string) => checkValue(bytes, 'PN', charset)[0]?.message ?? '';

  it('none declared', () => assert.match(message(Buffer.from('Müller', 'latin1'), ''), /\(0008,0005\)/));
  it('bytes that are no UTF-8', () =>
    assert.match(message(Buffer.from('Müller', 'latin1'), 'ISO_IR 192'), /not text in/));
  it('UTF-8 under Latin-1', () =>
    assert.match(message(Buffer.from('Müller'), 'ISO_IR 100'), /UTF-8 by the look of it/));
  it('Latin-1 as declared', () => assert.equal(message(Buffer.from('Müller', 'latin1'), 'ISO_IR 100'), ''));
  it('an unknown set', () => assert.notEqual(message(Buffer.from('Müller', 'latin1'), 'IS0_IR 100'), ''));
});

describe('data sets', () => {
  it('a mistake in many values is told once, with its path', () => {
    const name = (text: string) => new DataSet([valueElement(0x00100010, 'PN', Buffer.from(text))]);
    const dataSet = new DataSet([sequenceElement(0x00400100, [name('Jörg'), name('Åsa ')])]);
    const problems = [...checkDataSet(dataSet)];
    assert.deepEqual(
      problems.map(({ path, element }) => formatTagPath(path, element.tag)),
      ['(0040,0100)[0].(0010,0010)'],
    );
  });

  it('the terms of (0008,0005) are checked, and hold for items', () => {
    const item = new DataSet([valueElement(0x00100010, 'PN', Buffer.from('Jörg '))]);
    const charset = valueElement(0x00080005, 'CS', Buffer.from('ISO_IR 192'));
    assert.deepEqual([...checkDataSet(new DataSet([charset, sequenceElement(0x00400100, [item])]))], []);
    const misspelt = valueElement(0x00080005, 'CS', Buffer.from('IS0_IR 192'));
    assert.equal([...checkDataSet(new DataSet([misspelt]))].length, 1);
  });
});
