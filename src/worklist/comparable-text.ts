/** Text in the form in which it is compared: what the VR calls insignificant is gone (PS3.5 6.2). */

import { trimPadding, trimPaddingEnd } from '../dicom/trim-padding.ts';
import type { Vr } from '../dicom/vr.ts';

const NON_ASCII = /[^\0-\x7f]/;

/** Leading blanks count in these (PS3.5 6.2); in no VR do trailing ones. */
export const LEADING_BLANKS_COUNT: ReadonlySet<Vr> = new Set<Vr>(['LT', 'ST', 'UC', 'UR', 'UT']);

/** One code point for each composed character, so that both spellings of an accent are equal and "?" fits either. */
export function composed(text: string): string {
  return NON_ASCII.test(text) ? text.normalize('NFC') : text;
}

/** Text of any VR but PN as it is compared: exactly, but for insignificant blanks (PS3.4 C.2.2.2.1). */
export function comparableText(text: string, vr: Vr): string {
  const trimmed = LEADING_BLANKS_COUNT.has(vr) ? trimPaddingEnd(text) : trimPadding(text);
  // CS has no lower case, so a lower-case code means the upper-case one.
  return vr === 'CS' ? trimmed.toUpperCase() : composed(trimmed);
}
