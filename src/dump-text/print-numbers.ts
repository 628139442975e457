/** Numbers, tags and octets in the value column: joined by backslashes, and cut in the short form by DCMTK's rules. */

import type { ValueElement } from '../dicom/data-set.ts';
import { formatTag, makeTag } from '../dicom/tag.ts';
import { vrTraits } from '../dicom/vr.ts';
import { printDouble, printSingle } from './print-float.ts';
import { INVALID_VALUE, NO_VALUE, printNote } from './print-note.ts';
import { DOTS, type PrintStyle, SHORT_LIMIT } from './print-style.ts';
import type { TextSink } from './text-sink.ts';

/** Values are joined in groups of this many, to keep the joined strings small. */
const GROUP = 4096;

/** Octets or 16-bit words in hex. */
export function printHex(sink: TextSink, value: Uint8Array, unit: 1 | 2, style: PrintStyle): number {
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

export function printTags(sink: TextSink, value: Uint8Array, style: PrintStyle): number {
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

export function printNumbers(sink: TextSink, element: ValueElement, value: Uint8Array, style: PrintStyle): number {
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
