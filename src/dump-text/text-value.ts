/** Character strings: all VRs of text but UI. The bytes go in as they are. */

import { splitValues } from '../dicom/charset/text-codec.ts';
import { paddedValue } from '../dicom/padded-value.ts';
import type { Vr } from '../dicom/vr.ts';

const SPACE = 0x20;
const LINE_BREAK = Buffer.from('\r\n', 'latin1');
const LETTER_N = 0x6e;
const BACKSLASH = Buffer.from('\\', 'latin1');

/** VRs in which `\n` stands for a line break; in others a backslash separates values. */
const WITH_LINE_BREAKS: ReadonlySet<Vr> = new Set(['ST', 'LT', 'UT']);

export function hasLineBreaks(vr: Vr): boolean {
  return WITH_LINE_BREAKS.has(vr);
}

/** The bytes of a stretch of the input, blanks at the end of the whole value removed, made even. */
export function readText(bytes: Uint8Array, start: number, end: number, vr: Vr): Uint8Array {
  let last = end;
  while (last > start && bytes[last - 1] === SPACE) last--;
  return paddedValue(bytes.subarray(start, last), vr);
}

/** True where a backslash and an n stand, not counting bytes of double-byte characters. */
export function hasEscapedBreak(value: Uint8Array, charset: string): boolean {
  // Split as values of LO would be: the text VRs themselves do not split.
  return splitValues(value, charset, 'LO').some((part, index) => index > 0 && part[0] === LETTER_N);
}

/** Each `\n` of the value made CR LF; the padding is made new. */
export function breakLines(value: Uint8Array, charset: string): Uint8Array {
  const parts = splitValues(value, charset, 'LO').flatMap((part, index) => {
    if (index === 0) return [part];
    return part[0] === LETTER_N ? [LINE_BREAK, part.subarray(1)] : [BACKSLASH, part];
  });
  const joined = Buffer.concat(parts);
  return readText(joined, 0, joined.length, 'LT');
}

/** Line ends of a value of several lines made CR LF (PS3.5 6.2, LT). */
export function normalizeLineEnds(value: Uint8Array): Uint8Array {
  const text = Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('latin1');
  return Buffer.from(text.replace(/\r\n?|\n/g, '\r\n'), 'latin1');
}
