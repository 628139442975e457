/**
 * Where everything of a data set goes when it is written: sizes come first, because explicit
 * lengths stand before what they measure (PS3.5 7.5).
 */

import type { DataSet, Element, Item, SequenceElement, ValueElement } from '../dicom/data-set.ts';
import { elementOf, groupOf, isGroupLength, makeTag } from '../dicom/tag.ts';
import { decidedVr, type Vr, vrTraits } from '../dicom/vr.ts';
import { DataError } from '../errors.ts';
import { foreignVrHasLongHeader } from './element-header.ts';
import { IMPLICIT_LITTLE, type TransferSyntax } from './transfer-syntax.ts';

/** The longest value with a 16-bit length field, padded to even. */
const MAX_SHORT_LENGTH = 0xfffe;

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

/** An element ready to be written: its header facts and the size of its content. */
export interface Node {
  readonly element: Element;
  readonly vr: Vr;
  readonly headerSize: number;
  /** Bytes of the value field, delimiters included. */
  readonly contentSize: number;
  readonly undefinedLength: boolean;
  readonly items: readonly ItemNode[];
}

interface ItemNode {
  readonly nodes: readonly Node[];
  readonly contentSize: number;
  readonly undefinedLength: boolean;
}

/** Plans the bytes of a data set. @throws DataError for what the syntax cannot carry. */
export function layOutDataSet(dataSet: DataSet, syntax: TransferSyntax, options: WriteOptions): readonly Node[] {
  return new Planner(syntax, options).plan(dataSet);
}

/** Bytes that the nodes take. */
export function sizeOf(nodes: readonly Node[]): number {
  let size = 0;
  for (const node of nodes) size += node.headerSize + node.contentSize;
  return size;
}

class Planner {
  readonly #syntax: TransferSyntax;
  readonly #options: WriteOptions;

  constructor(syntax: TransferSyntax, options: WriteOptions) {
    this.#syntax = syntax;
    this.#options = options;
  }

  plan(dataSet: DataSet): readonly Node[] {
    const groupLengths = this.#options.groupLengths ?? 'keep';
    const nodes: Node[] = [];
    for (const element of dataSet.elements) {
      if (groupLengths === 'remove' && isGroupLength(element.tag)) continue;
      nodes.push(this.#node(element));
    }
    if (groupLengths === 'create') return this.#withGroupLengths(nodes, groupLengths);
    const measured = groupLengths === 'recalculate' && nodes.some(({ element }) => isGroupLength(element.tag));
    return measured ? this.#withGroupLengths(nodes, groupLengths) : nodes;
  }

  #node(element: Element): Node {
    switch (element.kind) {
      case 'value':
        return this.#valueNode(element);
      case 'sequence':
        return this.#sequenceNode(element);
      case 'fragments': {
        if (!this.#syntax.encapsulated && !this.#keepsSyntax()) {
          throw new DataError('conversion', `compressed pixel data cannot be written as ${this.#syntax.name}`, {
            hint: 'keep the transfer syntax of the pixel data',
          });
        }
        const size = element.fragments.reduce((sum, fragment) => sum + 8 + fragment.length, 8);
        return {
          element,
          vr: element.vr,
          headerSize: this.#headerSize(element.vr),
          contentSize: size,
          undefinedLength: true,
          items: [],
        };
      }
      default:
        return element satisfies never;
    }
  }

  /** A file read with fragments in an uncompressed syntax is written back as it was. */
  #keepsSyntax(): boolean {
    return (this.#options.lengths ?? 'keep') === 'keep' && this.#syntax.explicitVr;
  }

  #valueNode(element: ValueElement): Node {
    const length = element.value.length;
    const vr = this.#writtenVr(decidedVr(element.vr), length);
    const foreign = element.foreignVr !== undefined && this.#syntax.explicitVr;
    const headerSize = foreign ? (foreignVrHasLongHeader(element.foreignVr ?? '') ? 12 : 8) : this.#headerSize(vr);
    return { element, vr, headerSize, contentSize: length, undefinedLength: false, items: [] };
  }

  /** A value too long for the 16-bit length of its VR is written as UN (PS3.5 6.2.2 note 6). */
  #writtenVr(vr: Vr, length: number): Vr {
    const written = this.#options.oldVrs === true && YOUNG_VRS.has(vr) ? 'OB' : vr;
    if (length <= MAX_SHORT_LENGTH || !this.#syntax.explicitVr || vrTraits(written).longHeader) return written;
    return this.#options.oldVrs === true ? 'OB' : 'UN';
  }

  #sequenceNode(element: SequenceElement): Node {
    const lengths = this.#options.lengths ?? 'keep';
    // UN of undefined length holds implicit VR items: it can be kept, but not measured as a sequence.
    const asUnknown = element.vr === 'UN' && lengths === 'keep' && this.#syntax.explicitVr;
    const planner = asUnknown ? new Planner(IMPLICIT_LITTLE, this.#options) : this;
    const items = element.items.map((item) => planner.#itemNode(item));
    const undefinedLength = asUnknown || (lengths === 'keep' ? element.undefinedLength : lengths === 'undefined');
    const content = items.reduce((sum, item) => sum + 8 + item.contentSize + (item.undefinedLength ? 8 : 0), 0);
    const vr = asUnknown ? 'UN' : 'SQ';
    return {
      element,
      vr,
      headerSize: this.#headerSize(vr),
      contentSize: content + (undefinedLength ? 8 : 0),
      undefinedLength,
      items,
    };
  }

  #itemNode(item: Item): ItemNode {
    const lengths = this.#options.lengths ?? 'keep';
    const nodes = this.plan(item.dataSet);
    const undefinedLength = lengths === 'keep' ? item.undefinedLength : lengths === 'undefined';
    return { nodes, contentSize: sizeOf(nodes), undefinedLength };
  }

  #headerSize(vr: Vr): number {
    return this.#syntax.explicitVr && vrTraits(vr).longHeader ? 12 : 8;
  }

  /** Group lengths with right values (PS3.5 7.2): those present, or one for every group that has more. */
  #withGroupLengths(nodes: readonly Node[], mode: 'recalculate' | 'create'): readonly Node[] {
    const result: Node[] = [];
    for (let start = 0; start < nodes.length; ) {
      const first = nodes[start] as Node;
      const group = groupOf(first.element.tag);
      let end = start + 1;
      while (end < nodes.length && groupOf((nodes[end] as Node).element.tag) === group) end++;
      const members = nodes.slice(start, end).filter((node) => elementOf(node.element.tag) !== 0);
      const wanted = mode === 'create' ? members.length > 0 : isGroupLength(first.element.tag);
      if (wanted) result.push(groupLengthNode(group, sizeOf(members)));
      result.push(...members);
      start = end;
    }
    return result;
  }
}

function groupLengthNode(group: number, length: number): Node {
  const value = new Uint8Array(4);
  new DataView(value.buffer).setUint32(0, length, true);
  const element: ValueElement = { kind: 'value', tag: makeTag(group, 0), vr: 'UL', value };
  return { element, vr: 'UL', headerSize: 8, contentSize: 4, undefinedLength: false, items: [] };
}
