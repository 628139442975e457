/** Value fields of even length (PS3.5 7.1.1). */

import { decidedVr, type ElementVr, vrTraits } from './vr.ts';

/** Text of the default repertoire as a value field: a UID, an AE title, a description. */
export function paddedText(text: string, vr: ElementVr): Uint8Array {
  return paddedValue(Buffer.from(text, 'latin1'), vr);
}

/** The value with the padding byte of its VR where its length is odd (PS3.5 6.2). */
export function paddedValue(bytes: Uint8Array, vr: ElementVr): Uint8Array {
  if (bytes.length % 2 === 0) return bytes;
  const padded = new Uint8Array(bytes.length + 1);
  padded.set(bytes);
  padded[bytes.length] = vrTraits(decidedVr(vr)).pad;
  return padded;
}
