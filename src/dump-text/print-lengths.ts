/** Explicit length fields of sequences and items (PS3.5 7.5), which a data set in memory does not keep. */

import type { DataSet, Element, Item, SequenceElement } from '../dicom/data-set.ts';
import { vrTraits } from '../dicom/vr.ts';

/** Tag and length of an item, or of the delimiter that ends an undefined length. */
const ITEM_HEADER = 8;

/**
 * Answers the length field of each sequence and item of a data set that was read in explicit or
 * implicit VR: the one that was stored where it differs from what was read, else measured.
 */
export function measureLengths(dataSet: DataSet, explicitVr: boolean): (part: SequenceElement | Item) => number {
  const lengths = new Map<SequenceElement | Item, number>();
  for (const element of dataSet.elements) measureElement(element, explicitVr, lengths);
  return (part) => part.storedLength ?? lengths.get(part) ?? 0;
}

/** Bytes of the element in a file, header included. */
function measureElement(element: Element, explicitVr: boolean, lengths: Map<SequenceElement | Item, number>): number {
  if (element.kind === 'value') return headerSize(element, explicitVr) + element.value.length;
  if (element.kind === 'fragments') {
    return element.fragments.reduce((sum, fragment) => sum + ITEM_HEADER + fragment.length, 12 + ITEM_HEADER);
  }
  // UN of undefined length holds items in implicit VR (PS3.5 6.2.2).
  const explicitItems = explicitVr && element.vr !== 'UN';
  let content = element.undefinedLength ? ITEM_HEADER : 0;
  for (const item of element.items) {
    let size = 0;
    for (const inner of item.dataSet.elements) size += measureElement(inner, explicitItems, lengths);
    lengths.set(item, size);
    content += ITEM_HEADER + size + (item.undefinedLength ? ITEM_HEADER : 0);
  }
  lengths.set(element, content);
  return headerSize(element, explicitVr) + content;
}

function headerSize(element: Element, explicitVr: boolean): 8 | 12 {
  if (!explicitVr) return 8;
  const foreignVr = element.kind === 'value' ? element.foreignVr : undefined;
  const long = foreignVr === undefined ? vrTraits(element.vr).longHeader : /^[A-Z]{2}$/.test(foreignVr);
  return long ? 12 : 8;
}
