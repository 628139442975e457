/** Dates as people say them in keys: today, today+3, today-1, and ranges such as today..today+7. */

const DAY = /^(?:today(?:([+-])(\d{1,5}))?|(\d{8}))$/i;
const DOTTED_RANGE = /^(.*?)\.\.(.*)$/;
const HYPHEN_RANGE = /^(today(?:[+-]\d{1,5})?|\d{8})?-(today(?:[+-]\d{1,5})?|\d{8})?$/i;

/** "20261125" of a day in local time. */
function formatDay(day: Date): string {
  const year = String(day.getFullYear()).padStart(4, '0');
  return `${year}${String(day.getMonth() + 1).padStart(2, '0')}${String(day.getDate()).padStart(2, '0')}`;
}

/** "today", "today+3", "today-1" or "20261125" as YYYYMMDD, local days; undefined for anything else. */
export function resolveDay(text: string, today: Date): string | undefined {
  const match = DAY.exec(text);
  if (match === null) return undefined;
  const [, sign, days, absolute] = match;
  if (absolute !== undefined) return absolute;
  const offset = Number(days ?? 0) * (sign === '-' ? -1 : 1);
  return formatDay(new Date(today.getFullYear(), today.getMonth(), today.getDate() + offset));
}

function resolveRange(from: string, to: string, today: Date): string | undefined {
  const first = from === '' ? '' : resolveDay(from, today);
  const last = to === '' ? '' : resolveDay(to, today);
  return first === undefined || last === undefined ? undefined : `${first}-${last}`;
}

function resolveOne(text: string, today: Date): string {
  const day = resolveDay(text, today);
  if (day !== undefined) return day;
  const match = DOTTED_RANGE.exec(text) ?? HYPHEN_RANGE.exec(text);
  const range = match === null ? undefined : resolveRange(match[1] ?? '', match[2] ?? '', today);
  return range ?? text;
}

/**
 * A date key as DICOM writes it: days and ranges said relative to `today` become YYYYMMDD and YYYYMMDD-YYYYMMDD
 * (PS3.4 C.2.2.2.5.1), each value of a list for itself. What is said in no such way stays as it is.
 */
export function resolveDates(text: string, today: Date): string {
  return text
    .split('\\')
    .map((value) => resolveOne(value, today))
    .join('\\');
}
