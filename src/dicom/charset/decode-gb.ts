/** Decodes GB18030 and GBK, which stand alone and know no escape sequences (PS3.3 C.12.1.1.2, PS3.5 annex J). */

import { TextDecoder } from 'node:util';
import { type Decoding, hex, isPrivateUse } from './decoding.ts';
import { BACKSLASH } from './delimiters.ts';

export type GbScheme = 'gb18030' | 'gbk';

/** GB18030's own code for U+FFFD: put where bytes form no code, so that the decoder sees nothing malformed. */
const REPLACEMENT_CODE = [0x84, 0x31, 0xa4, 0x37] as const;
/** How many bytes the code at `at` has; 0 where none starts. */
function codeLength(bytes: Uint8Array, at: number): 0 | 1 | 2 | 4 {
  const first = bytes[at] as number;
  if (first < 0x80) return 1;
  if (!isLead(first)) return 0;
  const second = bytes[at + 1] ?? 0;
  if ((second >= 0x40 && second <= 0x7e) || (second >= 0x80 && second <= 0xfe)) return 2;
  return isDigit(second) && isLead(bytes[at + 2] ?? 0) && isDigit(bytes[at + 3] ?? 0) ? 4 : 0;
}

function isLead(byte: number): boolean {
  return byte >= 0x81 && byte <= 0xfe;
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}

/** Where a byte 5c is a character of its own and not the second half of one. */
export function gbBackslashes(bytes: Uint8Array): number[] {
  const found: number[] = [];
  for (let at = 0; at < bytes.length; at += codeLength(bytes, at) || 1) {
    if (bytes[at] === BACKSLASH) found.push(at);
  }
  return found;
}

/** Either set as GB18030, which gives GBK's codes the same meaning and has characters where GBK left holes. */
export function decodeGb(bytes: Uint8Array): string {
  return decoderOf('gb18030').decode(wellFormed(bytes));
}

/** Decodes and names the first byte that is no part of a code, or whose code has no character. */
export function decodeGbStrict(bytes: Uint8Array, scheme: GbScheme): Decoding {
  for (let at = 0; at < bytes.length; ) {
    const length = codeLength(bytes, at);
    const code = bytes.subarray(at, at + (length || 1));
    if (length === 0 || (length > 1 && !hasCode(code, scheme))) {
      const name = scheme === 'gbk' ? 'GBK' : 'GB18030';
      return { text: decodeGb(bytes), problem: `byte ${at}: ${name} has no code ${hex(...code)}` };
    }
    at += length;
  }
  return { text: decodeGb(bytes) };
}

function hasCode(code: Uint8Array, scheme: GbScheme): boolean {
  const character = decoderOf(scheme).decode(code);
  // Node's GBK has private use characters for what only GB18030 assigns, and for what users may define.
  if (scheme === 'gbk') return character.length === 1 && !isPrivateUse(character.charCodeAt(0));
  return character !== '\ufffd' || REPLACEMENT_CODE.every((byte, index) => byte === code[index]);
}

/** The bytes with U+FFFD's code for each that belongs to none. */
function wellFormed(bytes: Uint8Array): Uint8Array {
  const malformed: number[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = codeLength(bytes, at);
    if (length === 0) malformed.push(at);
    at += length || 1;
  }
  if (malformed.length === 0) return bytes;

  const repaired = new Uint8Array(bytes.length + malformed.length * (REPLACEMENT_CODE.length - 1));
  let from = 0;
  let to = 0;
  for (const at of malformed) {
    repaired.set(bytes.subarray(from, at), to);
    to += at - from;
    repaired.set(REPLACEMENT_CODE, to);
    to += REPLACEMENT_CODE.length;
    from = at + 1;
  }
  repaired.set(bytes.subarray(from), to);
  return repaired;
}

const decoders = new Map<GbScheme, TextDecoder>();

export function decoderOf(scheme: GbScheme): TextDecoder {
  const decoder = decoders.get(scheme) ?? new TextDecoder(scheme, { ignoreBOM: true });
  decoders.set(scheme, decoder);
  return decoder;
}
