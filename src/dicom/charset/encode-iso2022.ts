/** Encodes into one-byte sets and ISO 2022 code extensions (PS3.5 6.1.2.5). */

import type { CodedSet } from './coded-set.ts';
import { ROMAJI } from './coded-sets.ts';
import type { Encoding } from './decoding.ts';
import { BACKSLASH, type Delimiters, isDelimiter } from './delimiters.ts';
import type { Iso2022Repertoire } from './repertoire.ts';

const ESC = 0x1b;
const SPACE = 0x20;
const DEL = 0x7f;
const QUESTION_MARK = 0x3f;

/** A text being written: its bytes so far, and the sets in use. */
interface Writing {
  readonly repertoire: Iso2022Repertoire;
  readonly bytes: number[];
  g0: CodedSet;
  g1: CodedSet | undefined;
}

/**
 * Each character in the first declared set that has it: value 1 comes first, so the alphabetic group of a name takes
 * an escape sequence only where its set lacks a character (PS3.5 6.2.1.2).
 */
export function encodeIso2022(text: string, repertoire: Iso2022Repertoire, delimiters: Delimiters): Encoding {
  const writing: Writing = { repertoire, bytes: [], g0: repertoire.g0, g1: repertoire.g1 };
  const lost = new Set<string>();
  for (const character of text) {
    const point = character.codePointAt(0) as number;
    if (point !== ESC && (point < SPACE || point === DEL || isDelimiter(point, delimiters))) {
      reset(writing);
      writing.bytes.push(point);
    } else if (point === SPACE) {
      writeInitial(writing, SPACE);
    } else if (!writeCharacter(writing, point, delimiters)) {
      lost.add(character);
      writeInitial(writing, QUESTION_MARK);
    }
  }
  reset(writing);
  return { bytes: new Uint8Array(writing.bytes), lost: [...lost] };
}

/** Writes a character in the first set that has it; says whether one has. */
function writeCharacter(writing: Writing, point: number, delimiters: Delimiters): boolean {
  for (const set of writing.repertoire.sets) {
    const code = set.codes().get(point);
    // The yen sign of JIS X 0201 is 5c: it cannot be written where a backslash separates values.
    if (code === undefined || (set === ROMAJI && code === BACKSLASH && delimiters.backslash)) continue;
    invoke(writing, set);
    const mask = set.element === 'G1' ? 0x80 : 0;
    if (set.width === 2) writing.bytes.push((code >> 8) | mask);
    writing.bytes.push((code & 0xff) | mask);
    return true;
  }
  return false;
}

/** Writes a byte that the initial G0 set has as ASCII has it. */
function writeInitial(writing: Writing, byte: number): void {
  invoke(writing, writing.repertoire.g0);
  writing.bytes.push(byte);
}

/** PS3.5 6.1.2.5.3. Where value 1 has no G1 set, being active again means that the next use designates anew. */
function reset(writing: Writing): void {
  const { g0, g1 } = writing.repertoire;
  invoke(writing, g0);
  if (g1 === undefined) writing.g1 = undefined;
  else invoke(writing, g1);
}

/** Designates a set unless it is in use. */
function invoke(writing: Writing, set: CodedSet): void {
  if (set === writing.g0 || set === writing.g1) return;
  writing.bytes.push(ESC, ...Buffer.from(set.designator, 'latin1'));
  if (set.element === 'G0') writing.g0 = set;
  else writing.g1 = set;
}
