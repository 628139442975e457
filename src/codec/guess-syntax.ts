/** The transfer syntax of a data set that no file meta information names. */

import { lookupTag } from '../dicom/dictionary.ts';
import { makeTag } from '../dicom/tag.ts';
import { isVr } from '../dicom/vr.ts';
import { EXPLICIT_BIG, EXPLICIT_LITTLE, IMPLICIT_LITTLE, type TransferSyntax } from './transfer-syntax.ts';

/**
 * Guesses from the first tag and the two bytes behind it: letters of a VR mean explicit VR, and
 * the byte order is the one in which the tag is known, or else the one with the lower group.
 */
export function guessSyntax(bytes: Uint8Array, start = 0): TransferSyntax {
  const [b0 = 0, b1 = 0, b2 = 0, b3 = 0, v0 = 0, v1 = 0] = bytes.subarray(start, start + 6);
  if (bytes.length - start < 6) return EXPLICIT_LITTLE;
  if (!isVr(String.fromCharCode(v0, v1))) return IMPLICIT_LITTLE;
  const little = makeTag(b1 * 256 + b0, b3 * 256 + b2);
  const big = makeTag(b0 * 256 + b1, b2 * 256 + b3);
  const knownLittle = lookupTag(little) !== undefined;
  const knownBig = lookupTag(big) !== undefined;
  if (knownLittle && knownBig) return little >>> 16 > 0xff && big >>> 16 <= 0xff ? EXPLICIT_BIG : EXPLICIT_LITTLE;
  return knownBig ? EXPLICIT_BIG : EXPLICIT_LITTLE;
}
