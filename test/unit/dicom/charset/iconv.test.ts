/** Every character of every set against glibc's tables. */

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { SETS_OF_TERM } from '../../../../src/dicom/charset/coded-sets.ts';
import { decodeText, encodeText } from '../../../../src/dicom/charset/text-codec.ts';
import { missing, runPeer } from '../../../support/peers.ts';

/** Characters that glibc has under other numbers: ours, glibc's. */
const GB_2312_DIFFERS = new Map([
  ['\u00b7', '\u30fb'],
  ['\u2014', '\u2015'],
]);

interface Comparison {
  readonly charset: string;
  readonly iconv: string;
  readonly text: () => string;
  /** Designations that glibc's encoding of the same codes does without. */
  readonly without?: string;
  readonly differs?: ReadonlyMap<string, string>;
}

/** All characters of the sets that terms name, in lines short enough for a reader. */
function repertoire(...terms: readonly number[]): string {
  const sets = terms.flatMap((term) => {
    const { g0, g1 } = SETS_OF_TERM.get(term) ?? {};
    return [g0, g1].filter((set) => set !== undefined);
  });
  const units = sets.flatMap((set) => [...set.codes().keys()]).filter((unit) => unit < 0x7f || unit > 0x9f);
  return units.map((unit, index) => (index % 64 === 63 ? '\n' : '') + String.fromCharCode(unit)).join('');
}

/** The Basic Multilingual Plane without surrogates and private use, and some of what lies beyond. */
function unicode(): string {
  let text = '';
  for (let point = 0x20; point <= 0xffff; point += 1) {
    if (point < 0xd800 || point > 0xf8ff) text += String.fromCodePoint(point);
  }
  for (let point = 0x10000; point <= 0x10ffff; point += 1021) text += String.fromCodePoint(point);
  return text.replace('\u001b', '');
}

/** What GBK has under its own number, not under another that looks the same. */
function gbk(): string {
  const isInGbk = (character: string) =>
    decodeText(encodeText(character, 'GBK', 'UT').bytes, 'GBK', 'UT') === character;
  return Array.from(unicode()).filter(isInGbk).join('');
}

const COMPARISONS: readonly Comparison[] = [
  ...(
    [
      [100, 'ISO-8859-1'],
      [101, 'ISO-8859-2'],
      [109, 'ISO-8859-3'],
      [110, 'ISO-8859-4'],
      [126, 'ISO-8859-7'],
      [127, 'ISO-8859-6'],
      [138, 'ISO-8859-8'],
      [144, 'ISO-8859-5'],
      [148, 'ISO-8859-9'],
      [166, 'ISO-8859-11'],
      [203, 'ISO-8859-15'],
      // Its one-byte codes are JIS X 0201.
      [13, 'SHIFT_JIS'],
    ] as const
  ).map(([term, iconv]) => ({ charset: `ISO_IR ${term}`, iconv, text: () => repertoire(term) })),
  { charset: '\\ISO 2022 IR 87', iconv: 'ISO-2022-JP', text: () => repertoire(6, 87) },
  { charset: '\\ISO 2022 IR 87\\ISO 2022 IR 159', iconv: 'ISO-2022-JP-2', text: () => repertoire(87, 159, 6) },
  { charset: '\\ISO 2022 IR 149', iconv: 'EUC-KR', text: () => repertoire(6, 149), without: '\u001b$)C' },
  {
    charset: '\\ISO 2022 IR 58',
    iconv: 'EUC-CN',
    text: () => repertoire(6, 58),
    without: '\u001b$)A',
    differs: GB_2312_DIFFERS,
  },
  { charset: 'GBK', iconv: 'GBK', text: gbk },
  { charset: 'GB18030', iconv: 'GB18030', text: unicode },
  { charset: 'ISO_IR 192', iconv: 'UTF-8', text: unicode },
];

describe('glibc decodes what encodeText wrote', { skip: missing('iconv') }, () => {
  for (const { charset, iconv, text: textOf, without, differs = new Map<string, string>() } of COMPARISONS) {
    it(`"${charset}" as ${iconv}`, async () => {
      const text = textOf();
      const { bytes, lost } = encodeText(text, charset, 'UT');
      assert.deepEqual(lost, []);
      assert.equal(decodeText(bytes, charset, 'UT'), text);
      const foreign = without === undefined ? bytes : withoutAll(bytes, without);
      const { code, stdout, stderr } = await runPeer('iconv', ['-f', iconv, '-t', 'UTF-8'], { input: foreign });
      assert.equal(code, 0, stderr);
      const expected = text.replace(/[^\n]/gu, (character) => differs.get(character) ?? character);
      assert.equal(stdout.toString('utf8'), expected);
    });
  }
});

function withoutAll(bytes: Uint8Array, sequence: string): Uint8Array {
  return Buffer.from(Buffer.from(bytes).toString('latin1').replaceAll(sequence, ''), 'latin1');
}
