/** The dates and times of a stored element, most of them without making text of the bytes first. */

import type { ValueElement } from '../dicom/data-set.ts';
import { trimPadding } from '../dicom/trim-padding.ts';
import {
  type Day,
  type Instant,
  parseDateTime,
  parseStoredDate,
  parseStoredTime,
  toDay,
  toTimeOfDay,
} from './date-time.ts';
import { type ItemView, storedTexts } from './entry-view.ts';

const BLANK = 0x20;
const ZERO = 0x30;
const DIGITS_OF_DATE = 8;

/** The number that the bytes from `start` to `end` write; -1 where one is no digit. */
function digits(value: Uint8Array, start: number, end: number): number {
  let number = 0;
  for (let index = start; index < end; index++) {
    const digit = (value[index] as number) - ZERO;
    if (digit < 0 || digit > 9) return -1;
    number = number * 10 + digit;
  }
  return number;
}

function texts(view: ItemView, element: ValueElement, vr: 'DA' | 'TM' | 'DT'): string[] {
  return storedTexts(view, element, vr).map(trimPadding);
}

/** What of the stored values is a date; the rest fits no key. */
export function storedDates(view: ItemView, element: ValueElement): readonly Day[] {
  const { value } = element;
  const number = value.length === DIGITS_OF_DATE ? digits(value, 0, DIGITS_OF_DATE) : -1;
  if (number === -1) return texts(view, element, 'DA').flatMap((text) => parseStoredDate(text) ?? []);
  const day = toDay(number);
  return day === undefined ? [] : [day];
}

/** HHMMSS, HHMM or HH by its bytes, in microseconds; undefined for any other form. */
function timeOfBytes(value: Uint8Array): number | undefined {
  let { length } = value;
  while (length > 0 && value[length - 1] === BLANK) length--;
  if (length !== 2 && length !== 4 && length !== 6) return undefined;
  const number = digits(value, 0, length);
  if (number === -1) return undefined;
  const seconds = number * 100 ** ((6 - length) / 2);
  return toTimeOfDay(Math.floor(seconds / 10_000), Math.floor(seconds / 100) % 100, seconds % 100);
}

/** What of the stored values is a time, in microseconds since midnight. */
export function storedTimes(view: ItemView, element: ValueElement): readonly number[] {
  const time = timeOfBytes(element.value);
  if (time !== undefined) return [time];
  return texts(view, element, 'TM').flatMap((text) => parseStoredTime(text)?.from ?? []);
}

/** What of the stored values is a date and time. */
export function storedInstants(view: ItemView, element: ValueElement): readonly Instant[] {
  return texts(view, element, 'DT').flatMap((text) => parseDateTime(text) ?? []);
}
