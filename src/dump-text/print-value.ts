/**
 * The value column of dump text, as dcmdump 3.6.7 fills it: bytes as they are, padding left out,
 * numbers in DCMTK's digits, and the short form's cuts at 70 bytes.
 */

import type { ValueElement } from '../dicom/data-set.ts';
import { formatTag, makeTag } from '../dicom/tag.ts';
import { uidName } from '../dicom/uid.ts';
import { vrTraits } from '../dicom/vr.ts';
import { printDouble, printSingle } from './print-float.ts';
import { type PrintStyle, SHORT_LIMIT } from './print-style.ts';
import { quoteText } from './print-quote.ts';
import type { TextSink } from './text-sink.ts';

export const NO_VALUE = '(no value available)';
const INVALID_VALUE = '(invalid value)';
const DOTS = '...';

const SPACE = 0x20;

/** Numbers and bytes are joined in groups of this many, to keep the joined strings small. */
const GROUP = 4096;

/**
 * Prints the value of an element and answers how many bytes that took.
 * `value` is the value field as DCMTK holds it: see `loadedValue`.
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

/** Text that is no value: a note in parentheses, or the name of a UID. */
export function printNote(sink: TextSink, note: string, style: PrintStyle): number {
  const shown = style.short && note.length > SHORT_LIMIT ? note.slice(0, SHORT_LIMIT - DOTS.length) + DOTS : note;
  sink.add(shown);
  return shown.length;
}

/** The value field as DCMTK holds it after reading: an odd length is completed with a NUL, but not in OW. */
export function loadedValue(element: ValueElement, style: PrintStyle): Uint8Array {
  const { value } = element;
  if ((value.length & 1) === 0 || style.keepPadding || vrTraits(element.vr).kind === 'words') return value;
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

/** Octets or 16-bit words in hex. */
function printHex(sink: TextSink, value: Uint8Array, unit: 1 | 2, style: PrintStyle): number {
  if (value.length === 0) return printNote(sink, NO_VALUE, style);
  const count = Math.floor(value.length / unit);
  if (count === 0) return printNote(sink, INVALID_VALUE, style);
  const width = unit * 2 + 1;
  const fits = Math.floor((SHORT_LIMIT - DOTS.length + 1) / width);
  const shown = style.short && count * width - 1 > SHORT_LIMIT ? fits : count;
  printGroups(sink, shown, (index) =>
    unit === 1 ? hex(value[index] ?? 0, 2) : hex((value[index * 2] ?? 0) | ((value[index * 2 + 1] ?? 0) << 8), 4),
  );
  return shown * width - 1 + printDots(sink, shown < count);
}

function printTags(sink: TextSink, value: Uint8Array, style: PrintStyle): number {
  const count = Math.floor(value.length / 4);
  if (count === 0) return printNote(sink, NO_VALUE, style);
  const width = '(gggg,eeee)\\'.length;
  const shown =
    style.short && count * width - 1 > SHORT_LIMIT ? Math.floor((SHORT_LIMIT - DOTS.length + 1) / width) : count;
  const view = viewOf(value);
  printGroups(sink, shown, (index) =>
    formatTag(makeTag(view.getUint16(index * 4, true), view.getUint16(index * 4 + 2, true))),
  );
  return shown * width - 1 + printDots(sink, shown < count);
}

function printNumbers(sink: TextSink, element: ValueElement, value: Uint8Array, style: PrintStyle): number {
  if (value.length === 0) return printNote(sink, NO_VALUE, style);
  const { unit } = vrTraits(element.vr);
  const count = Math.floor(value.length / unit);
  if (count === 0) return printNote(sink, INVALID_VALUE, style);
  const numberAt = numberPrinter(element, viewOf(value));
  return style.short ? printShortNumbers(sink, count, numberAt) : printGroups(sink, count, numberAt);
}

/** As many numbers as fit; DCMTK adds no dots where only the very last one is left out. */
function printShortNumbers(sink: TextSink, count: number, numberAt: (index: number) => string): number {
  let length = 0;
  for (let index = 0; index < count; index++) {
    const part = index === 0 ? numberAt(index) : `\\${numberAt(index)}`;
    const isLast = index + 1 === count;
    if (length + part.length > SHORT_LIMIT - (isLast ? 0 : DOTS.length)) return length + printDots(sink, !isLast);
    sink.add(part);
    length += part.length;
  }
  return length;
}

function numberPrinter(element: ValueElement, view: DataView): (index: number) => string {
  const { kind, unit, signed } = vrTraits(element.vr);
  if (kind === 'float') {
    return unit === 4
      ? (index) => printSingle(view.getFloat32(index * 4, true))
      : (index) => printDouble(view.getFloat64(index * 8, true));
  }
  switch (unit) {
    case 2:
      return (index) => String(signed ? view.getInt16(index * 2, true) : view.getUint16(index * 2, true));
    case 4:
      return (index) => String(signed ? view.getInt32(index * 4, true) : view.getUint32(index * 4, true));
    default:
      return (index) => String(signed ? view.getBigInt64(index * 8, true) : view.getBigUint64(index * 8, true));
  }
}

/** Prints values with backslashes between; answers the length. */
function printGroups(sink: TextSink, count: number, textAt: (index: number) => string): number {
  let length = 0;
  for (let start = 0; start < count; start += GROUP) {
    let text = start === 0 ? '' : '\\';
    const end = Math.min(start + GROUP, count);
    for (let index = start; index < end; index++) text += index === start ? textAt(index) : `\\${textAt(index)}`;
    sink.add(text);
    length += text.length;
  }
  return length;
}

function printDots(sink: TextSink, wanted: boolean): number {
  if (!wanted) return 0;
  sink.add(DOTS);
  return DOTS.length;
}

function viewOf(value: Uint8Array): DataView {
  return new DataView(value.buffer, value.byteOffset, value.byteLength);
}

const HEX_BYTES = Array.from({ length: 0x100 }, (_, byte) => byte.toString(16).padStart(2, '0'));

function hex(number: number, width: 2 | 4): string {
  const low = HEX_BYTES[number & 0xff] ?? '';
  return width === 2 ? low : (HEX_BYTES[number >>> 8] ?? '') + low;
}
