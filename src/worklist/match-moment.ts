/** Date, time and date-time keys: one value, or a range (PS3.4 C.2.2.2.1.3, C.2.2.2.5), compared by meaning. */

import { type Day, type Instant, parseDate, parseDateTime, parseTime, type TimeOfDay } from './date-time.ts';

/** What a key of one value asks for; `undefined` bounds of a range are open. */
export type MomentKey<Moment> =
  | { readonly kind: 'single'; readonly value: Moment }
  | { readonly kind: 'range'; readonly from: Moment | undefined; readonly to: Moment | undefined };

export type DateKey = MomentKey<Day>;
export type TimeKey = MomentKey<TimeOfDay>;
export type DateTimeKey = MomentKey<Instant>;

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

export function parseDateKey(text: string): DateKey | undefined {
  return parseMomentKey(text, parseDate);
}

export function parseTimeKey(text: string): TimeKey | undefined {
  return parseMomentKey(text, parseTime);
}

export function parseDateTimeKey(text: string): DateTimeKey | undefined {
  return parseMomentKey(text, parseDateTime);
}

export function matchDate(key: DateKey, day: Day): boolean {
  if (key.kind === 'single') return day === key.value;
  return (key.from === undefined || key.from <= day) && (key.to === undefined || day <= key.to);
}

/**
 * `time` in microseconds since midnight. Missing parts of a single time are zero; the end of a range reaches as far as
 * its precision, 10 to 10:59:59.999999.
 */
export function matchTime(key: TimeKey, time: number): boolean {
  if (key.kind === 'single') return time === key.value.from;
  return (key.from === undefined || key.from.from <= time) && (key.to === undefined || time <= key.to.to);
}

const MICROSECONDS_OF_MINUTE = 60_000_000n;

/** The beginning of `instant` by the clock of `other`; where one of them names no zone they share it (C.2.2.2.5.3). */
function inZoneOf(instant: Instant, other: Instant): bigint {
  if (instant.offset === undefined || other.offset === undefined) return instant.from;
  return instant.from + BigInt(other.offset - instant.offset) * MICROSECONDS_OF_MINUTE;
}

export function matchDateTime(key: DateTimeKey, instant: Instant): boolean {
  if (key.kind === 'single') return inZoneOf(instant, key.value) === key.value.from;
  const { from, to } = key;
  return (
    (from === undefined || from.from <= inZoneOf(instant, from)) && (to === undefined || inZoneOf(instant, to) <= to.to)
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

export function matchPeriod({ date, time }: Period, day: Day, clock: number): boolean {
  if (date.from !== undefined && day <= date.from) {
    if (day < date.from || clock < (time.from?.from ?? 0)) return false;
  }
  if (date.to !== undefined && day >= date.to) {
    if (day > date.to || (time.to !== undefined && clock > time.to.to)) return false;
  }
  return true;
}
