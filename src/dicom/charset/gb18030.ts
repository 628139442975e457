/** GB18030 and GBK as character sets that stand alone (PS3.3 C.12.1.1.2, PS3.5 annexes J and K). */

import { TextDecoder } from 'node:util';
import { type Decoding, decoding, type Encoding, hex } from './decoding.ts';
import { BACKSLASH } from './delimiters.ts';

const REPLACEMENT = 0xfffd;
/** GB18030's own code for U+FFFD: put where bytes form no code, so that the decoder sees nothing malformed. */
const REPLACEMENT_CODE = [0x84, 0x31, 0xa4, 0x37] as const;
const QUESTION_MARK = 0x3f;
/** Four-byte codes of the Basic Multilingual Plane, 81308130 to 8431a439, count from 0. */
const BMP_CODES = 39420;
/** 8431a437 in the count of four-byte codes. */
const REPLACEMENT_POSITION = 3 * 12600 + 1 * 1260 + (0xa4 - 0x81) * 10 + 7;
/** 90308130, U+10000, in the same count. */
const FIRST_SUPPLEMENTARY = 189000;

/** How many bytes the code at `at` has; 0 where none starts. */
function codeLength(bytes: Uint8Array, at: number): 0 | 1 | 2 | 4 {
  const first = bytes[at] as number;
  if (first < 0x80) return 1;
  if (!isLead(first)) return 0;
  const second = bytes[at + 1] ?? 0;
  if ((second >= 0x40 && second <= 0x7e) || (second >= 0x80 && second <= 0xfe)) return 2;
  return isDigit(second) && isLead(bytes[at + 2] ?? 0) && isDigit(bytes[at + 3] ?? 0) ? 4 : 0;
}

function isLead(byte: number): boolean {
  return byte >= 0x81 && byte <= 0xfe;
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}

/** Where a byte 5c is a character of its own and not the second half of one. */
export function gbBackslashes(bytes: Uint8Array): number[] {
  const found: number[] = [];
  for (let at = 0; at < bytes.length; at += codeLength(bytes, at) || 1) {
    if (bytes[at] === BACKSLASH) found.push(at);
  }
  return found;
}

export function decodeGb(bytes: Uint8Array): string {
  return decoder().decode(wellFormed(bytes));
}

/** Decodes and names the first byte that is no part of a code, or has none of GBK. */
export function decodeGbStrict(bytes: Uint8Array, scheme: 'gb18030' | 'gbk'): Decoding {
  return decoding(decodeGb(bytes), firstProblem(bytes, scheme));
}

function firstProblem(bytes: Uint8Array, scheme: 'gb18030' | 'gbk'): string | undefined {
  for (let at = 0; at < bytes.length; ) {
    const length = codeLength(bytes, at);
    const code = bytes.subarray(at, at + (length || 1));
    const name = scheme === 'gbk' ? 'GBK' : 'GB18030';
    if (length === 0 || (length === 4 && scheme === 'gbk')) return `byte ${at}: ${name} has no code ${hex(...code)}`;
    const isReplacement = length > 1 && decoder().decode(code) === '\ufffd';
    if (isReplacement && !REPLACEMENT_CODE.every((byte, index) => byte === code[index])) {
      return `byte ${at}: ${name} has no code ${hex(...code)}`;
    }
    at += length;
  }
  return undefined;
}

/** The bytes with U+FFFD's code for each that belongs to none. */
function wellFormed(bytes: Uint8Array): Uint8Array {
  const malformed: number[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = codeLength(bytes, at);
    if (length === 0) malformed.push(at);
    at += length || 1;
  }
  if (malformed.length === 0) return bytes;

  const repaired = new Uint8Array(bytes.length + malformed.length * (REPLACEMENT_CODE.length - 1));
  let from = 0;
  let to = 0;
  for (const at of malformed) {
    repaired.set(bytes.subarray(from, at), to);
    to += at - from;
    repaired.set(REPLACEMENT_CODE, to);
    to += REPLACEMENT_CODE.length;
    from = at + 1;
  }
  repaired.set(bytes.subarray(from), to);
  return repaired;
}

export function encodeGb(text: string, scheme: 'gb18030' | 'gbk'): Encoding {
  const bytes: number[] = [];
  const lost = new Set<string>();
  for (const character of text) {
    const code = codeOf(character.codePointAt(0) as number, scheme);
    if (code === undefined) lost.add(character);
    bytes.push(...(code ?? [QUESTION_MARK]));
  }
  return { bytes: Uint8Array.from(bytes), lost: [...lost] };
}

function codeOf(point: number, scheme: 'gb18030' | 'gbk'): readonly number[] | undefined {
  if (point < 0x80) return [point];
  const pair = point > 0xffff ? 0 : (pairs()[point] ?? 0);
  if (pair) return [pair >> 8, pair & 0xff];
  if (scheme === 'gbk') return undefined;
  if (point > 0xffff) return fourBytes(point - 0x10000 + FIRST_SUPPLEMENTARY);
  const position = fours()[point];
  return position ? fourBytes(position - 1) : undefined;
}

function fourBytes(position: number): number[] {
  const last = position % 10;
  const third = Math.floor(position / 10) % 126;
  const second = Math.floor(position / 1260) % 10;
  return [0x81 + Math.floor(position / 12600), 0x30 + second, 0x81 + third, 0x30 + last];
}

let sharedDecoder: TextDecoder | undefined;

/** Both sets through one decoder: GBK's codes mean the same in GB18030. */
function decoder(): TextDecoder {
  sharedDecoder ??= new TextDecoder('gb18030', { ignoreBOM: true });
  return sharedDecoder;
}

let pairTable: Uint16Array | undefined;
let fourTable: Uint16Array | undefined;

/** Two-byte codes by character. */
function pairs(): Uint16Array {
  pairTable ??= invert(
    Array.from({ length: 126 * 191 }, (_, index) => [0x81 + Math.floor(index / 191), 0x40 + (index % 191)]).filter(
      ([, second]) => second !== 0x7f,
    ),
    ([first = 0, second = 0]) => (first << 8) | second,
  );
  return pairTable;
}

/** Four-byte codes by character, as their count plus one. */
function fours(): Uint16Array {
  fourTable ??= invert(
    Array.from({ length: BMP_CODES }, (_, position) => fourBytes(position)),
    (_, position) => position + 1,
  );
  fourTable[REPLACEMENT] = REPLACEMENT_POSITION + 1;
  return fourTable;
}

function invert(codes: readonly number[][], entryOf: (code: number[], index: number) => number): Uint16Array {
  const characters = decoder()
    .decode(Uint8Array.from(codes.flatMap((code) => [...code, 0x0a])))
    .split('\n');
  const table = new Uint16Array(0x10000);
  codes.forEach((code, index) => {
    const character = characters[index] ?? '';
    const unit = character.charCodeAt(0);
    // Some characters have two codes; the first is the one to write.
    if (character.length === 1 && unit !== REPLACEMENT && !table[unit]) table[unit] = entryOf(code, index);
  });
  return table;
}
