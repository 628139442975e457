/**
 * Where everything of a data set goes when it is written: sizes come first, because explicit
 * lengths stand before what they measure (PS3.5 7.5).
 */

import {
  type DataSet,
  type Element,
  type FragmentsElement,
  type Item,
  type SequenceElement,
  type ValueElement,
  valueElement,
} from '../dicom/data-set.ts';
import { elementOf, groupOf, isGroupLength, makeTag, type Tag } from '../dicom/tag.ts';
import { decidedVr, type Vr, vrTraits } from '../dicom/vr.ts';
import { DataError } from '../errors.ts';
import { foreignVrHasLongHeader } from './element-header.ts';
import { IMPLICIT_LITTLE, type TransferSyntax } from './transfer-syntax.ts';

/** The longest value with a 16-bit length field, padded to even. */
const MAX_SHORT_LENGTH = 0xfffe;

/** Bytes of tag, VR and length (PS3.5 7.1.2, 7.1.3). */
const SHORT_HEADER = 8;
const LONG_HEADER = 12;

export interface WriteOptions {
  /** Lengths of sequences and items: as they were read (default), all explicit, or all undefined. */
  readonly lengths?: 'keep' | 'explicit' | 'undefined';
  /** Group length elements: as they are (default), values made right, one for every group, or none. */
  readonly groupLengths?: 'keep' | 'recalculate' | 'create' | 'remove';
  /** Write VRs that PS3.5 got after 1998 as OB or UN, for readers of that age (dump2dcm -u). */
  readonly oldVrs?: boolean;
  /** zlib level 0 to 9 for the deflated syntax. Default 6. */
  readonly compressionLevel?: number;
}

/** VRs that are younger than explicit VR itself; old readers do not know their header. */
const YOUNG_VRS: ReadonlySet<Vr> = new Set(['OD', 'OF', 'OL', 'OV', 'SV', 'UC', 'UN', 'UR', 'UT', 'UV']);

/** A sequence with the size of its content, delimiters included. */
export interface MeasuredSequence {
  readonly kind: 'measured';
  readonly tag: Tag;
  /** UN holds implicit VR items (PS3.5 6.2.2 note 2). */
  readonly vr: 'SQ' | 'UN';
  readonly contentSize: number;
  readonly undefinedLength: boolean;
  readonly items: readonly MeasuredItem[];
}

export interface MeasuredItem {
  readonly elements: readonly LaidOut[];
  readonly contentSize: number;
  readonly undefinedLength: boolean;
}

/** An element ready to be written. Most are values, which need no more than they are. */
export type LaidOut = ValueElement | FragmentsElement | MeasuredSequence;

/** Plans the bytes of a data set. @throws DataError for what the syntax cannot carry. */
export function layOutDataSet(dataSet: DataSet, syntax: TransferSyntax, options: WriteOptions): readonly LaidOut[] {
  return new Planner(syntax, options).plan(dataSet);
}

/** Bytes that the elements take. */
export function sizeOf(elements: readonly LaidOut[], headers: Headers): number {
  let size = 0;
  for (const element of elements) size += headers.sizeOf(element) + contentSizeOf(element);
  return size;
}

/** Bytes of the value field, delimiters included. */
export function contentSizeOf(element: LaidOut): number {
  switch (element.kind) {
    case 'value':
      return element.value.length;
    case 'fragments':
      return element.fragments.reduce((sum, fragment) => sum + 8 + fragment.length, 8);
    case 'measured':
      return element.contentSize;
    default:
      return element satisfies never;
  }
}

/** What stands before values in a transfer syntax. */
export class Headers {
  readonly #explicitVr: boolean;
  readonly #oldVrs: boolean;

  constructor(syntax: TransferSyntax, options: WriteOptions) {
    this.#explicitVr = syntax.explicitVr;
    this.#oldVrs = options.oldVrs === true;
  }

