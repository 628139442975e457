/** Dates and times of day by their meaning (PS3.5 6.2: DA, TM, DT), as stored and as asked for. */

/**
 * An instant with the precision it was written in: from its first to its last microsecond.
 * `day` counts from 1970-01-01, `from` and `to` are microseconds of the day they stand beside.
 */
export interface Instant {
  readonly day: number;
  readonly from: number;
  readonly lastDay: number;
  readonly to: number;
  /** Minutes east of UTC, where it was written. */
  readonly offset: number | undefined;
}

/** A time of day with its precision, in microseconds: "10" runs from 10:00:00 to 10:59:59.999999. */
export interface TimeOfDay {
  readonly from: number;
  readonly to: number;
}

const SECOND = 1_000_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
export const LAST_MICROSECOND = 24 * HOUR - 1;

const DATE = /^(\d{4})(\d\d)(\d\d)$/;
const OLD_DATE = /^(\d{4})\.(\d\d)\.(\d\d)$/;
const TIME = /^(\d\d)(?:(\d\d)(?:(\d\d)(?:\.(\d{1,6}))?)?)?$/;
const OLD_TIME = /^(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,6}))?)?$/;
const DATE_TIME = /^(\d{4})(?:(\d\d)(?:(\d\d)(?:(\d\d(?:\d\d(?:\d\d(?:\.\d{1,6})?)?)?))?)?)?([+-]\d{4})?$/;

const MILLISECONDS_OF_DAY = 86_400_000;

function dayOf(year: number, month: number, date: number): number | undefined {
  // setUTCFullYear, because Date.UTC takes the years 0 to 99 for 1900 to 1999.
  const day = new Date(0);
  day.setUTCFullYear(year, month - 1, date);
  const exists = day.getUTCMonth() === month - 1 && day.getUTCDate() === date;
  return exists ? day.getTime() / MILLISECONDS_OF_DAY : undefined;
}

function dayOfMatch(match: RegExpExecArray | null): number | undefined {
  return match === null ? undefined : dayOf(Number(match[1]), Number(match[2]), Number(match[3]));
}

function timeOfMatch(match: RegExpExecArray | null): TimeOfDay | undefined {
  if (match === null) return undefined;
  const [, hour, minute, second, fraction] = match;
  // 60 is a leap second (PS3.5 6.2, TM); 24:00 is forbidden.
  if (Number(hour) > 23 || Number(minute ?? 0) > 59 || Number(second ?? 0) > 60) return undefined;
  const micros = Number((fraction ?? '').padEnd(6, '0'));
  const from = Number(hour) * HOUR + Number(minute ?? 0) * MINUTE + Number(second ?? 0) * SECOND + micros;
  let precision = HOUR;
  if (fraction !== undefined) precision = 10 ** (6 - fraction.length);
  else if (second !== undefined) precision = SECOND;
  else if (minute !== undefined) precision = MINUTE;
  return { from, to: from + precision - 1 };
}

/** A date of a key, YYYYMMDD, as a day number; undefined where it is none. */
export function parseDate(text: string): number | undefined {
  return dayOfMatch(DATE.exec(text));
}

/** A stored date: YYYYMMDD, or YYYY.MM.DD of ACR-NEMA files. */
export function parseStoredDate(text: string): number | undefined {
  return dayOfMatch(DATE.exec(text) ?? OLD_DATE.exec(text));
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

/** A date and time: YYYY to YYYYMMDDHHMMSS.FFFFFF, with or without an offset from UTC. */
export function parseDateTime(text: string): Instant | undefined {
  const match = DATE_TIME.exec(text);
  if (match === null) return undefined;
  const [, year = '', month, date, clock, zone] = match;
  const day = dayOf(Number(year), Number(month ?? 1), Number(date ?? 1));
  const time = clock === undefined ? { from: 0, to: LAST_MICROSECOND } : parseTime(clock);
  const offset = zone === undefined ? undefined : parseOffset(zone);
  if (day === undefined || time === undefined || (zone !== undefined && offset === undefined)) return undefined;
  let lastDay = day;
  if (month === undefined) lastDay = dayOf(Number(year), 12, 31) ?? day;
  else if (date === undefined)
    lastDay = (dayOf(Number(year) + Math.floor(Number(month) / 12), (Number(month) % 12) + 1, 1) ?? day) - 1;
  return { day, from: time.from, lastDay, to: time.to, offset };
}
