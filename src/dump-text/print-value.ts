/**
 * The value column of dump text, as dcmdump 3.6.7 fills it: bytes as they are, padding left out,
 * numbers in DCMTK's digits, and the short form's cuts at 70 bytes.
 */

import type { ValueElement } from '../dicom/data-set.ts';
import { uidName } from '../dicom/uid.ts';
import { vrTraits } from '../dicom/vr.ts';
import { NO_VALUE, printNote } from './print-note.ts';
import { printHex, printNumbers, printTags } from './print-numbers.ts';
import { quoteText } from './print-quote.ts';
import { DOTS, type PrintStyle, SHORT_LIMIT } from './print-style.ts';
import type { TextSink } from './text-sink.ts';

const SPACE = 0x20;

/**
 * Prints the value of an element and answers how many bytes that took.
 * `value` is the value field as DCMTK holds it: see `completedValue`.
 */
export function printValue(
  sink: TextSink,
  element: ValueElement,
  value: Uint8Array,
  charset: string,
  style: PrintStyle,
): number {
  const { kind } = vrTraits(element.vr);
  switch (kind) {
    case 'text':
    case 'uid':
      return printText(sink, element, value, charset, style);
    case 'bytes':
    case 'sequence':
      return printHex(sink, value, 1, style);
    case 'words':
      return printHex(sink, value, 2, style);
    case 'tag':
      return printTags(sink, value, style);
    default:
      return printNumbers(sink, element, value, style);
  }
}

/** The value field as DCMTK holds it after reading: an odd length is completed with a NUL, but not in OW. */
export function completedValue({ value, vr }: ValueElement): Uint8Array {
  if ((value.length & 1) === 0 || vrTraits(vr).kind === 'words') return value;
  const even = new Uint8Array(value.length + 1);
  even.set(value);
  return even;
}

/** A text value without its padding: trailing spaces, in UIDs all white space and trailing NULs (PS3.5 6.2). */
export function withoutPadding(value: Uint8Array, isUid: boolean): Uint8Array {
  if (isUid) return withoutUidPadding(value);
  let end = value.length;
  while (end > 0 && value[end - 1] === SPACE) end--;
  return end === value.length ? value : value.subarray(0, end);
}

/** Space, and from tab to carriage return. */
export function isWhiteSpace(byte: number): boolean {
  return byte === SPACE || (byte >= 0x09 && byte <= 0x0d);
}

function withoutUidPadding(value: Uint8Array): Uint8Array {
  const solid = value.some(isWhiteSpace) ? value.filter((byte) => !isWhiteSpace(byte)) : value;
  let end = solid.length;
  while (end > 0 && solid[end - 1] === 0) end--;
  return solid.subarray(0, end);
}

function latin1(value: Uint8Array): string {
  return Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('latin1');
}

function printText(
  sink: TextSink,
  element: ValueElement,
  value: Uint8Array,
  charset: string,
  style: PrintStyle,
): number {
  const isUid = element.vr === 'UI';
  const stripped = style.keepPadding ? value : withoutPadding(value, isUid);
  if (stripped.length === 0) return printNote(sink, NO_VALUE, style);
  if (isUid && style.uidNames) {
    // DCMTK looks the UID up as a C string, so a NUL ends it.
    const name = uidName(latin1(stripped).split('\0', 1)[0] ?? '');
    if (name !== undefined) return printNote(sink, `=${name}`, style);
  }
  let text = style.textOf === undefined ? latin1(stripped) : style.textOf(stripped, element.vr, charset);
  if (style.quote !== 'none') text = quoteText(style.short ? text.slice(0, SHORT_LIMIT) : text, style.quote);
  if (style.short && text.length + 2 > SHORT_LIMIT) {
    sink.add(`[${text.slice(0, SHORT_LIMIT - DOTS.length - 1)}${DOTS}`);
    return SHORT_LIMIT;
  }
  sink.add(`[${text}]`);
  return text.length + 2;
}
