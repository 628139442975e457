/** Dates and times of day by their meaning (PS3.5 6.2: DA, TM, DT), as stored and as asked for. */

/** A date as the number YYYYMMDD, which orders as dates do. */
export type Day = number;

/** A time of day with its precision, in microseconds: "10" runs from 10:00:00 to 10:59:59.999999. */
export interface TimeOfDay {
  readonly from: number;
  readonly to: number;
}

/** Date and time in one value with their precision: from the first to the last microsecond. */
export interface Instant {
  /** Microseconds since 1970-01-01 by the clock it was written by. */
  readonly from: bigint;
  readonly to: bigint;
  /** Minutes east of UTC, where it was written. */
  readonly offset: number | undefined;
}

const SECOND = 1_000_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAYS_OF_MONTH = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

const DATE = /^\d{8}$/;
const OLD_DATE = /^(\d{4})\.(\d\d)\.(\d\d)$/;
const TIME = /^(\d\d)(?:(\d\d)(?:(\d\d)(?:\.(\d{1,6}))?)?)?$/;
const OLD_TIME = /^(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,6}))?)?$/;
const DATE_TIME = /^(\d{4})(?:(\d\d)(?:(\d\d)(?:(\d\d(?:\d\d(?:\d\d(?:\.\d{1,6})?)?)?))?)?)?([+-]\d{4})?$/;

/** The number as a date, if there is such a day. */
export function toDay(number: number): Day | undefined {
  const year = Math.floor(number / 10_000);
  const month = Math.floor(number / 100) % 100;
  const date = number % 100;
  if (date < 1 || date > (DAYS_OF_MONTH[month - 1] ?? 0)) return undefined;
  const isLeapYear = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 && date === 29 && !isLeapYear ? undefined : number;
}

/** A date of a key, YYYYMMDD; undefined where it is none. */
export function parseDate(text: string): Day | undefined {
  return DATE.test(text) ? toDay(Number(text)) : undefined;
}

/** A stored date: YYYYMMDD, or YYYY.MM.DD of ACR-NEMA files. */
export function parseStoredDate(text: string): Day | undefined {
  return parseDate(text.replace(OLD_DATE, '$1$2$3'));
}

/** Microseconds since midnight; 60 is a leap second (PS3.5 6.2, TM), and 24:00 is forbidden. */
export function toTimeOfDay(hour: number, minute: number, second: number): number | undefined {
  return hour > 23 || minute > 59 || second > 60 ? undefined : hour * HOUR + minute * MINUTE + second * SECOND;
}

function timeOfMatch(match: RegExpExecArray | null): TimeOfDay | undefined {
  if (match === null) return undefined;
  const [, hour, minute, second, fraction] = match;
  const start = toTimeOfDay(Number(hour), Number(minute ?? 0), Number(second ?? 0));
  if (start === undefined) return undefined;
  const from = start + Number((fraction ?? '').padEnd(6, '0'));
  let precision = HOUR;
  if (fraction !== undefined) precision = 10 ** (6 - fraction.length);
  else if (second !== undefined) precision = SECOND;
  else if (minute !== undefined) precision = MINUTE;
  return { from, to: from + precision - 1 };
}

/** A time of a key: HH, HHMM, HHMMSS, HHMMSS.F to HHMMSS.FFFFFF. */
export function parseTime(text: string): TimeOfDay | undefined {
  return timeOfMatch(TIME.exec(text));
}

/** A stored time: as in a key, or with colons as ACR-NEMA files have it. */
export function parseStoredTime(text: string): TimeOfDay | undefined {
  return timeOfMatch(TIME.exec(text) ?? OLD_TIME.exec(text));
}

/** "+0130" in minutes; -1200 to +1400, and "-0000" is forbidden (PS3.5 6.2, DT). */
function parseOffset(text: string): number | undefined {
  const minutes = Number(text.slice(1, 3)) * 60 + Number(text.slice(3, 5));
  const signed = text.startsWith('-') ? -minutes : minutes;
  const valid = Number(text.slice(3, 5)) < 60 && -720 <= signed && signed <= 840 && text !== '-0000';
  return valid ? signed : undefined;
}

/** Midnight of a day; months and days beyond the last run on into the next year and month. */
function midnight(year: number, month: number, date: number): bigint {
  // Date.UTC would take the years 0 to 99 for 1900 to 1999.
  const day = new Date(0);
  day.setUTCFullYear(year, month - 1, date);
  return BigInt(day.getTime()) * 1000n;
}

/** A date and time: YYYY to YYYYMMDDHHMMSS.FFFFFF, with or without an offset from UTC. */
export function parseDateTime(text: string): Instant | undefined {
  const match = DATE_TIME.exec(text);
  if (match === null) return undefined;
  const [, year = '', month, date, clock, zone] = match;
  const offset = zone === undefined ? undefined : parseOffset(zone);
  const time = clock === undefined ? undefined : parseTime(clock);
  const exists = parseDate(`${year}${month ?? '01'}${date ?? '01'}`) !== undefined;
  if (!exists || (zone !== undefined && offset === undefined) || (clock !== undefined && time === undefined)) {
    return undefined;
  }
  const [y, m, d] = [Number(year), Number(month ?? 1), Number(date ?? 1)];
  const start = midnight(y, m, d);
  if (time !== undefined) return { from: start + BigInt(time.from), to: start + BigInt(time.to), offset };
  let next = midnight(y, m, d + 1);
  if (month === undefined) next = midnight(y + 1, 1, 1);
  else if (date === undefined) next = midnight(y, m + 1, 1);
  return { from: start, to: next - 1n, offset };
}
