/** Data sets with their text in UTF-8 (dcmdump's +U8), each item read by its own character set (PS3.5 7.5.3). */

import { decodeStrict, encodeText, isKnownCharset } from '../dicom/charset/text-codec.ts';
import {
  DataSet,
  type Element,
  type Item,
  type SequenceElement,
  specificCharacterSet,
  type ValueElement,
  valueElement,
} from '../dicom/data-set.ts';
import { TAG, type Tag } from '../dicom/tag.ts';
import { formatTagPath, type TagPathStep } from '../dicom/tag-path.ts';
import { vrTraits } from '../dicom/vr.ts';
import { DataError } from '../errors.ts';
import type { DumpInput } from './print-dump.ts';
import { completedValue, withoutPadding } from './print-value.ts';

const UTF8 = 'ISO_IR 192';

export interface Utf8Options {
  /** Name for messages. */
  readonly file: string | undefined;
  /** Padding is part of the values (dcmdump -dc). */
  readonly keepPadding: boolean;
}

/**
 * The data set of `input` in UTF-8; lengths of sequences stay those of the file, as in dcmdump.
 * @throws DataError at the first text that its character set does not explain
 */
export function toUtf8(input: DumpInput, options: Utf8Options): DumpInput {
  const { dataSet } = input.dataSet;
  const strayPrivates = new Set(input.strayPrivates);
  const converter = new Converter(input, strayPrivates, options);
  const converted = converter.dataSet(dataSet, specificCharacterSet(dataSet));
  // DCMTK labels every data set that is not empty.
  if (converted.size > 0) converted.set(charsetElement());
  return { ...input, dataSet: { ...input.dataSet, dataSet: converted }, strayPrivates };
}

function charsetElement(): ValueElement {
  return valueElement(TAG.SpecificCharacterSet, 'CS', Buffer.from(UTF8, 'latin1'));
}

class Converter {
  readonly #input: DumpInput;
  readonly #strayPrivates: Set<Element>;
  readonly #options: Utf8Options;
  readonly #path: TagPathStep[] = [];

  constructor(input: DumpInput, strayPrivates: Set<Element>, options: Utf8Options) {
    this.#input = input;
    this.#strayPrivates = strayPrivates;
    this.#options = options;
  }

  dataSet(dataSet: DataSet, charset: string): DataSet {
    if (!isKnownCharset(charset))
      throw this.#error(`the character set ${charset} is not known`, TAG.SpecificCharacterSet);
    const converted = new DataSet();
    for (const element of dataSet.elements) {
      const replacement = this.#element(element, charset);
      converted.insert(replacement);
      if (replacement !== element && this.#strayPrivates.has(element)) this.#strayPrivates.add(replacement);
    }
    return converted;
  }

  #element(element: Element, charset: string): Element {
    if (element.kind === 'sequence') return this.#sequence(element, charset);
    if (element.kind !== 'value') return element;
    if (element.tag === TAG.SpecificCharacterSet) return charsetElement();
    return vrTraits(element.vr).charset ? this.#text(element, charset) : element;
  }

  #sequence(element: SequenceElement, charset: string): SequenceElement {
    const items = element.items.map((item, index): Item => {
      this.#path.push({ tag: element.tag, item: index });
      const dataSet = this.dataSet(item.dataSet, specificCharacterSet(item.dataSet, charset));
      this.#path.pop();
      return { dataSet, undefinedLength: item.undefinedLength, ...this.#storedLength(item) };
    });
    return { ...element, items, ...this.#storedLength(element) };
  }

  #storedLength(part: SequenceElement | Item): { storedLength?: number } {
    return part.undefinedLength ? {} : { storedLength: this.#input.lengthOf(part) };
  }

  #text(element: ValueElement, charset: string): ValueElement {
    // DCMTK converts the value as it shows it: an odd length completed, then without trailing spaces.
    const bytes = this.#options.keepPadding ? element.value : withoutPadding(completedValue(element), false);
    const { text, problem } = decodeStrict(bytes, charset, element.vr);
    // Control characters and the like are no good text, but they have a place in Unicode.
    if (problem !== undefined && text.includes('\ufffd')) {
      const label = charset === '' ? 'no character set' : `the character set ${charset}`;
      throw this.#error(`with ${label}, the text cannot be read: ${problem}`, element.tag);
    }
    const encoded = encodeText(text, UTF8, element.vr).bytes;
    // What is the same in UTF-8 stays as it is stored, with all of its padding.
    if (Buffer.compare(encoded, bytes) === 0) return element;
    const isEven = (encoded.length & 1) === 0;
    return { ...element, value: isEven ? encoded : Buffer.concat([encoded, Buffer.of(vrTraits(element.vr).pad)]) };
  }

  #error(message: string, tag: Tag): DataError {
    return new DataError('charset', message, { file: this.#options.file, tagPath: formatTagPath(this.#path, tag) });
  }
}
