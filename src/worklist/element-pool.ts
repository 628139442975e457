/**
 * Equal elements of many entries kept once. The entries of a worklist differ in a handful of values; the rest (modality,
 * station, physician, what is empty) occurs again and again, and an element takes ten times the memory of its bytes.
 */

import { isInvariant } from '../dicom/charset/ascii.ts';
import { type DataSet, type ValueElement, valueElement } from '../dicom/data-set.ts';

/** A power of two. Values that occur once wander through without pushing out those that occur often. */
const SLOTS = 1 << 15;
const MAX_LENGTH = 64;
const BLOCK = 8_192;

function isEqual(a: ValueElement, b: ValueElement): boolean {
  if (a.tag !== b.tag || a.vr !== b.vr || a.value.length !== b.value.length) return false;
  for (let index = 0; index < a.value.length; index++) {
    if (a.value[index] !== b.value[index]) return false;
  }
  return true;
}

/** FNV-1a over tag and value. */
function slotOf({ tag, value }: ValueElement): number {
  let hash = Math.imul(tag ^ 0x811c9dc5, 0x01000193);
  for (let index = 0; index < value.length; index++) {
    hash = Math.imul(hash ^ (value[index] as number), 0x01000193);
  }
  return (hash ^ (hash >>> 15)) & (SLOTS - 1);
}

/**
 * A table of so many elements, each at the place that its content gives; a new one takes the place of an old one. So
 * it needs no tidying up, and what is in it when its last entry goes is soon overwritten.
 */
export class ElementPool {
  readonly #slots: (ValueElement | undefined)[] = new Array(SLOTS).fill(undefined);
  /** Where values are copied to, and how far it is full. */
  #block = new Uint8Array(BLOCK);
  #filled = 0;

  /** Replaces elements of the data set, at every level, by equal ones of other data sets. */
  share(dataSet: DataSet): void {
    for (const element of dataSet.elements) {
      if (element.kind === 'value') {
        const shared = this.#shared(element);
        if (shared !== element) dataSet.set(shared);
      } else if (element.kind === 'sequence') {
        for (const item of element.items) this.share(item.dataSet);
      }
    }
  }

  #shared(element: ValueElement): ValueElement {
    const { tag, vr, value, foreignVr, storedLength } = element;
    if (value.length > MAX_LENGTH || foreignVr !== undefined || storedLength !== undefined) return element;
    // What a text with other bytes means depends on where it stands.
    if (!isInvariant(value)) return element;
    const slot = slotOf(element);
    const known = this.#slots[slot];
    if (known !== undefined && isEqual(known, element)) return known;
    const kept = valueElement(tag, vr, value.length === 0 ? value : this.#copy(value));
    this.#slots[slot] = kept;
    return kept;
  }

  /** A view would keep all of its file in memory, and a buffer of its own takes as much as an element. */
  #copy(value: Uint8Array): Uint8Array {
    if (this.#filled + value.length > this.#block.length) {
      this.#block = new Uint8Array(BLOCK);
      this.#filled = 0;
    }
    const start = this.#filled;
    this.#filled += value.length;
    this.#block.set(value, start);
    return this.#block.subarray(start, this.#filled);
  }
}
