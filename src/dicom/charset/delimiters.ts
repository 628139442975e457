/** The characters that end a value or a part of it, by VR (PS3.5 6.1.2.5.3, 6.2.1.2). */

import { type ElementVr, vrTraits } from '../vr.ts';

export interface Delimiters {
  /** 5c separates values; elsewhere (ST, LT, UT, UR) it is text. */
  readonly backslash: boolean;
  /** 5e and 3d separate components and groups of a person name. */
  readonly nameParts: boolean;
}

export const BACKSLASH = 0x5c;
const CARET = 0x5e;
const EQUALS = 0x3d;

const NONE: Delimiters = { backslash: false, nameParts: false };
const VALUES: Delimiters = { backslash: true, nameParts: false };
const NAMES: Delimiters = { backslash: true, nameParts: true };

export function delimitersOf(vr: ElementVr): Delimiters {
  if (vr === 'PN') return NAMES;
  const { kind, multiple } = vrTraits(vr);
  return multiple && (kind === 'text' || kind === 'uid') ? VALUES : NONE;
}

/** True where `code`, met in a one-byte set, is a delimiter and not text. */
export function isDelimiter(code: number, delimiters: Delimiters): boolean {
  if (code === BACKSLASH) return delimiters.backslash;
  return delimiters.nameParts && (code === CARET || code === EQUALS);
}
