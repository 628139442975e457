/** Text from elsewhere as a DICOM value of one VR may hold it (PS3.5 6.2). */

import { type ElementVr, vrTraits } from '../dicom/vr.ts';

const LINE_BREAK = /\r\n?|\n/g;
/** C0, DEL and C1 but TAB, LF, FF, CR. */
const CONTROL = /[\u0000-\u0008\u000b\u000e-\u001f\u007f-\u009f]/g;
const SPACING = /[\t\n\f\r]+/g;
const ISO_DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const COLON_TIME = /^(\d{1,2}):(\d{2})(?::(\d{2}(?:\.\d{1,6})?))?$/;
const DATE = /^(\d{4})(\d{2})(\d{2})$/;
const TIME = /^([01]\d|2[0-3])(?:[0-5]\d(?:(?:[0-5]\d|60)(?:\.\d{1,6})?)?)?$/;

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

/** A date as DA: YYYYMMDD, or the same with hyphens as spreadsheets write it; undefined for no day of the calendar. */
export function fitDate(text: string): string | undefined {
  const digits = text.replace(ISO_DATE, '$1$2$3');
  const [, year, month, day] = DATE.exec(digits) ?? [];
  if (year === undefined) return undefined;
  const date = new Date(Date.UTC(2000, Number(month) - 1, Number(day)));
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  const exists = date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
  return exists ? digits : undefined;
}

/** A time as TM: HH[MM[SS[.F]]], or with colons; undefined for no time of the day. */
export function fitTime(text: string): string | undefined {
  const colons = COLON_TIME.exec(text);
  const digits = colons === null ? text : `${(colons[1] ?? '').padStart(2, '0')}${colons[2]}${colons[3] ?? ''}`;
  return TIME.test(digits) ? digits : undefined;
}
