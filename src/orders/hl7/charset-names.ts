/** What MSH-18 says, which is read before anybody knows what the bytes before it are. */

import { messageCharset } from './charset.ts';
import type { Delimiters } from './message.ts';

/** Sets in which a delimiter may be the second byte of a character, e.g. of katakana PO in SHIFT_JIS. */
const AMBIGUOUS = ['SHIFT_JIS', 'BIG-5', 'GB 18030-2000'];
const BEYOND_ASCII = /[\x80-\xff]/;

function namesIn(text: string, { field, repetition }: Delimiters): string[] {
  return (text.split(field)[17] ?? '').split(repetition).map((name) => name.trim());
}

/** The repetitions of MSH-18. `header`: bytes of the MSH as Latin-1. */
export function readCharsetNames(header: string, delimiters: Delimiters): string[] {
  const names = namesIn(header, delimiters);
  const isNamed = names.some((name) => name !== '') && messageCharset(names) !== undefined;
  if (isNamed || !BEYOND_ASCII.test(header)) return names;
  const bytes = Buffer.from(header, 'latin1');
  for (const set of AMBIGUOUS) {
    const text = messageCharset([set])?.decode(bytes).text ?? '';
    const named = namesIn(text, delimiters);
    // Right where the set that is found there is one that finds it there.
    if (named[0] !== '' && messageCharset(named)?.decode(bytes).text === text) return named;
  }
  return names;
}
