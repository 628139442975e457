/** Text in the value column that is no value. */

import { DOTS, type PrintStyle, SHORT_LIMIT } from './print-style.ts';
import type { TextSink } from './text-sink.ts';

export const NO_VALUE = '(no value available)';
export const INVALID_VALUE = '(invalid value)';

/** Prints a note in parentheses, or the name of a UID; answers how many bytes that took. */
export function printNote(sink: TextSink, note: string, style: PrintStyle): number {
  const shown = style.short && note.length > SHORT_LIMIT ? note.slice(0, SHORT_LIMIT - DOTS.length) + DOTS : note;
  sink.add(shown);
  return shown.length;
}
