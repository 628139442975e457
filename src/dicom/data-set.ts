/**
 * Data sets as they were stored (PS3.5 7): elements keep their raw bytes, in little endian order
 * whatever the transfer syntax was, padding included. Nothing is decoded until it is shown,
 * matched or edited.
 */

import { TAG, type Tag } from './tag.ts';
import { trimPaddingEnd } from './trim-padding.ts';
import type { ElementVr, Vr } from './vr.ts';

/** An element with a value field. */
export interface ValueElement {
  readonly kind: 'value';
  readonly tag: Tag;
  readonly vr: ElementVr;
  /** The value field as stored; an odd length is kept. Never changed in place. */
  readonly value: Uint8Array;
  /** The two VR bytes of an explicit VR encoding that name no VR (`vr` is `??` then), as Latin-1. */
  readonly foreignVr?: string;
  /** The length field, where the bytes end before the length it gives. */
  readonly storedLength?: number;
}

/** A sequence of items. `vr` is `UN` for UN of undefined length, whose items are implicit VR (PS3.5 6.2.2). */
export interface SequenceElement {
  readonly kind: 'sequence';
  readonly tag: Tag;
  readonly vr: 'SQ' | 'UN';
  readonly items: readonly Item[];
  readonly undefinedLength: boolean;
  /** The explicit length field, where it is not the length of what was read. */
  readonly storedLength?: number;
}

/** Encapsulated pixel data (PS3.5 A.4): the offset table, then the fragments. */
export interface FragmentsElement {
  readonly kind: 'fragments';
  readonly tag: Tag;
  readonly vr: 'OB' | 'OW';
  readonly fragments: readonly Uint8Array[];
}

export type Element = ValueElement | SequenceElement | FragmentsElement;

export interface Item {
  readonly dataSet: DataSet;
  readonly undefinedLength: boolean;
  /** The explicit length field, where it is not the length of what was read. */
  readonly storedLength?: number;
}

/** Elements in ascending tag order, each tag once. */
export class DataSet implements Iterable<Element> {
  #elements: Element[];

  /** Takes elements in any order; of equal tags the first stays (as DCMTK reads files). */
  constructor(elements: Iterable<Element> = []) {
    this.#elements = [];
    for (const element of elements) this.insert(element);
  }

  /** Takes over an array that is ascending by tag already, each tag once; the caller must not keep it. */
  static ofSorted(elements: Element[]): DataSet {
    const dataSet = new DataSet();
    dataSet.#elements = elements;
    return dataSet;
  }

  get size(): number {
    return this.#elements.length;
  }

  /** The elements by position, ascending by tag. */
  get elements(): readonly Element[] {
    return this.#elements;
  }

  [Symbol.iterator](): Iterator<Element> {
    return this.#elements[Symbol.iterator]();
  }

  get(tag: Tag): Element | undefined {
    const index = this.#indexOf(tag);
    const element = this.#elements[index];
    return element?.tag === tag ? element : undefined;
  }

  has(tag: Tag): boolean {
    return this.get(tag) !== undefined;
  }

  /** The raw value field, or undefined when the element is absent or no plain value. */
  value(tag: Tag): Uint8Array | undefined {
    const element = this.get(tag);
    return element?.kind === 'value' ? element.value : undefined;
  }

  /** The items of a sequence; none when it is absent or no sequence. */
  items(tag: Tag): readonly Item[] {
    const element = this.get(tag);
    return element?.kind === 'sequence' ? element.items : [];
  }

  /** Adds the element unless its tag is taken; says whether it did. */
  insert(element: Element): boolean {
    const last = this.#elements.at(-1);
    if (last === undefined || last.tag < element.tag) {
      this.#elements.push(element);
      return true;
    }
    const index = this.#indexOf(element.tag);
    if (this.#elements[index]?.tag === element.tag) return false;
    this.#elements.splice(index, 0, element);
    return true;
  }

  /** Adds the element, or replaces the one that has its tag. */
  set(element: Element): void {
    const index = this.#indexOf(element.tag);
    if (this.#elements[index]?.tag === element.tag) this.#elements[index] = element;
    else this.#elements.splice(index, 0, element);
  }

  /** Removes the element; says whether there was one. */
  delete(tag: Tag): boolean {
    const index = this.#indexOf(tag);
    if (this.#elements[index]?.tag !== tag) return false;
    this.#elements.splice(index, 1);
    return true;
  }

  /** First position whose tag is not below the given one. */
  #indexOf(tag: Tag): number {
    let low = 0;
    let high = this.#elements.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#elements[middle] as Element).tag < tag) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** A value element; the usual way to make one. */
export function valueElement(tag: Tag, vr: ElementVr, value: Uint8Array): ValueElement {
  return { kind: 'value', tag, vr, value };
}

/** A sequence with explicit length. */
export function sequenceElement(tag: Tag, items: readonly DataSet[]): SequenceElement {
  return {
    kind: 'sequence',
    tag,
    vr: 'SQ',
    items: items.map((dataSet) => ({ dataSet, undefinedLength: false })),
    undefinedLength: false,
  };
}

/** One for all: a view costs a hundred bytes. */
const NO_BYTES = new Uint8Array(0);

/** An attribute with zero length: no bytes, or no items. */
export function emptyElement(tag: Tag, vr: Vr): Element {
  return vr === 'SQ' ? sequenceElement(tag, []) : valueElement(tag, vr, NO_BYTES);
}

/** True where the element holds nothing: no bytes, no items. */
export function isEmpty(element: Element): boolean {
  switch (element.kind) {
    case 'value':
      return element.value.length === 0;
    case 'sequence':
      return element.items.length === 0;
    case 'fragments':
      return element.fragments.length === 0;
    default:
      return element satisfies never;
  }
}

/** A value of the default repertoire as text: padding removed, bytes above 7f as Latin-1; '' when absent. */
export function plainText(dataSet: DataSet, tag: Tag): string {
  const value = dataSet.value(tag);
  if (value === undefined) return '';
  return trimPaddingEnd(Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('latin1'));
}

/** The text of (0008,0005) that holds here: the data set's own, else what its parent declared (PS3.5 7.5.3). */
export function specificCharacterSet(dataSet: DataSet, inherited = ''): string {
  return dataSet.has(TAG.SpecificCharacterSet) ? plainText(dataSet, TAG.SpecificCharacterSet) : inherited;
}
