/**
 * Text of value fields to strings and back, by Specific Character Set (0008,0005) and VR (PS3.5 6.1, 6.2).
 * `charset` is the raw text of (0008,0005): 'ISO_IR 100', '\\ISO 2022 IR 87', '' for the default repertoire.
 * Padding is part of the value here: it is neither removed nor added.
 */

import { type ElementVr, vrTraits } from '../vr.ts';
import { indicesOfByte, isAscii, isAsciiText, isInvariant, latin1Text } from './ascii.ts';
import { ROMAJI } from './coded-sets.ts';
import { decodeGb, decodeGbStrict, gbBackslashes } from './decode-gb.ts';
import { decodeIso2022 } from './decode-iso2022.ts';
import { type Decoding, decoding, type Encoding, hex } from './decoding.ts';
import { BACKSLASH, delimitersOf } from './delimiters.ts';
import { encodeGb } from './encode-gb.ts';
import { encodeIso2022 } from './encode-iso2022.ts';
import { type Repertoire, readCharset } from './repertoire.ts';
import { respell } from './respell.ts';
import { decodeUtf8, decodeUtf8Strict, encodeUtf8 } from './utf8.ts';

const ESC = 0x1b;
const NOTHING_LOST: readonly string[] = [];

/**
 * The text of a value field. Bytes that mean nothing in the character set become U+FFFD; an ESC that starts no known
 * designation stays, as the control character it is. In ISO_IR 13, 5c is a backslash where it separates values and a
 * yen sign in ST, LT and UT (JIS X 0201).
 */
export function decodeText(bytes: Uint8Array, charset: string, vr: ElementVr): string {
  if (isInvariant(bytes)) return latin1Text(bytes);
  if (!vrTraits(vr).charset) return decodeDefault(bytes);
  const { repertoire } = readCharset(charset);
  switch (repertoire.scheme) {
    case 'utf-8':
      return decodeUtf8(bytes);
    case 'gb18030':
    case 'gbk':
      return decodeGb(bytes);
    case 'iso2022':
      if (repertoire.g0 !== ROMAJI && isAscii(bytes)) return latin1Text(bytes);
      return decodeIso2022(bytes, repertoire, delimitersOf(vr)).text;
    default:
      return repertoire satisfies never;
  }
}

/** As `decodeText`, and says what does not fit, if anything: the first byte counted from 0, or the term not known. */
export function decodeStrict(bytes: Uint8Array, charset: string, vr: ElementVr): Decoding {
  if (!vrTraits(vr).charset) {
    const at = bytes.findIndex((byte) => byte > 0x7f);
    const problem = at < 0 ? undefined : `byte ${at}: ${hex(bytes[at] ?? 0)} is not ASCII`;
    return decoding(decodeDefault(bytes), problem);
  }
  const { repertoire, known, problems } = readCharset(charset);
  const reading = decodeInRepertoire(bytes, repertoire, vr);
  // A term that is not known does no harm to ASCII; else it is the cause of what comes out wrong.
  return known || isAscii(bytes) ? reading : decoding(reading.text, `character set: ${problems.join(', ')}`);
}

function decodeInRepertoire(bytes: Uint8Array, repertoire: Repertoire, vr: ElementVr): Decoding {
  switch (repertoire.scheme) {
    case 'utf-8':
      return decodeUtf8Strict(bytes);
    case 'gb18030':
    case 'gbk':
      return decodeGbStrict(bytes, repertoire.scheme);
    case 'iso2022': {
      const { text, problem } = decodeIso2022(bytes, repertoire, delimitersOf(vr));
      return decoding(text, problem);
    }
    default:
      return repertoire satisfies never;
  }
}

/** AE, CS, UI and so on never leave the default repertoire, nor know escape sequences (PS3.5 6.1.2.2). */
function decodeDefault(bytes: Uint8Array): string {
  return latin1Text(bytes).replace(/[\u0080-\u00ff]/g, '\ufffd');
}

/**
 * The values of a value field, each as its bytes; none when it is empty. Only backslash characters separate, not a 5c
 * that is half of a two-byte code. VRs whose text is one value (ST, LT, UT, UR) and all that is no text give one.
 */
export function splitValues(bytes: Uint8Array, charset: string, vr: ElementVr): Uint8Array[] {
  if (bytes.length === 0) return [];
  const values: Uint8Array[] = [];
  let start = 0;
  for (const separator of separatorsOf(bytes, charset, vr)) {
    values.push(bytes.subarray(start, separator));
    start = separator + 1;
  }
  values.push(bytes.subarray(start));
  return values;
}

/** How many values `splitValues` gives. */
export function countValues(bytes: Uint8Array, charset: string, vr: ElementVr): number {
  return bytes.length === 0 ? 0 : separatorsOf(bytes, charset, vr).length + 1;
}

function separatorsOf(bytes: Uint8Array, charset: string, vr: ElementVr): readonly number[] {
  const delimiters = delimitersOf(vr);
  if (!delimiters.backslash || !bytes.includes(BACKSLASH)) return [];
  if (!vrTraits(vr).charset) return indicesOfByte(bytes, BACKSLASH);
  const { repertoire } = readCharset(charset);
  switch (repertoire.scheme) {
    case 'utf-8':
      return indicesOfByte(bytes, BACKSLASH);
    case 'gb18030':
    case 'gbk':
      return gbBackslashes(bytes);
    case 'iso2022':
      if (!bytes.includes(ESC)) return indicesOfByte(bytes, BACKSLASH);
      return decodeIso2022(bytes, repertoire, delimiters).separators;
    default:
      return repertoire satisfies never;
  }
}

/**
 * The bytes of a text, with escape sequences where the character set has code extensions. What has no code is tried
 * in its composed form and under the other number some conversion tables give it before '?' takes its place.
 */
export function encodeText(text: string, charset: string, vr: ElementVr): Encoding {
  const { repertoire } = readCharset(vrTraits(vr).charset ? charset : '');
  const isRomaji = repertoire.scheme === 'iso2022' && repertoire.g0 === ROMAJI;
  if (!isRomaji && isAsciiText(text)) return { bytes: Buffer.from(text, 'latin1'), lost: NOTHING_LOST };

  const encoding = encodeInRepertoire(text, repertoire, vr);
  if (encoding.lost.length === 0) return encoding;
  const canWrite = (character: string) => encodeInRepertoire(character, repertoire, vr).lost.length === 0;
  const respelt = respell(text, encoding.lost, canWrite);
  return respelt === text ? encoding : encodeInRepertoire(respelt, repertoire, vr);
}

function encodeInRepertoire(text: string, repertoire: Repertoire, vr: ElementVr): Encoding {
  switch (repertoire.scheme) {
    case 'utf-8':
      return encodeUtf8(text);
    case 'gb18030':
    case 'gbk':
      return encodeGb(text, repertoire.scheme);
    case 'iso2022':
      return encodeIso2022(text, repertoire, delimitersOf(vr));
    default:
      return repertoire satisfies never;
  }
}

/** True when every term is recognised, also in a spelling that `charsetProblems` finds fault with. */
export function isKnownCharset(charset: string): boolean {
  return readCharset(charset).known;
}

/** What is wrong with the terms of (0008,0005) or with their combination; empty when nothing is (PS3.3 C.12.1.1.2). */
export function charsetProblems(charset: string): readonly string[] {
  return readCharset(charset).problems;
}
