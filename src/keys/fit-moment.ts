/** Dates and times as people and spreadsheets write them, as DICOM has them (PS3.5 6.2). */

const ISO_DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const COLON_TIME = /^(\d{1,2}):(\d{2})(?::(\d{2}(?:\.\d{1,6})?))?$/;
const DATE = /^(\d{4})(\d{2})(\d{2})$/;
const TIME = /^([01]\d|2[0-3])(?:[0-5]\d(?:(?:[0-5]\d|60)(?:\.\d{1,6})?)?)?$/;

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
