/** A data set as the matcher sees it: which character set holds where, and its text decoded at most once. */

import { isInvariant, latin1Text } from '../dicom/charset/ascii.ts';
import { decodeText, splitValues } from '../dicom/charset/text-codec.ts';
import { type DataSet, type Item, specificCharacterSet, type ValueElement } from '../dicom/data-set.ts';
import { elementOf, groupOf, isPrivate, isPrivateCreator, makeTag, TAG, type Tag } from '../dicom/tag.ts';
import { trimPadding } from '../dicom/trim-padding.ts';
import { type Vr, vrTraits } from '../dicom/vr.ts';

interface Decoded {
  readonly vr: Vr;
  readonly texts: readonly string[];
}

/** Only text beyond the default repertoire is worth remembering. */
class DecodedTexts {
  #decoded: Map<ValueElement, Decoded> | undefined;

  remember(element: ValueElement, vr: Vr, decode: () => readonly string[]): readonly string[] {
    this.#decoded ??= new Map();
    const known = this.#decoded.get(element);
    if (known?.vr === vr) return known.texts;
    const texts = decode();
    this.#decoded.set(element, { vr, texts });
    return texts;
  }
}

/** A data set, or an item of it, with the character set that holds there (PS3.5 7.5.3). */
export interface ItemView {
  readonly dataSet: DataSet;
  /** The raw text of (0008,0005), its own or inherited. */
  readonly charset: string;
  readonly decoded: DecodedTexts;
}

/** What the store keeps of an entry, once for all queries. The data set must not change under it. */
export interface EntryView extends ItemView {
  /** The items of Scheduled Procedure Step Sequence, by position. */
  readonly steps: readonly ItemView[];
}

export function viewItem(parent: ItemView, item: Item): ItemView {
  const charset = specificCharacterSet(item.dataSet, parent.charset);
  return { dataSet: item.dataSet, charset, decoded: parent.decoded };
}

/** Prepares a data set; what declares no character set is read as `fallbackCharset`. */
export function viewEntry(dataSet: DataSet, fallbackCharset = ''): EntryView {
  const charset = specificCharacterSet(dataSet) || fallbackCharset;
  const root: ItemView = { dataSet, charset, decoded: new DecodedTexts() };
  const steps = dataSet.items(TAG.ScheduledProcedureStepSequence).map((item) => viewItem(root, item));
  return { ...root, steps };
}

/** The values of a stored element as text, read as a VR; padding and blanks are still there. */
export function storedTexts(view: ItemView, element: ValueElement, vr: Vr): readonly string[] {
  const { value } = element;
  if (isInvariant(value)) return [latin1Text(value)];
  const { charset, multiple } = vrTraits(vr);
  if (!charset) return multiple ? latin1Text(value).split('\\') : [latin1Text(value)];
  return view.decoded.remember(element, vr, () =>
    splitValues(value, view.charset, vr).map((bytes) => decodeText(bytes, view.charset, vr)),
  );
}

/** The text of a private creator element, without blanks; '' where the block has none (PS3.5 7.8.1). */
export function creatorOfBlock(dataSet: DataSet, group: number, block: number): string {
  const value = dataSet.value(makeTag(group, block));
  return value === undefined ? '' : trimPadding(latin1Text(value));
}

/** The number of the block that holds a private tag, 10 to ff; undefined for tags that stand in no block. */
export function privateBlock(tag: Tag): number | undefined {
  const block = elementOf(tag) >>> 8;
  return isPrivate(tag) && !isPrivateCreator(tag) && block >= 0x10 ? block : undefined;
}

/** Where the data set keeps what the query calls `tag` of this creator; blocks are numbered anew in each data set. */
export function findPrivateTag(dataSet: DataSet, tag: Tag, creator: string): Tag | undefined {
  const group = groupOf(tag);
  let found: Tag | undefined;
  for (const element of dataSet.elements) {
    if (groupOf(element.tag) !== group || !isPrivateCreator(element.tag)) continue;
    const block = elementOf(element.tag);
    if (creatorOfBlock(dataSet, group, block) !== creator) continue;
    const stored = makeTag(group, block * 0x100 + (elementOf(tag) & 0xff));
    if (dataSet.has(stored)) return stored;
    found ??= stored;
  }
  return found;
}
