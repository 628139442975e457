/** The coded character sets of PS3.3 C.12.1.1.2, by their number in the ISO registry, and their escape sequences. */

import { type CodedSet, type CodeElement, codedSet } from './coded-set.ts';

/** ISO 646, the default repertoire. */
export const ASCII = codedSet({
  name: 'ISO 646',
  element: 'G0',
  designator: '(B',
  width: 1,
  source: (code) => (isGraphic(code) ? String.fromCharCode(code) : ''),
});

/** ISO-IR 14: ISO 646 but for 5c, the yen sign, and 7e, the overline. */
export const ROMAJI = codedSet({
  name: 'JIS X 0201 romaji',
  element: 'G0',
  designator: '(J',
  width: 1,
  source: (code) => {
    if (code === 0x5c) return '\u00a5';
    if (code === 0x7e) return '\u203e';
    return isGraphic(code) ? String.fromCharCode(code) : '';
  },
});

const KATAKANA = codedSet({
  name: 'JIS X 0201 katakana',
  element: 'G1',
  designator: ')I',
  width: 1,
  // 21-5f are the half-width forms, in the same order as U+FF61 and up.
  source: (code) => (code >= 0x21 && code <= 0x5f ? String.fromCharCode(0xff61 + code - 0x21) : ''),
});

const LATIN_1 = codedSet({
  name: 'ISO 8859-1',
  element: 'G1',
  designator: '-A',
  width: 1,
  source: (code) => String.fromCharCode(code | 0x80),
});

const JIS_X_0208 = codedSet({
  name: 'JIS X 0208',
  element: 'G0',
  designator: '$B',
  width: 2,
  source: 'euc-jp',
  // Wave dash, double vertical line, minus, cent, pound and not sign.
  corrections: new Map([
    [0x2141, 0x301c],
    [0x2142, 0x2016],
    [0x215d, 0x2212],
    [0x2171, 0xa2],
    [0x2172, 0xa3],
    [0x224c, 0xac],
  ]),
  // Rows 13 and 89-92 are NEC's; the standard ends with row 84 and leaves rows 9-15 empty.
  isAddition: (code) => (code >= 0x2921 && code < 0x3000) || code > 0x747e,
});

const JIS_X_0212 = codedSet({
  name: 'JIS X 0212',
  element: 'G0',
  designator: '$(D',
  width: 2,
  source: 'euc-jp',
  prefix: [0x8f],
  // Rows 83 and 84 are IBM's.
  isAddition: (code) => code >= 0x7321,
});

const KS_X_1001 = codedSet({ name: 'KS X 1001', element: 'G1', designator: '$)C', width: 2, source: 'euc-kr' });

const GB_2312 = codedSet({
  name: 'GB 2312',
  element: 'G1',
  designator: '$)A',
  width: 2,
  source: 'gbk',
  // What GBK put into the holes: small Roman numerals, vertical punctuation, six letters of pinyin.
  isAddition: (code) =>
    (code >= 0x2221 && code <= 0x222a) || (code >= 0x2660 && code <= 0x2675) || (code >= 0x283b && code <= 0x2840),
});

function isGraphic(code: number): boolean {
  return code >= 0x21 && code <= 0x7e;
}

/** A 96-character set as a WHATWG encoding has it at a0-ff. */
function rightHalf(name: string, designator: string, source: string): CodedSet {
  return codedSet({ name, element: 'G1', designator, width: 1, source });
}

/** The sets that a defined term brings in. */
export interface TermSets {
  readonly g0?: CodedSet;
  readonly g1?: CodedSet;
}

/** What "ISO_IR n" and "ISO 2022 IR n" name. */
export const SETS_OF_TERM: ReadonlyMap<number, TermSets> = new Map<number, TermSets>([
  [6, { g0: ASCII }],
  [100, { g0: ASCII, g1: LATIN_1 }],
  [101, { g0: ASCII, g1: rightHalf('ISO 8859-2', '-B', 'iso-8859-2') }],
  [109, { g0: ASCII, g1: rightHalf('ISO 8859-3', '-C', 'iso-8859-3') }],
  [110, { g0: ASCII, g1: rightHalf('ISO 8859-4', '-D', 'iso-8859-4') }],
  [126, { g0: ASCII, g1: rightHalf('ISO 8859-7', '-F', 'iso-8859-7') }],
  [127, { g0: ASCII, g1: rightHalf('ISO 8859-6', '-G', 'iso-8859-6') }],
  [138, { g0: ASCII, g1: rightHalf('ISO 8859-8', '-H', 'iso-8859-8') }],
  [144, { g0: ASCII, g1: rightHalf('ISO 8859-5', '-L', 'iso-8859-5') }],
  // WHATWG has Microsoft's supersets of these two; they differ at 80-9f only.
  [148, { g0: ASCII, g1: rightHalf('ISO 8859-9', '-M', 'windows-1254') }],
  [166, { g0: ASCII, g1: rightHalf('TIS 620', '-T', 'windows-874') }],
  [203, { g0: ASCII, g1: rightHalf('ISO 8859-15', '-b', 'iso-8859-15') }],
  [13, { g0: ROMAJI, g1: KATAKANA }],
  [87, { g0: JIS_X_0208 }],
  [159, { g0: JIS_X_0212 }],
  [149, { g1: KS_X_1001 }],
  [58, { g1: GB_2312 }],
]);

export interface Designation {
  readonly set: CodedSet;
  readonly element: CodeElement;
  /** What follows ESC. */
  readonly designator: string;
}

const DESIGNATIONS: ReadonlyMap<number, Designation> = new Map(
  [
    ...[...SETS_OF_TERM.values()].flatMap(({ g0, g1 }) => [g0, g1]).flatMap((set) => (set ? [designation(set)] : [])),
    // Not DICOM's, but met in text that other programs encoded: JIS C 6226, and G1 sets put into G0.
    designation(JIS_X_0208, '$@'),
    designation(JIS_X_0208, '$(B'),
    designation(KATAKANA, '(I', 'G0'),
    designation(KS_X_1001, '$(C', 'G0'),
    designation(GB_2312, '$A', 'G0'),
  ].map((entry) => [keyOf(Buffer.from(entry.designator, 'latin1'), 0, entry.designator.length), entry]),
);

function designation(set: CodedSet, designator = set.designator, element = set.element): Designation {
  return { set, element, designator };
}

/** The designation that the bytes after an ESC spell, if it is one this program knows. */
export function designationAt(bytes: Uint8Array, afterEscape: number): Designation | undefined {
  const isLong = bytes[afterEscape] === 0x24 && (bytes[afterEscape + 1] === 0x28 || bytes[afterEscape + 1] === 0x29);
  return DESIGNATIONS.get(keyOf(bytes, afterEscape, isLong ? 3 : 2));
}

/** The bytes as one number, missing ones as 0; quicker to look up than a string. */
function keyOf(bytes: Uint8Array, from: number, length: number): number {
  let key = 0;
  for (let at = from; at < from + length; at += 1) key = (key << 8) | (bytes[at] ?? 0);
  return key;
}
