/** AE titles as option values. */

import { InvalidArgumentError } from 'commander';
import { valueParser } from './option-values.ts';

/** 1 to 16 printable ASCII characters without backslash, not all blanks (PS3.5 6.2, AE). */
const AE_TITLE = '^\\s*([!-\\[\\]-~](?:[ -\\[\\]-~]{0,14}[!-\\[\\]-~])?)\\s*$';

/** The title without blanks around it; undefined for what cannot be one. */
export function readAeTitle(text: string): string | undefined {
  return new RegExp(AE_TITLE).exec(text)?.[1];
}

export const aeTitle = valueParser({ type: 'string', pattern: AE_TITLE }, (text) => {
  const title = readAeTitle(text);
  if (title !== undefined) return title;
  throw new InvalidArgumentError('An AE title has 1 to 16 ASCII characters, no backslash among them.');
});
