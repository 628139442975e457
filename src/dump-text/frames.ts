/** The data sets, sequences and pixel sequences that are open while a dump is read. */

import { DataSet, type Element, type Item } from '../dicom/data-set.ts';
import type { Tag } from '../dicom/tag.ts';
import type { Span } from './source-text.ts';

/** A data set that is being filled: that of the file, its meta information, or an item. */
export interface DataSetFrame {
  readonly kind: 'dataSet';
  readonly parent: SequenceFrame | undefined;
  readonly elements: Element[];
  /** Where each of `elements` begins in the text. */
  readonly offsets: number[];
  readonly opened: Span;
  /** How many elements dcmdump counted here. */
  readonly announced: number | undefined;
  /** Highest tag so far; in most dumps the last one. */
  lastTag: Tag;
  sorted: boolean;
  /** Set when the frame is closed. */
  dataSet: DataSet | undefined;
}

export interface SequenceFrame {
  readonly kind: 'sequence';
  /** A data set; what was open, where the sequence has no place in it. */
  readonly parent: DataSetFrame | SequenceFrame;
  readonly tag: Tag;
  readonly items: Item[];
  readonly opened: Span;
  readonly announced: number | undefined;
  /** Described as `(no value available)`: nothing may follow but its end. */
  readonly saidEmpty: boolean;
  /** Made up for items that stand outside of any sequence. */
  readonly phantom: boolean;
  /** Its missing parts have been complained of. */
  reported: boolean;
}

/** Encapsulated pixel data. */
export interface FragmentsFrame {
  readonly kind: 'fragments';
  readonly parent: DataSetFrame | SequenceFrame;
  readonly tag: Tag;
  readonly fragments: Uint8Array[];
  readonly opened: Span;
}

export type Frame = DataSetFrame | SequenceFrame | FragmentsFrame;

export function dataSetFrame(parent: SequenceFrame | undefined, opened: Span, announced?: number): DataSetFrame {
  return {
    kind: 'dataSet',
    parent,
    elements: [],
    offsets: [],
    opened,
    announced,
    lastTag: -1,
    sorted: true,
    dataSet: undefined,
  };
}

/** Adds an element; order and duplicates are settled when the frame is closed. */
export function addElement(frame: DataSetFrame, element: Element, offset: number): void {
  if (element.tag > frame.lastTag) frame.lastTag = element.tag;
  else frame.sorted = false;
  frame.elements.push(element);
  frame.offsets.push(offset);
}

export interface Duplicate {
  readonly tag: Tag;
  readonly offset: number;
  readonly firstOffset: number;
}

/** Makes the data set of a frame: sorted by tag, of equal tags the first (as dump2dcm keeps it). */
export function closeDataSet(frame: DataSetFrame): readonly Duplicate[] {
  const { elements, offsets } = frame;
  if (frame.sorted) {
    // A copy: the frame goes on to say where each of its elements stands, whatever becomes of the data set.
    frame.dataSet = DataSet.ofSorted([...elements]);
    return [];
  }
  const order = elements.map((element, index) => ({ element, offset: offsets[index] as number }));
  order.sort((a, b) => a.element.tag - b.element.tag || a.offset - b.offset);
  const duplicates: Duplicate[] = [];
  const kept: Element[] = [];
  let first: { tag: Tag; offset: number } | undefined;
  for (const { element, offset } of order) {
    if (first?.tag === element.tag) {
      duplicates.push({ tag: element.tag, offset, firstOffset: first.offset });
    } else {
      first = { tag: element.tag, offset };
      kept.push(element);
    }
  }
  frame.dataSet = DataSet.ofSorted(kept);
  return duplicates;
}
