/** Text that is UTF-8 though another character set is declared. */

import { isUtf8 } from 'node:buffer';

const SINGLE_BYTE = /^ISO[_ ](?:2022 )?IR[_ ](?:100|101|109|110|144|127|126|138|148|166|203|13|6)$/;

/**
 * True for bytes that are valid UTF-8 with at least one character of several bytes, under a set of one byte a
 * character: in those, such sequences as "Ã¼" hardly occur in names.
 */
export function isKnownUtf8(bytes: Uint8Array, charset: string): boolean {
  const terms = charset.split('\\').map((term) => term.trim());
  return terms.every((term) => term === '' || SINGLE_BYTE.test(term)) && isUtf8(bytes);
}
