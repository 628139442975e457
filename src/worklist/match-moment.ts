/** Date, time and date-time keys: one value, or a range (PS3.4 C.2.2.2.1.3, C.2.2.2.5), compared by meaning. */

import {
  type Instant,
  parseDate,
  parseDateTime,
  parseStoredDate,
  parseStoredTime,
  parseTime,
  type TimeOfDay,
} from './date-time.ts';

/** What a key of one value asks for; `undefined` bounds of a range are open. */
export type MomentKey<Moment> =
  | { readonly kind: 'single'; readonly value: Moment }
  | { readonly kind: 'range'; readonly from: Moment | undefined; readonly to: Moment | undefined };

/**
 * Reads `a`, `a-b`, `a-` or `-b`; a lone `-` is a range open on both sides. Several hyphens occur where an offset
 * from UTC is negative: the first one that leaves two valid sides divides.
 */
function parseMomentKey<Moment>(
  text: string,
  parse: (text: string) => Moment | undefined,
): MomentKey<Moment> | undefined {
  for (let hyphen = text.indexOf('-'); hyphen !== -1; hyphen = text.indexOf('-', hyphen + 1)) {
    const first = text.slice(0, hyphen);
    const last = text.slice(hyphen + 1);
    const from = first === '' ? undefined : parse(first);
    const to = last === '' ? undefined : parse(last);
    if ((first === '' || from !== undefined) && (last === '' || to !== undefined)) return { kind: 'range', from, to };
  }
  const value = text.includes('-') ? undefined : parse(text);
  return value === undefined ? undefined : { kind: 'single', value };
}

export type DateKey = MomentKey<number>;
export type TimeKey = MomentKey<TimeOfDay>;
export type DateTimeKey = MomentKey<Instant>;

export function parseDateKey(text: string): DateKey | undefined {
  return parseMomentKey(text, parseDate);
}

export function parseTimeKey(text: string): TimeKey | undefined {
  return parseMomentKey(text, parseTime);
}

export function parseDateTimeKey(text: string): DateTimeKey | undefined {
  return parseMomentKey(text, parseDateTime);
}

/** A stored text that is no date fits no key (as in the ranges of wlmscpfs). */
export function matchDate(key: DateKey, stored: string): boolean {
  const day = parseStoredDate(stored);
  if (day === undefined) return false;
  if (key.kind === 'single') return day === key.value;
  return (key.from === undefined || key.from <= day) && (key.to === undefined || day <= key.to);
}

/** Missing parts of a single time are zero; the end of a range reaches as far as its precision, 10 to 10:59:59. */
export function matchTime(key: TimeKey, stored: string): boolean {
  const time = parseStoredTime(stored);
  if (time === undefined) return false;
  if (key.kind === 'single') return time.from === key.value.from;
  return (key.from === undefined || key.from.from <= time.from) && (key.to === undefined || time.from <= key.to.to);
}

const MICROSECONDS_OF_DAY = 24 * 3600 * 1_000_000;

/** Compares a point of time with a day and time that may be written in another zone; without both zones as they stand. */
function compareInstants(
  day: number,
  micros: number,
  offset: number | undefined,
  otherDay: number,
  otherMicros: number,
  otherOffset: number | undefined,
): number {
  const shift = offset === undefined || otherOffset === undefined ? 0 : (otherOffset - offset) * 60_000_000;
  const local = micros + shift;
  const carry = Math.floor(local / MICROSECONDS_OF_DAY);
  return day + carry - otherDay || local - carry * MICROSECONDS_OF_DAY - otherMicros;
}

/** Date and time in one value. Offsets count where both sides have one (C.2.2.2.5.3). */
export function matchDateTime(key: DateTimeKey, stored: string): boolean {
  const instant = parseDateTime(stored);
  if (instant === undefined) return false;
  const { day, from: micros, offset } = instant;
  const compare = (bound: Instant, end: boolean): number =>
    compareInstants(day, micros, offset, end ? bound.lastDay : bound.day, end ? bound.to : bound.from, bound.offset);
  if (key.kind === 'single') return compare(key.value, false) === 0;
  return (
    (key.from === undefined || compare(key.from, false) >= 0) && (key.to === undefined || compare(key.to, true) <= 0)
  );
}

/**
 * Start date and start time, both asked for as ranges, are one period from the first date and time to the last
 * (Table K.6-1, Scheduled Procedure Step Start Time). Without an upper time the last day belongs to it whole.
 */
export interface Period {
  readonly date: Extract<DateKey, { kind: 'range' }>;
  readonly time: Extract<TimeKey, { kind: 'range' }>;
}

export function matchPeriod({ date, time }: Period, storedDate: string, storedTime: string): boolean {
  const day = parseStoredDate(storedDate);
  const clock = parseStoredTime(storedTime);
  if (day === undefined || clock === undefined) return false;
  const begun =
    date.from === undefined || day > date.from || (day === date.from && clock.from >= (time.from?.from ?? 0));
  const notOver =
    date.to === undefined || day < date.to || (day === date.to && (time.to === undefined || clock.from <= time.to.to));
  return begun && notOver;
}
