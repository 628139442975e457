/** The text of a CSV file, whatever the spreadsheet that wrote it thought of character sets. */

import { isUtf8 } from 'node:buffer';
import { foreignEncoding } from '../../dump-text/source-text.ts';
import { decodeWindows1252 } from '../windows-1252.ts';

export interface CsvText {
  /** UTF-8, without a byte order mark. */
  readonly bytes: Uint8Array;
  readonly encoding: 'UTF-8' | 'UTF-16' | 'Windows-1252';
  /** Where in `bytes` the first character stands that is not ASCII, where the encoding was guessed. */
  readonly firstGuess: number | undefined;
}

function withoutMark(text: string): Uint8Array {
  return Buffer.from(text.replace(/^\ufeff/, ''), 'utf8');
}

/** UTF-8 where it is that, UTF-16 as Excel's "Unicode text", else Windows-1252, which is Latin-1 and a little more. */
export function decodeCsv(bytes: Uint8Array): CsvText {
  if (foreignEncoding(bytes) === 'UTF-16') {
    const isBigEndian = bytes[0] === 0xfe || bytes[0] === 0;
    const text = new TextDecoder(isBigEndian ? 'utf-16be' : 'utf-16le').decode(bytes);
    return { bytes: withoutMark(text), encoding: 'UTF-16', firstGuess: undefined };
  }
  if (isUtf8(bytes)) {
    return { bytes: withoutMark(new TextDecoder().decode(bytes)), encoding: 'UTF-8', firstGuess: undefined };
  }
  const text = decodeWindows1252(bytes);
  // Up to the first byte beyond ASCII both encodings have the same offsets.
  return { bytes: withoutMark(text), encoding: 'Windows-1252', firstGuess: bytes.findIndex((byte) => byte > 0x7f) };
}
