/**
 * Text that is the same in every character set, compared without decoding it: most values of most worklists.
 * What these tests cannot judge, the tests of decoded text do; both give the same answer.
 */

import type { Vr } from '../dicom/vr.ts';
import { LEADING_BLANKS_COUNT } from './comparable-text.ts';
import { withSingleStars } from './match-wildcard.ts';

const BLANK = 0x20;
const CARET = 0x5e;
const EQUALS = 0x3d;
const STAR = -1;
const ANY_ONE = -2;
/** Longer lists are looked up, as text, faster than they are gone through. */
const SHORT_LIST = 8;

type Folding = 'none' | 'upper' | 'lower';

function foldTable(folding: Folding): Uint8Array {
  return Uint8Array.from({ length: 256 }, (_, byte) => {
    if (byte > 0x7f) return byte;
    const character = String.fromCharCode(byte);
    const folded = folding === 'upper' ? character.toUpperCase() : character.toLowerCase();
    return folding === 'none' ? byte : folded.charCodeAt(0);
  });
}

const FOLDS: Readonly<Record<Folding, Uint8Array>> = {
  none: foldTable('none'),
  upper: foldTable('upper'),
  lower: foldTable('lower'),
};

/** Tests bytes that are ASCII; `start` and `end` leave insignificant blanks out. */
type BytesTest = (bytes: Uint8Array, start: number, end: number) => boolean;

function compileCodes(pattern: string): Int16Array {
  return Int16Array.from(pattern, (character) => {
    if (character === '*') return STAR;
    return character === '?' ? ANY_ONE : character.charCodeAt(0);
  });
}

/** As compilePattern of match-wildcard.ts, on bytes; the pattern is folded already. */
function compileBytes(pattern: string, fold: Uint8Array): BytesTest {
  const wanted = compileCodes(withSingleStars(pattern));
  const stars = wanted.filter((code) => code === STAR).length;
  const shortest = wanted.length - stars;
  return (bytes, start, end) => {
    const length = end - start;
    if (length < shortest || (stars === 0 && length > shortest)) return false;
    let position = start;
    let index = 0;
    let starIndex = -1;
    let starPosition = 0;
    while (position < end) {
      const want = wanted[index];
      if (want === STAR) {
        starIndex = index++;
        starPosition = position;
      } else if (want !== undefined && (want === ANY_ONE || want === fold[bytes[position] as number])) {
        index++;
        position++;
      } else if (starIndex !== -1) {
        index = starIndex + 1;
        position = ++starPosition;
      } else {
        return false;
      }
    }
    while (wanted[index] === STAR) index++;
    return index === wanted.length;
  };
}

function isAscii(text: string): boolean {
  return !/[^\0-\x7f]/.test(text);
}

function endOf(bytes: Uint8Array): number {
  let end = bytes.length;
  while (end > 0 && (bytes[end - 1] === BLANK || bytes[end - 1] === 0)) end--;
  return end;
}

/** Judges a value of invariant bytes; undefined: only its decoded text can tell. */
export type InvariantTest = (value: Uint8Array) => boolean | undefined;

/** For patterns in comparable form of any text VR but PN. A letter beyond ASCII fits no invariant value. */
export function compileInvariantText(patterns: readonly string[], vr: Vr): InvariantTest {
  if (patterns.length > SHORT_LIST) return () => undefined;
  const fold = FOLDS[vr === 'CS' ? 'upper' : 'none'];
  const tests = patterns.filter(isAscii).map((pattern) => compileBytes(pattern, fold));
  const leadingBlanksCount = LEADING_BLANKS_COUNT.has(vr);
  return (value) => {
    const end = endOf(value);
    let start = 0;
    if (!leadingBlanksCount) while (start < end && (value[start] === BLANK || value[start] === 0)) start++;
    if (start === end) return false;
    for (const test of tests) {
      if (test(value, start, end)) return true;
    }
    return false;
  };
}

/** True where the bytes are one group as it is compared: no "=", no blanks around components. */
function isPlainGroup(value: Uint8Array, end: number): boolean {
  let previous = CARET;
  for (let index = 0; index < end; index++) {
    const byte = value[index] as number;
    if (byte === EQUALS || byte === 0) return false;
    if ((byte === BLANK && previous === CARET) || (byte === CARET && previous === BLANK)) return false;
    previous = byte;
  }
  return true;
}

/** For names in comparable form, all of one group; others are judged on decoded text. */
export function compileInvariantName(names: readonly (readonly string[])[]): InvariantTest {
  if (names.some((groups) => groups.length > 1)) return () => undefined;
  const patterns = names.map(([group = '']) => group).filter(isAscii);
  const tests = patterns.map((pattern) => compileBytes(pattern, FOLDS.lower));
  // A pattern with carets may fit a name to which empty components are supplied.
  const certain = !patterns.some((pattern) => pattern.includes('^') && /[*?]/.test(pattern));
  return (value) => {
    let end = endOf(value);
    if (!isPlainGroup(value, end)) return undefined;
    while (end > 0 && value[end - 1] === CARET) end--;
    if (end === 0) return false;
    for (const test of tests) {
      if (test(value, 0, end)) return true;
    }
    return certain ? false : undefined;
  };
}
