/** Any bytes decode, in any character set; text that decodes without a problem is encoded and decodes to itself. */

import assert from 'node:assert/strict';
import { countValues, decodeStrict, decodeText, encodeText, splitValues } from '../../src/dicom/charset/text-codec.ts';
import { ALL_VRS, type Vr } from '../../src/dicom/vr.ts';
import { fuzz, showBytes } from '../support/fuzz.ts';

const TERMS = [
  ...['', 'ISO_IR 100', 'ISO_IR 101', 'ISO_IR 144', 'ISO_IR 127', 'ISO_IR 126', 'ISO_IR 138', 'ISO_IR 148'],
  ...['ISO_IR 166', 'ISO_IR 13', 'ISO_IR 192', 'GB18030', 'GBK', 'ISO 2022 IR 6', 'ISO 2022 IR 13'],
  ...['ISO 2022 IR 87', 'ISO 2022 IR 159', 'ISO 2022 IR 149', 'ISO 2022 IR 58', 'ISO 2022 IR 100', 'latin1'],
];
/** Designations, halves of codes, delimiters. */
const PIECES = [
  '1b2442',
  '1b242844',
  '1b2842',
  '1b284a',
  '1b2949',
  '1b242943',
  '1b242941',
  '1b2d41',
  '1b',
  '5c',
  '5e',
  '3d',
];

interface Coded {
  readonly charset: string;
  readonly vr: Vr;
  readonly bytes: Uint8Array;
}

fuzz<Coded>({
  name: 'character sets',
  runs: 200_000,
  make: (random) => {
    const below = (limit: number): number => Math.floor(random() * limit);
    const pick = <Value>(list: readonly Value[]): Value => list[below(list.length)] as Value;
    const charset = Array.from({ length: 1 + below(3) }, () => pick(TERMS)).join('\\');
    const highest = pick([0x7f, 0xff]);
    const byte = (): string => (0x20 + below(highest - 0x1f)).toString(16).padStart(2, '0');
    const hex = Array.from({ length: below(30) }, () => (random() < 0.2 ? pick(PIECES) : byte())).join('');
    return { charset, vr: pick(ALL_VRS), bytes: Uint8Array.from(Buffer.from(hex, 'hex')) };
  },
  target: ({ charset, vr, bytes }) => {
    const values = splitValues(bytes, charset, vr);
    assert.equal(values.length, countValues(bytes, charset, vr));
    assert.equal(
      values.reduce((sum, value) => sum + value.length + 1, 0),
      bytes.length === 0 ? 0 : bytes.length + 1,
    );
    const { text, problem } = decodeStrict(bytes, charset, vr);
    assert.equal(decodeText(bytes, charset, vr), text);
    if (problem !== undefined) return false;
    const { bytes: encoded, lost } = encodeText(text, charset, vr);
    if (lost.length === 0) assert.equal(decodeText(encoded, charset, vr), text);
    return true;
  },
  show: ({ charset, vr, bytes }) => `${JSON.stringify(charset)} ${vr} ${showBytes(bytes)}`,
});
