/** Options that take the terms of (0008,0005). */

import { charsetProblems, isKnownCharset } from '../dicom/charset/text-codec.ts';
import { UsageError } from '../errors.ts';

/** The terms, or undefined where the option was not given. @throws UsageError for what is no character set */
export function knownCharset(charset: string | undefined, option: string): string | undefined {
  if (charset === undefined || isKnownCharset(charset)) return charset;
  throw new UsageError(`${option}: ${charsetProblems(charset).join(', ')}`, {
    hint: 'write a defined term such as ISO_IR 100 or ISO_IR 192',
  });
}
