/** The identifier of an answer (PS3.4 K.2.2.1.2, K.4.1.1.3.2): what was asked for, as one step of one entry has it. */

import {
  DataSet,
  type Element,
  emptyElement,
  type Item,
  isEmpty,
  sequenceElement,
  type ValueElement,
  valueElement,
} from '../dicom/data-set.ts';
import { lookupTag } from '../dicom/dictionary.ts';
import { paddedValue } from '../dicom/padded-value.ts';
import { elementOf, groupOf, isGroupLength, makeTag, TAG, type Tag } from '../dicom/tag.ts';
import { decidedVr, type Vr } from '../dicom/vr.ts';
import { type ModelAttributes, modelItems } from '../model/worklist-model.ts';
import { addCharacterSet, type LostText, TextConversion } from './answer-text.ts';
import { creatorOfBlock, type EntryView, type ItemView, privateBlock, viewItem } from './entry-view.ts';
import { passesAll, storedElement } from './key-test.ts';
import type { CreatorKey, KeyLevel, Query, SequenceKey, ValueKey } from './query-key.ts';

export interface RespondOptions {
  /** The terms of (0008,0005) to encode text in; undefined: the stored bytes. */
  readonly charset?: string;
}

export interface Answer {
  readonly dataSet: DataSet;
  /** Characters that the character set asked for does not have, by attribute; the answer holds replacements. */
  readonly lost: readonly LostText[];
}

/** Builds the answer for one step. */
class Responder {
  readonly #step: ItemView;
  readonly #text: TextConversion;

  constructor(step: ItemView, text: TextConversion) {
    this.#step = step;
    this.#text = text;
  }

  level(keys: KeyLevel['keys'], view: ItemView, path: readonly Tag[]): DataSet {
    const answer = new DataSet();
    for (const key of keys) {
      if (key.kind === 'creator') this.#answerCreator(answer, key, view);
      else if (key.kind === 'sequence') answer.insert(this.#answerSequence(key, view, path));
      else this.#answerValue(answer, key, view, path);
    }
    this.#text.declareInItem(answer, view, path.length > 0);
    return answer;
  }

  #answerValue(answer: DataSet, key: ValueKey, view: ItemView, path: readonly Tag[]): void {
    const stored = storedElement(view, key.tag, key.creator);
    if (stored === undefined) {
      answer.insert(key);
      return;
    }
    answer.insert(this.#copy(stored.tag === key.tag ? stored : { ...stored, tag: key.tag }, view, path, key.vr));
    this.#addCreator(answer, key, view);
  }

  /** Asked without its creator, a private attribute comes with the one that the entry names: it has no meaning else. */
  #addCreator(answer: DataSet, key: ValueKey, view: ItemView): void {
    const block = privateBlock(key.tag);
    if (block === undefined || key.creator !== undefined) return;
    const creator = view.dataSet.get(makeTag(groupOf(key.tag), block));
    if (creator?.kind === 'value') answer.set({ ...creator });
  }

