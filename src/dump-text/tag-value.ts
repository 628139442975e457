/** Attribute tags: AT. */

import { type ValueResult, ValueTrouble } from './value-text.ts';

const ONE_TAG = /\(([0-9a-f]{4}),([0-9a-f]{4})\)/gi;
const TAG_LIST = /^\([0-9a-f]{4},[0-9a-f]{4}\)(?:\\\([0-9a-f]{4},[0-9a-f]{4}\))*$/i;

/** Reads `(gggg,eeee)\(gggg,eeee)`, blanks anywhere. */
export function readTags(text: string, offset: number): ValueResult {
  const plain = text.replace(/[ \t\v\f]/g, '');
  if (!TAG_LIST.test(plain)) {
    const span = { offset, length: text.length };
    return new ValueTrouble(span, `"${text}" is not a tag`, 'write (gggg,eeee), several as (gggg,eeee)\\(gggg,eeee)');
  }
  const tags = [...plain.matchAll(ONE_TAG)];
  const bytes = Buffer.allocUnsafe(tags.length * 4);
  for (const [index, [, group = '', element = '']] of tags.entries()) {
    bytes.writeUInt16LE(Number.parseInt(group, 16), index * 4);
    bytes.writeUInt16LE(Number.parseInt(element, 16), index * 4 + 2);
  }
  return bytes;
}
