/** What an attribute of an entry says, to be compared with what an order says. */

import { decodeText } from '../dicom/charset/text-codec.ts';
import type { DataSet } from '../dicom/data-set.ts';
import type { Tag } from '../dicom/tag.ts';
import type { ElementVr } from '../dicom/vr.ts';

/** The text without padding, '' where there is none; `charset` is the (0008,0005) that holds. */
export function attributeText(dataSet: DataSet, tag: Tag, vr: ElementVr, charset: string): string {
  return decodeText(dataSet.value(tag) ?? new Uint8Array(0), charset, vr).replace(/^[ \0]+|[ \0]+$/g, '');
}
