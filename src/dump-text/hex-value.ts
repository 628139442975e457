/** Hex between backslashes: bytes of OB and UN, 16-bit words of OW. */

import { type ValueResult, ValueTrouble } from './value-text.ts';

const BACKSLASH = 0x5c;

function digitOf(byte: number): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const letter = byte | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}

function isBlank(byte: number | undefined): boolean {
  return byte === 0x20 || (byte !== undefined && byte >= 0x09 && byte <= 0x0d);
}

function countParts(bytes: Uint8Array, start: number, end: number): number {
  let count = 1;
  for (let at = start; at < end; at++) if (bytes[at] === BACKSLASH) count += 1;
  return count;
}

/**
 * Reads hex numbers of `unit` bytes in the stretch of the input. Byte by byte: pixel data in dump text are long.
 * An odd number of bytes is padded with zero.
 */
export function readHex(bytes: Uint8Array, start: number, end: number, unit: 1 | 2): ValueResult {
  const size = countParts(bytes, start, end) * unit;
  const result = Buffer.allocUnsafe(size + (size % 2));
  if (size % 2 === 1) result[size] = 0;
  let written = 0;
  for (let at = start; at <= end; ) {
    while (at < end && isBlank(bytes[at])) at++;
    const partStart = at;
    if (bytes[at] === 0x30 && ((bytes[at + 1] ?? 0) | 0x20) === 0x78 && at + 2 < end) at += 2;
    const digitStart = at;
    let number = 0;
    for (let digit = 0; at < end; at++) {
      digit = digitOf(bytes[at] as number);
      if (digit < 0) break;
      number = Math.min(number * 16 + digit, 0x100000);
    }
    const digits = at - digitStart;
    while (at < end && isBlank(bytes[at])) at++;
    if (digits === 0 || (at < end && bytes[at] !== BACKSLASH) || number >= 2 ** (8 * unit) || digits > 2 * unit) {
      return hexTrouble(bytes, partStart, end, unit);
    }
    result[written++] = number & 0xff;
    if (unit === 2) result[written++] = number >>> 8;
    at++;
  }
  return result;
}

function hexTrouble(bytes: Uint8Array, start: number, end: number, unit: 1 | 2): ValueTrouble {
  const next = bytes.subarray(start, end).indexOf(BACKSLASH);
  const text = Buffer.from(bytes.subarray(start, next < 0 ? end : start + next))
    .toString('latin1')
    .trimEnd();
  const span = { offset: start, length: text.length };
  const form = unit === 1 ? 'two hex digits a byte: 0a\\ff' : 'four hex digits a word: 000a\\00ff';
  if (text === '') return new ValueTrouble(span, 'hex value without digits', `write ${form}`);
  if (/^(0x)?[0-9a-f]+$/i.test(text)) {
    return new ValueTrouble(span, `${text} is too large for ${unit === 1 ? 'a byte' : 'a word'}`, `write ${form}`);
  }
  return new ValueTrouble(span, `"${text}" is not hex`, `write ${form}`);
}
