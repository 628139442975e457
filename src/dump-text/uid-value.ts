/** Unique identifiers: UI, as digits or as `=Name`. */

import { paddedText } from '../dicom/padded-value.ts';
import { nearestUidNames, uidOfName } from '../dicom/uid.ts';
import { type ValueResult, ValueTrouble } from './value-text.ts';

const WHITE_SPACE = /[ \t\v\f\r\n]+/g;

export interface UidText {
  readonly value: ValueResult;
  /** White space was within the value and is not in the result. */
  readonly squeezed: boolean;
}

/** Reads the text of a UI: a name is looked up as a whole, white space within is dropped. */
export function readUid(text: string, offset: number): UidText {
  if (text.startsWith('=')) return { value: readName(text.slice(1), offset), squeezed: false };
  const plain = text.replace(WHITE_SPACE, '');
  if (plain.startsWith('=')) return { value: readName(plain.slice(1), offset), squeezed: true };
  return { value: paddedText(plain, 'UI'), squeezed: plain.length !== text.length };
}

function readName(name: string, offset: number): ValueResult {
  const uid = uidOfName(name);
  if (uid !== undefined) return paddedText(uid, 'UI');
  const span = { offset, length: name.length + 1 };
  if (name.includes('\\')) {
    return new ValueTrouble(span, 'a name stands for the whole value', 'write several UIDs in digits');
  }
  const hint = () => {
    const nearest = nearestUidNames(name.trim()).map((candidate) => `=${candidate}`);
    return nearest.length === 0 ? 'write the UID in digits' : `did you mean ${nearest.join(' or ')}?`;
  };
  return new ValueTrouble(span, `unknown UID name "${name}"`, hint);
}
