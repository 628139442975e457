/** Text of values for a terminal: decoded, with nothing in it that acts there. */

import { decodeText } from '../dicom/charset/text-codec.ts';
import type { TextOf } from '../dump-text/print-style.ts';
import { visible } from '../terminal/safe-text.ts';

/** For print-style.ts: the printer counts and writes bytes, so the text goes in as the UTF-8 of a terminal. */
export const visibleTextOf: TextOf = (value, vr, charset) =>
  Buffer.from(visible(decodeText(value, charset, vr)), 'utf8').toString('latin1');
