/** Text from elsewhere as a DICOM value of one VR may hold it (PS3.5 6.2). */

import { type ElementVr, vrTraits } from '../dicom/vr.ts';

const LINE_BREAK = /\r\n?|\n/g;
/** C0, DEL and C1 but TAB, LF, FF, CR. */
const CONTROL = /[\u0000-\u0008\u000b\u000e-\u001f\u007f-\u009f]/g;
const SPACING = /[\t\n\f\r]+/g;
const NUMBERS = { DS: /^[+-]?(?:\d+\.?\d*|\.\d+)(?:E[+-]?\d+)?$/i, IS: /^[+-]?\d+$/ };
/** Not with three digits behind it: there it may be that of thousands. */
const DECIMAL_COMMA = /^([+-]?\d+),(\d{1,2})$/;

function withoutControls(text: string, vr: ElementVr): string {
  const printable = text.replace(CONTROL, '');
  // ST, LT and UT have lines, and CR LF between them; elsewhere a line break is as good as a blank.
  const { multiple, charset } = vrTraits(vr);
  return charset && !multiple
    ? printable.replace(LINE_BREAK, '\r\n').trimEnd()
    : printable.replace(SPACING, ' ').trim();
}

/** Control characters out, lines as DICOM has them, insignificant blanks away, CS in upper case. */
export function fitText(text: string, vr: ElementVr): string {
  const fitted = withoutControls(text, vr);
  return vr === 'CS' ? fitted.toUpperCase() : fitted;
}

/** A backslash separates values in most VRs, so text that is one value cannot hold it: a slash stands for it. */
export function fitOneValue(text: string, vr: ElementVr): string {
  const fitted = fitText(text, vr);
  return vrTraits(vr).multiple ? fitted.replaceAll('\\', '/') : fitted;
}

/** Numbers as DS or IS has them, each of a list; with a decimal comma, too. Undefined where one is no number. */
export function fitNumber(text: string, vr: 'DS' | 'IS'): string | undefined {
  const numbers = text.split('\\').map((number) => number.trim().replace(DECIMAL_COMMA, '$1.$2'));
  return numbers.every((number) => NUMBERS[vr].test(number)) ? numbers.join('\\') : undefined;
}
