/** The default repertoire (PS3.5 6.1.2.1), which is most text in most files: read without any table. */

const ESC = 0x1b;
const ROMAJI_DIFFERS_FROM = 0x5c;
/** Below this a string is built faster byte by byte than by a call into Node. */
const SHORT = 12;

/** True for bytes that mean the same in every character set: no ESC, nothing above 7f, no 5c, 7e or 7f. */
export function isInvariant(bytes: Uint8Array): boolean {
  for (let index = 0; index < bytes.length; index += 1) {
    const byte = bytes[index] as number;
    if (byte > 0x7d || byte === ROMAJI_DIFFERS_FROM || byte === ESC) return false;
  }
  return true;
}

/** True without ESC and bytes above 7f. */
export function isAscii(bytes: Uint8Array): boolean {
  for (let index = 0; index < bytes.length; index += 1) {
    const byte = bytes[index] as number;
    if (byte > 0x7f || byte === ESC) return false;
  }
  return true;
}

/** Each byte as the character of its number. */
export function latin1Text(bytes: Uint8Array): string {
  if (bytes.length > SHORT) {
    const buffer = Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return buffer.toString('latin1');
  }
  let text = '';
  for (let index = 0; index < bytes.length; index += 1) text += String.fromCharCode(bytes[index] as number);
  return text;
}

/** True for a text of ASCII characters without ESC. */
export function isAsciiText(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit > 0x7f || unit === ESC) return false;
  }
  return true;
}

/** Every place of a byte, ascending. */
export function indicesOfByte(bytes: Uint8Array, byte: number): number[] {
  const found: number[] = [];
  for (let at = bytes.indexOf(byte); at >= 0; at = bytes.indexOf(byte, at + 1)) found.push(at);
  return found;
}
