/** What the builder notes of elements that can only be judged when all lines are read. */

import type { ValueElement } from '../dicom/data-set.ts';
import { TAG, type Tag } from '../dicom/tag.ts';
import { type Vr, vrTraits } from '../dicom/vr.ts';
import type { DataSetFrame } from './frames.ts';
import { type ElementLine, spanOf } from './line.ts';
import type { SourceText, Span } from './source-text.ts';

/** The longest value of a 16-bit length field, padded to even. */
const MAX_SHORT_LENGTH = 0xfffe;

/** A text element of which a backslash and an n may stand for a line break. */
interface EscapedText {
  readonly element: ValueElement;
  readonly frame: DataSetFrame;
  readonly span: Span;
}

interface NotedElement {
  readonly tag: Tag;
  readonly span: Span;
}

/** Each list is in the order of the text. */
export class Notes {
  readonly escapedTexts: EscapedText[] = [];
  readonly directoryElements: NotedElement[] = [];
  /** Pixel data: compressed, empty or neither. */
  readonly pixelData: (NotedElement & { readonly state: 'compressed' | 'empty' | 'native' })[] = [];
  readonly longValues: (NotedElement & { readonly vr: Vr; readonly size: number })[] = [];
  readonly #source: SourceText;

  constructor(source: SourceText) {
    this.#source = source;
  }

  /** Looks at an element that was put into its frame. */
  value(line: ElementLine, vr: Vr, element: ValueElement, frame: DataSetFrame): void {
    const { tag, tagSpan: span } = line;
    const { kind, longHeader } = vrTraits(vr);
    const size = element.value.length;
    const isText = kind === 'text' || kind === 'uid';
    if (isText && line.value?.form === 'bracketed' && this.#hasBackslashN(line)) {
      this.escapedTexts.push({ element, frame, span: spanOf(line.value) });
    }
    if (tag === TAG.PixelData) this.pixelData.push({ tag, span, state: size === 0 ? 'empty' : 'native' });
    if (size > MAX_SHORT_LENGTH && !longHeader) this.longValues.push({ tag, span, vr, size });
  }

  compressedPixelData({ tag, tagSpan: span }: ElementLine): void {
    this.pixelData.push({ tag, span, state: 'compressed' });
  }

  directoryElement({ tag, tagSpan: span }: ElementLine): void {
    this.directoryElements.push({ tag, span });
  }

  #hasBackslashN({ value }: ElementLine): boolean {
    return value !== undefined && this.#source.text.slice(value.start, value.end).includes('\\n');
  }
}
