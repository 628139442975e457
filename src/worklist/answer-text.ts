/** The character set of an answer (PS3.4 K.4.1.1.3.2): text as stored or encoded anew, and (0008,0005) to say so. */

import { decodeText, encodeText } from '../dicom/charset/text-codec.ts';
import { type DataSet, type ValueElement, valueElement } from '../dicom/data-set.ts';
import { paddedValue } from '../dicom/padded-value.ts';
import { formatTag, TAG, type Tag } from '../dicom/tag.ts';
import { trimPaddingEnd } from '../dicom/trim-padding.ts';
import { decidedVr, vrTraits } from '../dicom/vr.ts';
import type { ItemView } from './entry-view.ts';

export interface LostText {
  /** Sequences and attribute, e.g. "(0040,0100).(0040,0007)". */
  readonly tagPath: string;
  /** The characters that were replaced. */
  readonly characters: readonly string[];
}

/** True where the answer has text to which (0008,0005) applies and which no item declares for itself. */
function dependsOnCharset(dataSet: DataSet): boolean {
  for (const element of dataSet) {
    if (element.kind === 'value' && vrTraits(decidedVr(element.vr)).charset) return true;
    if (element.kind !== 'sequence') continue;
    const inherits = ({ dataSet: item }: { dataSet: DataSet }): boolean =>
      !item.has(TAG.SpecificCharacterSet) && dependsOnCharset(item);
    if (element.items.some(inherits)) return true;
  }
  return false;
}

/** Declares the set where text of the data set depends on it; the default repertoire needs no declaration. */
export function addCharacterSet(dataSet: DataSet, charset: string): void {
  if (charset === '' || !dependsOnCharset(dataSet)) return;
  dataSet.insert(valueElement(TAG.SpecificCharacterSet, 'CS', paddedValue(Buffer.from(charset, 'latin1'), 'CS')));
}

/** Encodes the text of an answer in one character set, or leaves all bytes alone. */
export class TextConversion {
  readonly lost: LostText[] = [];
  readonly #target: string | undefined;

  constructor(target: string | undefined) {
    this.#target = target;
  }

  convert(element: ValueElement, view: ItemView, path: readonly Tag[]): ValueElement {
    if (this.#target === undefined || this.#target === view.charset) return element;
    const vr = decidedVr(element.vr);
    if (!vrTraits(vr).charset) return element;
    // Padding is that of the stored length; the new bytes get their own.
    const text = trimPaddingEnd(decodeText(element.value, view.charset, vr));
    const { bytes, lost } = encodeText(text, this.#target, vr);
    if (lost.length > 0) {
      this.lost.push({ tagPath: [...path, element.tag].map(formatTag).join('.'), characters: lost });
    }
    return valueElement(element.tag, element.vr, paddedValue(bytes, vr));
  }

  /** An item that was stored with a set of its own keeps it, unless its text was encoded anew. */
  declareInItem(answer: DataSet, view: ItemView, isItem: boolean): void {
    if (!isItem || this.#target !== undefined || !view.dataSet.has(TAG.SpecificCharacterSet)) return;
    addCharacterSet(answer, view.charset);
  }
}
