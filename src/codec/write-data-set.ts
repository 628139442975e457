/** Data set to bytes (PS3.5 7), in any transfer syntax. */

import { deflateRawSync } from 'node:zlib';
import type { DataSet } from '../dicom/data-set.ts';
import { elementOf, groupOf, TAG, type Tag } from '../dicom/tag.ts';
import { type Vr, vrTraits } from '../dicom/vr.ts';
import { swapUnits } from './byte-order.ts';
import { UNDEFINED_LENGTH } from './element-header.ts';
import {
  contentSizeOf,
  Headers,
  type LaidOut,
  layOutDataSet,
  type MeasuredSequence,
  sizeOf,
  type WriteOptions,
} from './lay-out-data-set.ts';
import { IMPLICIT_LITTLE, type TransferSyntax } from './transfer-syntax.ts';

export type { WriteOptions } from './lay-out-data-set.ts';

const SHORT_VALUE = 32;
const NOTHING = new Uint8Array(0);

/**
 * The bytes of a data set. What the syntax cannot carry (encapsulated pixel data in an
 * uncompressed syntax) is a DataError.
 */
export function writeDataSet(dataSet: DataSet, syntax: TransferSyntax, options: WriteOptions = {}): Uint8Array {
  const elements = layOutDataSet(dataSet, syntax, options);
  const bytes = new Writer(syntax, options).write(elements);
  if (!syntax.deflated) return bytes;
  return deflateRawSync(bytes, { level: options.compressionLevel ?? 6 });
}

/** Puts elements into one buffer. */
class Writer {
  readonly #options: WriteOptions;
  #syntax: TransferSyntax;
  #headers: Headers;
  #bytes: Uint8Array = NOTHING;
  #view = new DataView(NOTHING.buffer);
  #position = 0;

  constructor(syntax: TransferSyntax, options: WriteOptions) {
    this.#options = options;
    this.#syntax = syntax;
    this.#headers = new Headers(syntax, options);
  }

  write(elements: readonly LaidOut[]): Uint8Array {
    const size = sizeOf(elements, this.#headers);
    const buffer = Buffer.allocUnsafe(size);
    this.#bytes = buffer;
    this.#view = new DataView(buffer.buffer, buffer.byteOffset, size);
    this.#writeElements(elements);
    return buffer;
  }

  #writeElements(elements: readonly LaidOut[]): void {
    for (const element of elements) {
      const vr = this.#headers.vrOf(element);
      this.#writeHeader(element, vr);
      switch (element.kind) {
        case 'value':
          this.#copy(this.#syntax.bigEndian ? swapUnits(element.value, vrTraits(vr).unit) : element.value);
          break;
        case 'measured':
          this.#writeItems(element);
          break;
        case 'fragments':
          this.#writeFragments(element.fragments);
          break;
        default:
          element satisfies never;
      }
    }
  }

  #writeHeader(element: LaidOut, vr: Vr): void {
    this.#writeTag(element.tag);
    const length = hasUndefinedLength(element) ? UNDEFINED_LENGTH : contentSizeOf(element);
    if (!this.#syntax.explicitVr) {
      this.#writeUint32(length);
      return;
    }
    const letters = (element.kind === 'value' && element.foreignVr) || vr;
    this.#bytes[this.#position++] = letters.charCodeAt(0);
    this.#bytes[this.#position++] = letters.charCodeAt(1);
    if (this.#headers.sizeOf(element) === 8) {
      this.#writeUint16(length);
    } else {
      this.#writeUint16(0);
      this.#writeUint32(length);
    }
  }

  #writeItems(sequence: MeasuredSequence): void {
    const [syntax, headers] = [this.#syntax, this.#headers];
    if (sequence.vr === 'UN') {
      this.#syntax = IMPLICIT_LITTLE;
      this.#headers = new Headers(IMPLICIT_LITTLE, this.#options);
    }
    for (const item of sequence.items) {
      this.#writeTag(TAG.Item);
      this.#writeUint32(item.undefinedLength ? UNDEFINED_LENGTH : item.contentSize);
      this.#writeElements(item.elements);
      if (item.undefinedLength) this.#writeDelimiter(TAG.ItemDelimitationItem);
    }
    if (sequence.undefinedLength) this.#writeDelimiter(TAG.SequenceDelimitationItem);
    this.#syntax = syntax;
    this.#headers = headers;
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

function hasUndefinedLength(element: LaidOut): boolean {
  return element.kind === 'fragments' || (element.kind === 'measured' && element.undefinedLength);
}