  /** The creator names the block of the answer, as the entry writes it or as it was asked. */
  #answerCreator(answer: DataSet, { tag, creator }: CreatorKey, view: ItemView): void {
    const stored = view.dataSet.get(tag);
    const isStored = creatorOfBlock(view.dataSet, groupOf(tag), elementOf(tag)) === creator;
    if (stored?.kind === 'value' && isStored) answer.insert({ ...stored });
    else answer.insert(valueElement(tag, 'LO', paddedValue(Buffer.from(creator, 'latin1'), 'LO')));
  }

  /** Absent: no items. With matching keys: the items that match, and of them what was asked for (C.2.2.2.6). */
  #answerSequence(key: SequenceKey, view: ItemView, path: readonly Tag[]): Element {
    const stored = storedElement(view, key.tag, key.creator);
    const isStep = path.length === 0 && key.tag === TAG.ScheduledProcedureStepSequence;
    const storedItems = stored?.kind === 'sequence' ? stored.items.map((item) => viewItem(view, item)) : [];
    const inner = [...path, key.tag];
    const level = key.items;
    const matching = storedItems.filter((item) => level === undefined || passesAll(level, item));
    const answered = (isStep ? [this.#step] : matching).map((item) =>
      level === undefined ? this.#whole(item, inner) : this.level(level.keys, item, inner),
    );
    return sequenceElement(key.tag, answered);
  }

  /** Everything in an item, and with zero length what the model requires of it (types 1 and 2). */
  #whole(view: ItemView, path: readonly Tag[]): DataSet {
    const answer = this.#copyItem(view, path);
    addRequired(answer, modelItems(path));
    return answer;
  }

  #copy(element: Element, view: ItemView, path: readonly Tag[], vr?: Vr): Element {
    switch (element.kind) {
      case 'value':
        return this.#text.convert(sendable(element, vr), view, path);
      case 'sequence': {
        const inner = [...path, element.tag];
        const copyItem = (item: Item): DataSet => this.#copyItem(viewItem(view, item), inner);
        return sequenceElement(element.tag, element.items.map(copyItem));
      }
      case 'fragments':
        return element;
      default:
        return element satisfies never;
    }
  }

  #copyItem(view: ItemView, path: readonly Tag[]): DataSet {
    const answer = new DataSet();
    for (const element of view.dataSet) {
      if (!isGroupLength(element.tag) && element.tag !== TAG.SpecificCharacterSet) {
        answer.insert(this.#copy(element, view, path));
      }
    }
    this.#text.declareInItem(answer, view, true);
    return answer;
  }
}

/** The stored element itself where it can be sent as it is: most of them can. `vr`: what an unknown one was asked as. */
function sendable(element: ValueElement, vr: Vr | undefined): ValueElement {
  const known = vr !== undefined && vr !== 'SQ' && decidedVr(element.vr) === 'UN' ? vr : element.vr;
  // Odd lengths occur in files, but a network message must not have them.
  const value = paddedValue(element.value, known);
  const isPlain = element.foreignVr === undefined && element.storedLength === undefined;
  if (isPlain && known === element.vr && value === element.value) return element;
  return valueElement(element.tag, known, value);
}

function addRequired(answer: DataSet, attributes: ModelAttributes | undefined): void {
  for (const { tag, type } of attributes?.values() ?? []) {
    if ((type !== '1' && type !== '2') || answer.has(tag)) continue;
    answer.insert(emptyElement(tag, decidedVr(lookupTag(tag)?.vr ?? 'UN')));
  }
}

/** Times in the answer are to be read in the zone that the entry names (Table K.6-1a). */
function hasTime(dataSet: DataSet): boolean {
  for (const element of dataSet) {
    if (element.kind === 'sequence' && element.items.some((item) => hasTime(item.dataSet))) return true;
    if (element.kind === 'value' && (element.vr === 'TM' || element.vr === 'DT') && !isEmpty(element)) return true;
  }
  return false;
}

/** What an answer holds though nobody asked for it (K.4.1.1.3.2). */
function addContext(answer: DataSet, query: Query, entry: EntryView): void {
  const timezone = entry.dataSet.get(TAG.TimezoneOffsetFromUTC);
  if (timezone?.kind === 'value' && !isEmpty(timezone) && (query.asksTimezone || hasTime(answer))) {
    answer.insert({ ...timezone });
  }
}

/**
 * The answer for one matching step: every attribute asked for, with its stored bytes or zero length; never a value of
 * the query.
 */
export function respond(query: Query, entry: EntryView, step: number, options: RespondOptions = {}): Answer {
  const text = new TextConversion(options.charset);
  const view = entry.steps[step];
  if (view === undefined) throw new RangeError(`the entry has no step ${step}`);
  const dataSet = new Responder(view, text).level(query.root.keys, entry, []);
  addContext(dataSet, query, entry);
  addCharacterSet(dataSet, options.charset ?? entry.charset);
  return { dataSet, lost: text.lost };
}
