/** ISO_IR 192: UTF-8 (PS3.5 annex J). A byte order mark is kept as a character. */

import { isUtf8 } from 'node:buffer';
import { type Decoding, type Encoding, hex, REPLACEMENT } from './decoding.ts';

const REPLACEMENT_TEXT = String.fromCharCode(REPLACEMENT);
const REPLACEMENT_LENGTH = 3;

export function decodeUtf8(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
}

/** Decodes and names the first byte that is not UTF-8. */
export function decodeUtf8Strict(bytes: Uint8Array): Decoding {
  const text = decodeUtf8(bytes);
  if (isUtf8(bytes)) return { text };
  const at = firstMalformed(bytes, text);
  return { text, problem: `byte ${at}: ${hex(bytes[at] ?? 0)} is not UTF-8` };
}

/** The place of the first U+FFFD that the bytes do not spell. */
function firstMalformed(bytes: Uint8Array, text: string): number {
  let from = 0;
  let at = 0;
  for (let found = text.indexOf(REPLACEMENT_TEXT); found !== -1; found = text.indexOf(REPLACEMENT_TEXT, from)) {
    at += Buffer.byteLength(text.slice(from, found), 'utf8');
    if (bytes[at] !== 0xef || bytes[at + 1] !== 0xbf || bytes[at + 2] !== 0xbd) return at;
    at += REPLACEMENT_LENGTH;
    from = found + 1;
  }
  return at;
}

export function encodeUtf8(text: string): Encoding {
  // Half a surrogate pair is no character.
  const lost = new Set<string>(text.match(/\p{Surrogate}/gu));
  return { bytes: Buffer.from(text.replace(/\p{Surrogate}/gu, '?'), 'utf8'), lost: [...lost] };
}
