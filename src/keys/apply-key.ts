/** Puts a key into a data set, and takes an attribute out of it, by the path the user named. */

import {
  DataSet,
  type Element,
  type Item,
  isEmpty,
  plainText,
  sequenceElement,
  specificCharacterSet,
  valueElement,
} from '../dicom/data-set.ts';
import { lookupTag } from '../dicom/dictionary.ts';
import { elementOf, formatTag, groupOf, isPrivate, isPrivateCreator, makeTag, type Tag } from '../dicom/tag.ts';
import { decidedVr, type ElementVr } from '../dicom/vr.ts';
import { UsageError } from '../errors.ts';
import { encodeValue } from './encode-value.ts';
import { inKey, type Key } from './key.ts';

/** The creator that reserved the block of a private tag in this data set (PS3.5 7.8.1). */
function privateCreator(dataSet: DataSet, tag: Tag): string | undefined {
  if (!isPrivate(tag) || isPrivateCreator(tag)) return undefined;
  return plainText(dataSet, makeTag(groupOf(tag), elementOf(tag) >>> 8)).trim();
}

/** The VR that the attribute has already, else the dictionary's; UN where nobody knows it. */
function vrFor(dataSet: DataSet, tag: Tag): ElementVr {
  const present = dataSet.get(tag);
  if (present?.kind === 'value' && decidedVr(present.vr) !== 'UN') return present.vr;
  const vr = lookupTag(tag, privateCreator(dataSet, tag))?.vr;
  return vr === undefined ? 'UN' : decidedVr(vr);
}

function itemsOf(dataSet: DataSet, tag: Tag): readonly Item[] {
  const element = dataSet.get(tag);
  if (element === undefined || element.kind === 'sequence') return dataSet.items(tag);
  if (isEmpty(element) || lookupTag(tag)?.vr === 'SQ') return [];
  throw new UsageError(`${formatTag(tag)} is no sequence`);
}

/** A new element, because a length field that was read with the old items no longer fits. */
function setItems(dataSet: DataSet, tag: Tag, items: readonly Item[]): void {
  const old = dataSet.get(tag);
  const vr = old?.kind === 'sequence' ? old.vr : 'SQ';
  const undefinedLength = old?.kind === 'sequence' && old.undefinedLength;
  dataSet.set({ kind: 'sequence', tag, vr, items, undefinedLength });
}

/** What became of a key. */
export interface KeyOutcome {
  /** Characters that the character set lacks. */
  readonly lost: readonly string[];
  /** Items that were made only because the numbered one stands behind them. */
  readonly fillers: number;
}

interface Application {
  readonly lost: string[];
  fillers: number;
}

/** The items meant, made where they are missing: the numbered one, or every item there is, or a first one. */
function makeItems(dataSet: DataSet, tag: Tag, item: number | undefined, application: Application): readonly Item[] {
  const items = itemsOf(dataSet, tag);
  const needed = item === undefined ? 1 : item + 1;
  if (items.length >= needed) return item === undefined ? items : [items[item] as Item];
  const added = Array.from({ length: needed - items.length }, () => ({
    dataSet: new DataSet(),
    undefinedLength: false,
  }));
  application.fillers += added.length - 1;
  const all = [...items, ...added];
  setItems(dataSet, tag, all);
  return item === undefined ? all : [all[item] as Item];
}

function makeElement(dataSet: DataSet, key: Key, charset: string, lost: string[]): Element {
  const vr = vrFor(dataSet, key.tag);
  if (vr === 'SQ') return sequenceElement(key.tag, []);
  const encoded = encodeValue(key.value ?? '', vr, charset);
  lost.push(...encoded.lost);
  return valueElement(key.tag, vr, encoded.bytes);
}

function apply(dataSet: DataSet, key: Key, depth: number, charset: string, application: Application): void {
  const own = specificCharacterSet(dataSet, charset);
  const step = key.path[depth];
  if (step !== undefined) {
    const items = makeItems(dataSet, step.tag, step.item, application);
    for (const item of items) apply(item.dataSet, key, depth + 1, own, application);
  } else if (key.item !== undefined) {
    makeItems(dataSet, key.tag, key.item, application);
  } else if (key.value !== undefined || dataSet.items(key.tag).length === 0) {
    // A return key for a sequence that has items already asks for no more than they do.
    dataSet.set(makeElement(dataSet, key, own, application.lost));
  }
}

/**
 * Sets the attribute that the key names, to its value or to zero length; sequences and items on the way are made as
 * needed. Without an index every item of a sequence is meant. Text is encoded in the character set that holds where it
 * goes: the data set's own, else `charset`.
 * @throws UsageError for a value that its VR cannot have.
 */
export function applyKey(dataSet: DataSet, key: Key, charset = ''): KeyOutcome {
  const application: Application = { lost: [], fillers: 0 };
  apply(dataSet, key, 0, charset, application);
  return application;
}

/** `applyKey` for a key that stands alone on a command line: what is said of its value names it. */
export function applyTypedKey(dataSet: DataSet, key: Key): KeyOutcome {
  try {
    return applyKey(dataSet, key);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    throw new UsageError(`${error.message}${inKey(key)}`, { hint: error.hint });
  }
}

function remove(dataSet: DataSet, key: Key, depth: number): number {
  const step = key.path[depth];
  if (step !== undefined) {
    const items = dataSet.items(step.tag);
    const meant = step.item === undefined ? items : items.slice(step.item, step.item + 1);
    return meant.reduce((sum, item) => sum + remove(item.dataSet, key, depth + 1), 0);
  }
  if (key.item === undefined) return dataSet.delete(key.tag) ? 1 : 0;
  const items = dataSet.items(key.tag);
  if (items.length <= key.item) return 0;
  setItems(
    dataSet,
    key.tag,
    items.filter((_, index) => index !== key.item),
  );
  return 1;
}

/** Removes the attribute, or the item, that the key names; says how many were there. */
export function removeKey(dataSet: DataSet, key: Key): number {
  return remove(dataSet, key, 0);
}
