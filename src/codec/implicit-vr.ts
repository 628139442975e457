/** The VR of an element that carries none: the dictionary's, narrowed as PS3.5 A.1 says. */

import { type DataSet, plainText } from '../dicom/data-set.ts';
import { lookupTag } from '../dicom/dictionary.ts';
import { elementOf, groupOf, isPrivate, makeTag, TAG, type Tag } from '../dicom/tag.ts';
import { type ElementVr, vrTraits } from '../dicom/vr.ts';

const WAVEFORM_BITS_ALLOCATED = 0x54001004;
/** Waveform data and values of its samples: their width is in Waveform Bits Allocated. */
const SAMPLE_VALUES: ReadonlySet<Tag> = new Set([0x54000110, 0x54000112, 0x5400100a, 0x54001010]);
/** Pixel values whose sign is in Pixel Representation; palette descriptors are not among them. */
const PIXEL_VALUES: ReadonlySet<Tag> = new Set([
  0x00280106, 0x00280107, 0x00280108, 0x00280109, 0x00280120, 0x00280121, 0x00283002, 0x00409211, 0x00409216,
  0x00603004, 0x00603006, 0x00189810,
]);

function firstUint16(dataSet: DataSet, tag: Tag): number | undefined {
  const value = dataSet.value(tag);
  if (value === undefined || value.length < 2) return undefined;
  return (value[0] ?? 0) | ((value[1] ?? 0) << 8);
}

/** Bulk data of repeating groups: overlays are words, curves octets. */
export function bulkVr(tag: Tag): 'OB' | 'OW' | undefined {
  if (elementOf(tag) !== 0x3000) return undefined;
  const family = groupOf(tag) & 0xff00;
  if (family === 0x6000) return 'OW';
  return family === 0x5000 ? 'OB' : undefined;
}

/**
 * The VR of an implicit VR element. `read` holds what stood before it in its data set or item:
 * (0028,0103) and (5400,1004) decide between alternatives. What stays open keeps its placeholder.
 */
export function implicitVr(tag: Tag, read: DataSet, privateCreator: string | undefined): ElementVr {
  const vr = lookupTag(tag, privateCreator)?.vr;
  if (vr === undefined) return '??';
  if (vr === 'px') return tag === TAG.PixelData ? 'OW' : vr;
  if (vr === 'xs' && PIXEL_VALUES.has(tag)) {
    const representation = firstUint16(read, TAG.PixelRepresentation);
    if (representation !== undefined) return representation === 1 ? 'SS' : 'US';
  }
  if (vr === 'ox') {
    if (SAMPLE_VALUES.has(tag)) {
      const bits = firstUint16(read, WAVEFORM_BITS_ALLOCATED);
      if (bits !== undefined) return bits === 8 ? 'OB' : 'OW';
    }
    return bulkVr(tag) ?? vr;
  }
  return vr;
}

/** The creator that reserved the block of a private element (PS3.5 7.8.1); undefined when none has. */
export function privateCreatorOf(tag: Tag, read: DataSet): string | undefined {
  if (!isPrivate(tag) || elementOf(tag) < 0x1000) return undefined;
  const creator = read.get(makeTag(groupOf(tag), elementOf(tag) >>> 8));
  if (creator?.kind !== 'value' || vrTraits(creator.vr).kind !== 'text') return undefined;
  return plainText(read, creator.tag);
}
