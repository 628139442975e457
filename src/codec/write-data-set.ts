/** Data set to bytes (PS3.5 7), in any transfer syntax. */

import { deflateRawSync } from 'node:zlib';
import type { DataSet, ValueElement } from '../dicom/data-set.ts';
import { elementOf, groupOf, TAG, type Tag } from '../dicom/tag.ts';
import { type Vr, vrTraits } from '../dicom/vr.ts';
import { swapUnits } from './byte-order.ts';
import { UNDEFINED_LENGTH } from './element-header.ts';
import { layOutDataSet, type Node, sizeOf, type WriteOptions } from './lay-out-data-set.ts';
import { IMPLICIT_LITTLE, type TransferSyntax } from './transfer-syntax.ts';

export type { WriteOptions } from './lay-out-data-set.ts';

const SHORT_VALUE = 32;

/**
 * The bytes of a data set. What the syntax cannot carry (encapsulated pixel data in an
 * uncompressed syntax) is a DataError.
 */
export function writeDataSet(dataSet: DataSet, syntax: TransferSyntax, options: WriteOptions = {}): Uint8Array {
  const nodes = layOutDataSet(dataSet, syntax, options);
  const bytes = new Writer(sizeOf(nodes), syntax).write(nodes);
  if (!syntax.deflated) return bytes;
  return deflateRawSync(bytes, { level: options.compressionLevel ?? 6 });
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
    if (!this.#syntax.explicitVr) {
      this.#writeUint32(length);
      return;
    }
    const letters = (element.kind === 'value' && element.foreignVr) || vr;
    this.#bytes[this.#position++] = letters.charCodeAt(0);
    this.#bytes[this.#position++] = letters.charCodeAt(1);
    if (headerSize === 8) {
      this.#writeUint16(length);
    } else {
      this.#writeUint16(0);
      this.#writeUint32(length);
    }
  }

  #writeValue(element: ValueElement, vr: Vr): void {
    const value = this.#syntax.bigEndian ? swapUnits(element.value, vrTraits(vr).unit) : element.value;
    this.#copy(value);
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
      this.#copy(fragment);
    }
    this.#writeDelimiter(TAG.SequenceDelimitationItem);
  }

  /** Most values have a dozen bytes: a loop copies those in half the time of a call into the engine. */
  #copy(value: Uint8Array): void {
    const { length } = value;
    if (length > SHORT_VALUE) this.#bytes.set(value, this.#position);
    else for (let index = 0; index < length; index++) this.#bytes[this.#position + index] = value[index] as number;
    this.#position += length;
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
