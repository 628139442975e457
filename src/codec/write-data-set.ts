/** Data set to bytes (PS3.5 7), in any transfer syntax. */

import { deflateRawSync } from 'node:zlib';
import type { DataSet, Element, Item, SequenceElement, ValueElement } from '../dicom/data-set.ts';
import { elementOf, groupOf, isGroupLength, makeTag, TAG, type Tag } from '../dicom/tag.ts';
import { decidedVr, type Vr, vrTraits } from '../dicom/vr.ts';
import { DataError } from '../errors.ts';
import { swapUnits } from './byte-order.ts';
import { IMPLICIT_LITTLE, type TransferSyntax } from './transfer-syntax.ts';

const UNDEFINED_LENGTH = 0xffffffff;
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
const YOUNG_VRS: ReadonlySet<Vr> = new Set(['OD', 'OL', 'OV', 'SV', 'UC', 'UN', 'UR', 'UT', 'UV']);

/** An element ready to be written: its header facts and the size of its content. */
interface Node {
  readonly element: Element;
  readonly vr: Vr;
  readonly headerSize: number;
  /** Bytes of the value field, delimiters included. */
  readonly contentSize: number;
  readonly undefinedLength: boolean;
  readonly items: readonly ItemNode[];
  /** Replaces the value: a group length made right. */
  readonly value?: Uint8Array;
}

interface ItemNode {
  readonly nodes: readonly Node[];
  readonly contentSize: number;
  readonly undefinedLength: boolean;
}

/**
 * The bytes of a data set. What the syntax cannot carry (encapsulated pixel data in an
 * uncompressed syntax) is a DataError.
 */
export function writeDataSet(dataSet: DataSet, syntax: TransferSyntax, options: WriteOptions = {}): Uint8Array {
  const nodes = new Planner(syntax, options).plan(dataSet);
  const bytes = new Writer(sizeOf(nodes), syntax).write(nodes);
  if (!syntax.deflated) return bytes;
  return deflateRawSync(bytes, { level: options.compressionLevel ?? 6 });
}

function sizeOf(nodes: readonly Node[]): number {
  let size = 0;
  for (const node of nodes) size += node.headerSize + node.contentSize;
  return size;
}

/** Sizes come first: explicit lengths stand before what they measure. */
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
      if (groupLengths !== 'keep' && isGroupLength(element.tag) && groupLengths === 'remove') continue;
      nodes.push(this.#node(element));
    }
    return groupLengths === 'keep' || groupLengths === 'remove' ? nodes : this.#withGroupLengths(nodes, groupLengths);
  }

  #node(element: Element): Node {
    switch (element.kind) {
      case 'value':
        return this.#valueNode(element);
      case 'sequence':
        return this.#sequenceNode(element);
      case 'fragments': {
        if (!this.#syntax.encapsulated && !this.#keepsSyntax()) {
          throw new DataError(
            'conversion',
            `compressed pixel data cannot be written as ${this.#syntax.name}`,
            { hint: 'keep the transfer syntax of the pixel data' },
          );
        }
        const size = element.fragments.reduce((sum, fragment) => sum + 8 + fragment.length, 8);
        return { element, vr: element.vr, headerSize: this.#headerSize(element.vr), contentSize: size, undefinedLength: true, items: [] };
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
    const headerSize = foreign ? (/^[A-Z]{2}$/.test(element.foreignVr ?? '') ? 12 : 8) : this.#headerSize(vr);
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

  /** Group lengths with right values (PS3.5 7.2): those present, or one for every group. */
  #withGroupLengths(nodes: readonly Node[], mode: 'recalculate' | 'create'): readonly Node[] {
    const result: Node[] = [];
    for (let start = 0; start < nodes.length; ) {
      const first = nodes[start] as Node;
      const group = groupOf(first.element.tag);
      let end = start + 1;
      while (end < nodes.length && groupOf((nodes[end] as Node).element.tag) === group) end++;
      const members = nodes.slice(start, end).filter((node) => elementOf(node.element.tag) !== 0);
      if (mode === 'create' || isGroupLength(first.element.tag)) result.push(groupLengthNode(group, sizeOf(members)));
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

/** Puts planned nodes into one buffer. */
class Writer {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #syntax: TransferSyntax;
  #position = 0;

  constructor(size: number, syntax: TransferSyntax) {
    const buffer = Buffer.allocUnsafe(size);
    this.#bytes = buffer;
    this.#view = new DataView(buffer.buffer, buffer.byteOffset, size);
    this.#syntax = syntax;
  }

  write(nodes: readonly Node[]): Uint8Array {
    this.#writeNodes(nodes);
    return this.#bytes;
  }

  #writeNodes(nodes: readonly Node[]): void {
    for (const node of nodes) {
      const { element } = node;
      this.#writeHeader(node);
      if (element.kind === 'value') this.#writeValue(element, node.vr);
      else if (element.kind === 'sequence') this.#writeItems(node);
      else this.#writeFragments(element.fragments);
    }
  }

  #writeHeader({ element, vr, headerSize, contentSize, undefinedLength }: Node): void {
    this.#writeTag(element.tag);
    const length = undefinedLength ? UNDEFINED_LENGTH : contentSize;
    if (!this.#syntax.explicitVr) return this.#writeUint32(length);
    const letters = (element.kind === 'value' && element.foreignVr) || vr;
    this.#bytes[this.#position++] = letters.charCodeAt(0);
    this.#bytes[this.#position++] = letters.charCodeAt(1);
    if (headerSize === 8) return this.#writeUint16(length);
    this.#writeUint16(0);
    this.#writeUint32(length);
  }

  #writeValue(element: ValueElement, vr: Vr): void {
    const value = this.#syntax.bigEndian ? swapUnits(element.value, vrTraits(vr).unit) : element.value;
    this.#bytes.set(value, this.#position);
    this.#position += value.length;
  }

  #writeItems(node: Node): void {
    const outer = this.#syntax;
    if (node.vr === 'UN') this.#syntax = IMPLICIT_LITTLE;
    for (const item of node.items) {
      this.#writeTag(TAG.Item);
      this.#writeUint32(item.undefinedLength ? UNDEFINED_LENGTH : item.contentSize);
      this.#writeNodes(item.nodes);
      if (item.undefinedLength) this.#writeDelimiter(TAG.ItemDelimitationItem);
    }
    if (node.undefinedLength) this.#writeDelimiter(TAG.SequenceDelimitationItem);
    this.#syntax = outer;
  }

  #writeFragments(fragments: readonly Uint8Array[]): void {
    for (const fragment of fragments) {
      this.#writeTag(TAG.Item);
      this.#writeUint32(fragment.length);
      this.#bytes.set(fragment, this.#position);
      this.#position += fragment.length;
    }
    this.#writeDelimiter(TAG.SequenceDelimitationItem);
  }

  #writeDelimiter(tag: Tag): void {
    this.#writeTag(tag);
    this.#writeUint32(0);
  }

  #writeTag(tag: Tag): void {
    this.#writeUint16(groupOf(tag));
    this.#writeUint16(elementOf(tag));
  }

  #writeUint16(value: number): void {
    this.#view.setUint16(this.#position, value, !this.#syntax.bigEndian);
    this.#position += 2;
  }

  #writeUint32(value: number): void {
    this.#view.setUint32(this.#position, value, !this.#syntax.bigEndian);
    this.#position += 4;
  }
}
