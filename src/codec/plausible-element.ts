/** Tells a cut element from bytes that were never part of the data set. */

import { lookupTag } from '../dicom/dictionary.ts';
import { groupOf, makeTag, type Tag } from '../dicom/tag.ts';
import { isVr } from '../dicom/vr.ts';
import type { TransferSyntax } from './transfer-syntax.ts';

const UNDEFINED_LENGTH = 0xffffffff;

function isUpper(byte: number): boolean {
  return byte >= 0x41 && byte <= 0x5a;
}

/**
 * Whether the bytes at `position` can be meant as the next element of a data set whose last
 * element had the tag `last`. A file copied with a line end behind it, or a stream padded with
 * zeros, is still a good file with something behind its end.
 */
export function plausibleElement(bytes: Uint8Array, position: number, syntax: TransferSyntax, last: Tag): boolean {
  const rest = bytes.length - position;
  const at = (index: number): number => bytes[position + index] ?? 0;
  const uint16 = (index: number): number =>
    syntax.bigEndian ? at(index) * 256 + at(index + 1) : at(index + 1) * 256 + at(index);
  if (rest < 5 || (!syntax.explicitVr && rest < 8)) return false;
  if (syntax.explicitVr) {
    // The file may end within the VR.
    if (rest === 5) return isUpper(at(4)) && makeTag(uint16(0), uint16(2)) > last;
    if (isVr(String.fromCharCode(at(4), at(5)))) return true;
    if (rest < 8) return false;
    // Two capitals can be a VR of a later edition, and item tags carry no VR.
    if ((isUpper(at(4)) && isUpper(at(5))) || uint16(0) === 0xfffe) return true;
    return uint16(6) <= rest - 8;
  }
  const length = uint16(syntax.bigEndian ? 6 : 4) + uint16(syntax.bigEndian ? 4 : 6) * 0x10000;
  if (length === UNDEFINED_LENGTH || length <= rest - 8) return true;
  const tag = makeTag(uint16(0), uint16(2));
  // Private elements follow their creator, and newer ones their like.
  return tag > last && (groupOf(tag) === groupOf(last) || lookupTag(tag) !== undefined);
}
