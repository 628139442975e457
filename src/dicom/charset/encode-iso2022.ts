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

/**
 * Each character in the first declared set that has it: value 1 comes first, so the alphabetic group of a name takes
 * an escape sequence only where its set lacks a character (PS3.5 6.2.1.2).
 */
export function encodeIso2022(text: string, repertoire: Iso2022Repertoire, delimiters: Delimiters): Encoding {
  const bytes: number[] = [];
  const lost = new Set<string>();
  let { g0, g1 } = repertoire;

  const designate = (set: CodedSet) => {
    bytes.push(ESC, ...Buffer.from(set.designator, 'latin1'));
  };
  const useG0 = (set: CodedSet) => {
    if (g0 !== set) designate(set);
    g0 = set;
  };
  const useG1 = (set: CodedSet) => {
    if (g1 !== set) designate(set);
    g1 = set;
  };
  /** PS3.5 6.1.2.5.3. Where value 1 has no G1 set, being active again means that the next use designates anew. */
  const reset = () => {
    useG0(repertoire.g0);
    if (repertoire.g1 === undefined) g1 = undefined;
    else useG1(repertoire.g1);
  };
  const write = (set: CodedSet, code: number) => {
    if (set.element === 'G0') useG0(set);
    else useG1(set);
    const mask = set.element === 'G1' ? 0x80 : 0;
    if (set.width === 2) bytes.push((code >> 8) | mask, (code & 0xff) | mask);
    else bytes.push(code | mask);
  };

  for (const character of text) {
    const point = character.codePointAt(0) as number;
    if (point !== ESC && (point < SPACE || point === DEL || isDelimiter(point, delimiters))) {
      reset();
      bytes.push(point);
    } else if (point === SPACE) {
      useG0(repertoire.g0);
      bytes.push(SPACE);
    } else {
      const set = repertoire.sets.find((each) => isWritable(each, point, delimiters));
      if (set !== undefined) write(set, set.codes().get(point) as number);
      else {
        lost.add(character);
        useG0(repertoire.g0);
        bytes.push(QUESTION_MARK);
      }
    }
  }
  reset();
  return { bytes: Uint8Array.from(bytes), lost: [...lost] };
}

/** The yen sign of JIS X 0201 shares 5c with the backslash, so it cannot be written where that separates values. */
function isWritable(set: CodedSet, point: number, delimiters: Delimiters): boolean {
  const code = set.codes().get(point);
  return code !== undefined && !(set === ROMAJI && code === BACKSLASH && delimiters.backslash);
}
