/** The tag at the start of a line, in all the forms that dump2dcm reads. */

import { makeTag, type Tag } from '../dicom/tag.ts';

const BLANKS = /[ \t\v\f]/g;
const NUMBER = '(?:0[xX])?([0-9a-fA-F]{1,4})';
const TAG = new RegExp(`^\\(${NUMBER},${NUMBER}\\)$`);

/** Reads `(0010,0020)`, `( 10 , 0x20 )`, `(00 10,00 20)`; undefined for anything else. */
export function readTagText(text: string): Tag | undefined {
  const match = TAG.exec(text.replace(BLANKS, ''));
  if (match === null) return undefined;
  return makeTag(Number.parseInt(match[1] ?? '', 16), Number.parseInt(match[2] ?? '', 16));
}

function hexDigit(code: number): number {
  return code <= 0x39 ? code - 0x30 : (code | 0x20) - 0x57;
}

function hexWord(bytes: Uint8Array, offset: number): number {
  let word = 0;
  for (let at = offset; at < offset + 4; at++) word = word * 16 + hexDigit(bytes[at] as number);
  return word;
}

/** Reads the usual form, `(gggg,eeee)`, that is known to stand at the offset. */
export function readUsualTag(bytes: Uint8Array, offset: number): Tag {
  return makeTag(hexWord(bytes, offset + 1), hexWord(bytes, offset + 6));
}

/** What is wrong with text in parentheses that should be a tag. */
export function explainTag(text: string): { message: string; hint: string } {
  const plain = text.replace(BLANKS, '');
  const hint = 'tags are written (gggg,eeee), four hex digits each';
  if (!plain.includes(',')) return { message: `"${text}" is no tag: there is no comma`, hint };
  const long = /^\((?:0x)?([0-9a-f]*),(?:0x)?([0-9a-f]*)\)$/i.exec(plain);
  if (long !== null && long[1] !== '' && long[2] !== '') {
    return { message: `"${text}" is no tag: more than four hex digits`, hint };
  }
  return { message: `"${text}" is no tag`, hint };
}
