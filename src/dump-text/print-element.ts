/** Elements, sequences and items as dcmdump prints them, one line and more each. */

import { privateCreatorOf } from '../codec/implicit-vr.ts';
import { countValues } from '../dicom/charset/text-codec.ts';
import {
  type DataSet,
  type Element,
  type FragmentsElement,
  type Item,
  type SequenceElement,
  specificCharacterSet,
  type ValueElement,
} from '../dicom/data-set.ts';
import { lookupTag } from '../dicom/dictionary.ts';
import { isPrivate, TAG, type Tag } from '../dicom/tag.ts';
import { vrTraits } from '../dicom/vr.ts';
import { type LineHead, printLineEnd, printLineStart } from './print-line.ts';
import { printNote } from './print-note.ts';
import type { PrintStyle } from './print-style.ts';
import { completedValue, printValue, withoutPadding } from './print-value.ts';
import type { TextSink } from './text-sink.ts';

/** What the printer has to know besides the elements. */
interface ReadingFacts {
  /** The explicit length field of a sequence or item, as it stood in the file. */
  lengthOf(part: SequenceElement | Item): number;
  /** Private elements that stood before their creator: they have no name. */
  readonly strayPrivates: ReadonlySet<Element>;
}

const UNKNOWN_NAME = 'Unknown Tag & Data';

/** Names repeat: the dictionary is asked once for each standard tag. */
const names = new Map<Tag, string>();

/** The keyword of an element, private ones by the creator in the same data set or item. */
function elementName(tag: Tag, dataSet: DataSet): string {
  if (isPrivate(tag)) return lookupTag(tag, privateCreatorOf(tag, dataSet))?.keyword ?? UNKNOWN_NAME;
  let name = names.get(tag);
  if (name === undefined) {
    name = lookupTag(tag)?.keyword ?? UNKNOWN_NAME;
    if (names.size < 10_000) names.set(tag, name);
  }
  return name;
}

/** Prints elements into a sink, in one style. */
export class ElementPrinter {
  readonly #sink: TextSink;
  readonly #style: PrintStyle;
  readonly #facts: ReadingFacts;

  constructor(sink: TextSink, style: PrintStyle, facts: ReadingFacts) {
    this.#sink = sink;
    this.#style = style;
    this.#facts = facts;
  }

  /** `charset` is what holds in the data set the element stands in. */
  print(element: Element, dataSet: DataSet, level: number, charset: string): void {
    switch (element.kind) {
      case 'value':
        this.#printValueElement(element, dataSet, level, charset);
        return;
      case 'sequence':
        this.#printSequence(element, dataSet, level, charset);
        return;
      case 'fragments':
        this.#printFragments(element, dataSet, level);
        return;
      default:
        element satisfies never;
    }
  }

