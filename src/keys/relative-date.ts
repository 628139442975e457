/**
 * Dates and times as people say them in keys: today, today+3, yesterday, 2026-11-25, 14:30, and ranges such as
 * today..today+7.
 */

import { fitDate, fitTime } from './fit-moment.ts';

/** VRs of dates and times. */
export type MomentVr = 'DA' | 'TM' | 'DT';

/** Eight digits would be a day: "today-20261201" is a range. */
const TODAY = /^today(?:([+-])(\d{1,7}))?$/i;
const NEIGHBOURS: ReadonlyMap<string, number> = new Map([
  ['yesterday', -1],
  ['tomorrow', 1],
]);
const DIGITS = /^\d{8}$/;
const DAY_AND_TIME = /^(\S+?)[T ](\d[\d:.]*)$/;
const DOTS = '..';
/** No range is longer; each place to divide a text costs a look at its parts. */
const LONGEST = 80;
const LAST_YEAR = 9999;
/** How what is said relative to a day begins, also at either end of a range. */
const BEGINS_RELATIVE = /(?:^|\.\.|-) *(?:today|yesterday|tomorrow|now)/i;

/** Days from today; undefined for what is not said relative to it. */
function daysFromToday(text: string): number | undefined {
  const match = TODAY.exec(text);
  if (match === null) return NEIGHBOURS.get(text.toLowerCase());
  const [, sign, days = '0'] = match;
  return sign === '-' ? -Number(days) : Number(days);
}

/** "20261125" of a day in local time; undefined outside of the years that DA can write. */
function formatDay(day: Date): string | undefined {
  const year = day.getFullYear();
  if (!(year >= 1 && year <= LAST_YEAR)) return undefined;
  const digits = [String(year).padStart(4, '0'), String(day.getMonth() + 1), String(day.getDate())];
  return digits.map((part) => part.padStart(2, '0')).join('');
}

/**
 * "today", "today+3", "yesterday", "20261125" or "2026-11-25" as YYYYMMDD, local days; undefined for anything else.
 * Eight digits are taken as they are, whatever day they name.
 */
export function resolveDay(text: string, today: Date): string | undefined {
  const days = daysFromToday(text);
  if (days === undefined) return DIGITS.test(text) ? text : fitDate(text);
  return formatDay(new Date(today.getFullYear(), today.getMonth(), today.getDate() + days));
}

/** A day, perhaps with a time behind a T or a blank. */
function resolveDateTime(text: string, today: Date): string | undefined {
  const [, dayText = text, timeText] = DAY_AND_TIME.exec(text) ?? [];
  const day = resolveDay(dayText, today);
  const time = timeText === undefined ? '' : fitTime(timeText);
  return day === undefined || time === undefined ? undefined : `${day}${time}`;
}

type Resolve = (text: string, today: Date) => string | undefined;

const RESOLVE: Readonly<Record<MomentVr, Resolve>> = { DA: resolveDay, TM: fitTime, DT: resolveDateTime };

/** The places where a range may be divided: at its dots, else at each hyphen, as hyphens stand in days too. */
function* divisions(text: string): Generator<readonly [from: string, to: string]> {
  const dots = text.indexOf(DOTS);
  if (dots >= 0) yield [text.slice(0, dots), text.slice(dots + DOTS.length)];
  for (let at = text.indexOf('-'); at >= 0; at = text.indexOf('-', at + 1))
    yield [text.slice(0, at), text.slice(at + 1)];
}

function resolveOne(text: string, resolve: Resolve, today: Date): string {
  if (text.length > LONGEST) return text;
  const moment = resolve(text, today);
  if (moment !== undefined) return moment;
  for (const ends of divisions(text)) {
    const [from, to] = ends.map((end) => (end === '' ? '' : resolve(end, today)));
    if (from !== undefined && to !== undefined) return `${from}-${to}`;
  }
  return text;
}

/**
 * The value of a date or time key as DICOM writes it (PS3.4 C.2.2.2.5), each value of a list for itself: what is said
 * relative to `today`, and what is written with hyphens, colons or as a range with dots. All else stays as it is.
 */
export function resolveMoments(text: string, vr: MomentVr, today: Date): string {
  return text
    .split('\\')
    .map((value) => resolveOne(value, RESOLVE[vr], today))
    .join('\\');
}

/** The first value that `resolveMoments` left as it was though it begins like a relative date: "today+", "now". */
export function unresolvedMoment(resolved: string): string | undefined {
  return resolved.split('\\').find((value) => BEGINS_RELATIVE.test(value));
}