  /** The VR to write. A value too long for the 16-bit length of its VR is written as UN (PS3.5 6.2.2 note 6). */
  vrOf(element: LaidOut): Vr {
    if (element.kind !== 'value') return element.vr;
    const vr = decidedVr(element.vr);
    const written = this.#oldVrs && YOUNG_VRS.has(vr) ? 'OB' : vr;
    if (element.value.length <= MAX_SHORT_LENGTH || !this.#explicitVr || vrTraits(written).longHeader) return written;
    return this.#oldVrs ? 'OB' : 'UN';
  }

  /** Bytes of tag, VR and length. */
  sizeOf(element: LaidOut): number {
    if (!this.#explicitVr) return SHORT_HEADER;
    const foreignVr = element.kind === 'value' ? element.foreignVr : undefined;
    const isLong =
      foreignVr === undefined ? vrTraits(this.vrOf(element)).longHeader : foreignVrHasLongHeader(foreignVr);
    return isLong ? LONG_HEADER : SHORT_HEADER;
  }
}

class Planner {
  readonly #syntax: TransferSyntax;
  readonly #options: WriteOptions;
  readonly #headers: Headers;

  constructor(syntax: TransferSyntax, options: WriteOptions) {
    this.#syntax = syntax;
    this.#options = options;
    this.#headers = new Headers(syntax, options);
  }

  plan(dataSet: DataSet): readonly LaidOut[] {
    const groupLengths = this.#options.groupLengths ?? 'keep';
    const wanted =
      groupLengths === 'remove' ? dataSet.elements.filter(({ tag }) => !isGroupLength(tag)) : dataSet.elements;
    const laidOut = wanted.every(isValue) ? wanted : wanted.map((element) => this.#layOut(element));
    if (groupLengths === 'create') return this.#withGroupLengths(laidOut, groupLengths);
    const measured = groupLengths === 'recalculate' && laidOut.some(({ tag }) => isGroupLength(tag));
    return measured ? this.#withGroupLengths(laidOut, groupLengths) : laidOut;
  }

  #layOut(element: Element): LaidOut {
    switch (element.kind) {
      case 'value':
        return element;
      case 'sequence':
        return this.#measure(element);
      case 'fragments':
        if (!this.#syntax.encapsulated && !this.#keepsSyntax()) {
          throw new DataError('conversion', `compressed pixel data cannot be written as ${this.#syntax.name}`, {
            hint: 'keep the transfer syntax of the pixel data',
          });
        }
        return element;
      default:
        return element satisfies never;
    }
  }

  /** A file read with fragments in an uncompressed syntax is written back as it was. */
  #keepsSyntax(): boolean {
    return (this.#options.lengths ?? 'keep') === 'keep' && this.#syntax.explicitVr;
  }

  #measure(element: SequenceElement): MeasuredSequence {
    const lengths = this.#options.lengths ?? 'keep';
    // UN of undefined length holds implicit VR items: it can be kept, but not measured as a sequence.
    const asUnknown = element.vr === 'UN' && lengths === 'keep' && this.#syntax.explicitVr;
    const planner = asUnknown ? new Planner(IMPLICIT_LITTLE, this.#options) : this;
    const items = element.items.map((item) => planner.#measureItem(item));
    const undefinedLength = asUnknown || (lengths === 'keep' ? element.undefinedLength : lengths === 'undefined');
    const content = items.reduce((sum, item) => sum + 8 + item.contentSize + (item.undefinedLength ? 8 : 0), 0);
    const contentSize = content + (undefinedLength ? 8 : 0);
    return { kind: 'measured', tag: element.tag, vr: asUnknown ? 'UN' : 'SQ', contentSize, undefinedLength, items };
  }

  #measureItem(item: Item): MeasuredItem {
    const lengths = this.#options.lengths ?? 'keep';
    const elements = this.plan(item.dataSet);
    const undefinedLength = lengths === 'keep' ? item.undefinedLength : lengths === 'undefined';
    return { elements, contentSize: sizeOf(elements, this.#headers), undefinedLength };
  }

  /** Group lengths with right values (PS3.5 7.2): those present, or one for every group that has more. */
  #withGroupLengths(elements: readonly LaidOut[], mode: 'recalculate' | 'create'): readonly LaidOut[] {
    const result: LaidOut[] = [];
    for (let start = 0; start < elements.length; ) {
      const first = elements[start] as LaidOut;
      const group = groupOf(first.tag);
      let end = start + 1;
      while (end < elements.length && groupOf((elements[end] as LaidOut).tag) === group) end++;
      const members = elements.slice(start, end).filter(({ tag }) => elementOf(tag) !== 0);
      const wanted = mode === 'create' ? members.length > 0 : isGroupLength(first.tag);
      if (wanted) result.push(groupLength(group, sizeOf(members, this.#headers)));
      for (const member of members) result.push(member);
      start = end;
    }
    return result;
  }
}

function isValue(element: Element): element is ValueElement {
  return element.kind === 'value';
}

function groupLength(group: number, length: number): ValueElement {
  const value = new Uint8Array(4);
  new DataView(value.buffer).setUint32(0, length, true);
  return valueElement(makeTag(group, 0), 'UL', value);
}
