/** Encodes into GB18030 and GBK (PS3.5 annex J). */

import { decoderOf, type GbScheme } from './decode-gb.ts';
import { type Encoding, isPrivateUse, REPLACEMENT } from './decoding.ts';

const QUESTION_MARK = 0x3f;
const NEW_LINE = 0x0a;
/** Four-byte codes of the Basic Multilingual Plane, 81308130 to 8431a439, count from 0. */
const BMP_CODES = 39420;
/** 8431a437 in the count of four-byte codes. */
const REPLACEMENT_POSITION = 3 * 12600 + 1 * 1260 + (0xa4 - 0x81) * 10 + 7;
/** 90308130, U+10000, in the same count. */
const FIRST_SUPPLEMENTARY = 189000;

export function encodeGb(text: string, scheme: GbScheme): Encoding {
  const bytes: number[] = [];
  const lost = new Set<string>();
  for (const character of text) {
    const code = codeOf(character.codePointAt(0) as number, scheme);
    if (code === undefined) lost.add(character);
    bytes.push(...(code ?? [QUESTION_MARK]));
  }
  return { bytes: new Uint8Array(bytes), lost: [...lost] };
}

function codeOf(point: number, scheme: GbScheme): readonly number[] | undefined {
  if (point < 0x80) return [point];
  if (point > 0xffff) return scheme === 'gbk' ? undefined : fourBytes(point - 0x10000 + FIRST_SUPPLEMENTARY);
  const pair = pairsOf(scheme)[point];
  if (pair) return [pair >> 8, pair & 0xff];
  const position = scheme === 'gbk' ? 0 : fours()[point];
  return position ? fourBytes(position - 1) : undefined;
}

function fourBytes(position: number): number[] {
  const last = position % 10;
  const third = Math.floor(position / 10) % 126;
  const second = Math.floor(position / 1260) % 10;
  return [0x81 + Math.floor(position / 12600), 0x30 + second, 0x81 + third, 0x30 + last];
}

const pairTables = new Map<GbScheme, Uint16Array>();
let fourTable: Uint16Array | undefined;

/** Two-byte codes by character. */
function pairsOf(scheme: GbScheme): Uint16Array {
  const known = pairTables.get(scheme);
  if (known !== undefined) return known;
  const table = invert(allPairs(), scheme, ([first = 0, second = 0]) => (first << 8) | second);
  pairTables.set(scheme, table);
  return table;
}

function allPairs(): number[][] {
  const pairs = Array.from({ length: 126 * 191 }, (_, index) => [0x81 + Math.floor(index / 191), 0x40 + (index % 191)]);
  return pairs.filter(([, second]) => second !== 0x7f);
}

/** Four-byte codes by character, as their count plus one. */
function fours(): Uint16Array {
  if (fourTable === undefined) {
    const codes = Array.from({ length: BMP_CODES }, (_, position) => fourBytes(position));
    fourTable = invert(codes, 'gb18030', (_, position) => position + 1);
    fourTable[REPLACEMENT] = REPLACEMENT_POSITION + 1;
  }
  return fourTable;
}

function invert(
  codes: readonly number[][],
  scheme: GbScheme,
  entryOf: (code: number[], index: number) => number,
): Uint16Array {
  const bytes = Uint8Array.from(codes.flatMap((code) => [...code, NEW_LINE]));
  const characters = decoderOf(scheme).decode(bytes).split('\n');
  const table = new Uint16Array(0x10000);
  codes.forEach((code, index) => {
    const character = characters[index] ?? '';
    const unit = character.charCodeAt(0);
    const isAssigned = character.length === 1 && unit !== REPLACEMENT && !(scheme === 'gbk' && isPrivateUse(unit));
    // Some characters have two codes; the first is the one to write.
    if (isAssigned && !table[unit]) table[unit] = entryOf(code, index);
  });
  return table;
}
