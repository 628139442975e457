/** Dates and times as people and spreadsheets write them, as DICOM has them (PS3.5 6.2). */

const ISO_DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
/** Day first: nobody who writes the month first writes dots. */
const DOTTED_DATE = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/;
const HALF_DAY_TIME = /^(0?[1-9]|1[0-2])(:\d{2}(?::\d{2})?) ?([AP])M$/i;
const COLON_TIME = /^(\d{1,2}):(\d{2})(?::(\d{2}(?:\.\d{1,6})?))?$/;
const DATE = /^(\d{4})(\d{2})(\d{2})$/;
const TIME = /^([01]\d|2[0-3])(?:[0-5]\d(?:(?:[0-5]\d|60)(?:\.\d{1,6})?)?)?$/;

/** A date as DA: YYYYMMDD, YYYY-MM-DD or D.M.YYYY as spreadsheets write it; undefined for no day of the calendar. */
export function fitDate(text: string): string | undefined {
  const [, dottedDay = '', dottedMonth = '', dottedYear] = DOTTED_DATE.exec(text) ?? [];
  const digits =
    dottedYear === undefined
      ? text.replace(ISO_DATE, '$1$2$3')
      : `${dottedYear}${dottedMonth.padStart(2, '0')}${dottedDay.padStart(2, '0')}`;
  const [, year, month, day] = DATE.exec(digits) ?? [];
  if (year === undefined) return undefined;
  const date = new Date(Date.UTC(2000, Number(month) - 1, Number(day)));
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  const exists = date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
  return exists ? digits : undefined;
}

/** A time as TM: HH[MM[SS[.F]]], or with colons, then also of the half of a day; undefined for no time of the day. */
export function fitTime(text: string): string | undefined {
  const [, hour, rest = '', half = ''] = HALF_DAY_TIME.exec(text) ?? [];
  const whole = hour === undefined ? text : `${(Number(hour) % 12) + (half.toUpperCase() === 'P' ? 12 : 0)}${rest}`;
  const colons = COLON_TIME.exec(whole);
  const digits = colons === null ? whole : `${(colons[1] ?? '').padStart(2, '0')}${colons[2]}${colons[3] ?? ''}`;
  return TIME.test(digits) ? digits : undefined;
}