  #printValueElement(element: ValueElement, dataSet: DataSet, level: number, charset: string): void {
    const head = { tag: element.tag, vr: printedVr(element), name: this.#nameOf(element, dataSet), level };
    const value = this.#loadedValue(element);
    printLineStart(this.#sink, head, this.#style);
    const isMissing = element.storedLength !== undefined && value.length === 0;
    const printed = isMissing
      ? printNote(this.#sink, '(not loaded)', this.#style)
      : printValue(this.#sink, element, value, charset, this.#style);
    const multiplicity = this.#style.tree ? 0 : this.#multiplicity(element, value, charset);
    printLineEnd(this.#sink, head, printed, element.storedLength ?? value.length, multiplicity, this.#style);
  }

  #printSequence(sequence: SequenceElement, dataSet: DataSet, level: number, charset: string): void {
    const { tree } = this.#style;
    const head = { tag: sequence.tag, vr: 'SQ', name: this.#nameOf(sequence, dataSet), level };
    const note = `(Sequence with ${lengthKind(sequence)} length #=${sequence.items.length})`;
    this.#printNoteLine(head, tree ? '' : note, this.#lengthOf(sequence), 1);
    for (const item of sequence.items) this.printItem(item, level + 1, charset);
    if (!tree)
      this.#printEnd(TAG.SequenceDelimitationItem, 'SequenceDelimitationItem', level, sequence.undefinedLength);
  }

  /** `charset` is what holds around the item. */
  printItem(item: Item, level: number, charset: string): void {
    const { tree } = this.#style;
    const head = { tag: TAG.Item, vr: 'na', name: 'Item', level };
    const note = `(Item with ${lengthKind(item)} length #=${item.dataSet.size})`;
    this.#printNoteLine(head, tree ? '' : note, this.#lengthOf(item), 1);
    const ownCharset = specificCharacterSet(item.dataSet, charset);
    for (const element of item.dataSet.elements) this.print(element, item.dataSet, level + 1, ownCharset);
    if (!tree) this.#printEnd(TAG.ItemDelimitationItem, 'ItemDelimitationItem', level, item.undefinedLength);
  }

  #printFragments(element: FragmentsElement, dataSet: DataSet, level: number): void {
    const { tree } = this.#style;
    const head = { tag: element.tag, vr: element.vr, name: this.#nameOf(element, dataSet), level };
    this.#printNoteLine(head, tree ? '' : `(PixelSequence #=${element.fragments.length})`, undefined, 1);
    for (const fragment of element.fragments) {
      const octets: ValueElement = { kind: 'value', tag: TAG.Item, vr: 'OB', value: fragment };
      const fragmentHead = { tag: TAG.Item, vr: 'pi', name: 'Item', level: level + 1 };
      const value = this.#loadedValue(octets);
      printLineStart(this.#sink, fragmentHead, this.#style);
      const printed = printValue(this.#sink, octets, value, '', this.#style);
      printLineEnd(this.#sink, fragmentHead, printed, value.length, 1, this.#style);
    }
    if (!tree) this.#printEnd(TAG.SequenceDelimitationItem, 'SequenceDelimitationItem', level, true);
  }

  #loadedValue(element: ValueElement): Uint8Array {
    return this.#style.keepPadding ? element.value : completedValue(element);
  }

  #nameOf(element: Element, dataSet: DataSet): string {
    if (!this.#facts.strayPrivates.has(element)) return elementName(element.tag, dataSet);
    return lookupTag(element.tag)?.keyword ?? UNKNOWN_NAME;
  }

  #lengthOf(part: SequenceElement | Item): number | undefined {
    return part.undefinedLength ? undefined : this.#facts.lengthOf(part);
  }

  /** A closing line, whether or not the file had it. */
  #printEnd(tag: Tag, name: string, level: number, undefinedLength: boolean): void {
    const ending = tag === TAG.SequenceDelimitationItem ? 're-encod.' : 're-encoding';
    const note = undefinedLength ? `(${name})` : `(${name} for ${ending})`;
    this.#printNoteLine({ tag, vr: 'na', name, level }, note, 0, 0);
  }

  #printNoteLine(head: LineHead, note: string, length: number | undefined, multiplicity: number): void {
    printLineStart(this.#sink, head, this.#style);
    const printed = printNote(this.#sink, note, this.#style);
    printLineEnd(this.#sink, head, printed, length, multiplicity, this.#style);
  }

  /** Bulk VRs count as one value whatever they hold, empty too; text is counted without its padding. */
  #multiplicity(element: ValueElement, value: Uint8Array, charset: string): number {
    const traits = vrTraits(element.vr);
    switch (traits.kind) {
      case 'text':
      case 'uid': {
        const text = this.#style.keepPadding ? value : withoutPadding(value, traits.kind === 'uid');
        if (text.length === 0) return 0;
        return traits.multiple ? countTextValues(text, element, charset) : 1;
      }
      case 'tag':
        return Math.floor(value.length / 4);
      case 'integer':
      case 'float':
        return traits.longHeader && traits.vr.startsWith('O') ? 1 : Math.floor(value.length / traits.unit);
      default:
        return 1;
    }
  }
}

const BACKSLASH = 0x5c;

function countTextValues(text: Uint8Array, element: ValueElement, charset: string): number {
  if (!text.includes(BACKSLASH)) return 1;
  return countValues(text, vrTraits(element.vr).charset ? charset : '', element.vr);
}

function lengthKind(part: { readonly undefinedLength: boolean }): string {
  return part.undefinedLength ? 'undefined' : 'explicit';
}

/** `??` is kept for two bytes in the file that name no VR; a tag the dictionary lacks is UN (PS3.5 6.2.2). */
function printedVr(element: ValueElement): string {
  return element.vr === '??' && element.foreignVr === undefined ? 'UN' : element.vr;
}
