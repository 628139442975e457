/** Data sets as dump text: the frame of comment lines, and the elements in it. */

import {
  type DataSet,
  type Element,
  type Item,
  type SequenceElement,
  specificCharacterSet,
} from '../dicom/data-set.ts';
import { ElementPrinter } from './print-element.ts';
import { FULL_STYLE, type PrintStyle } from './print-style.ts';
import { TextSink } from './text-sink.ts';

export interface PrintedPart {
  readonly title: 'Dicom-Meta-Information-Header' | 'Dicom-Data-Set';
  readonly dataSet: DataSet;
  /** Name of the transfer syntax, as DCMTK shows it. */
  readonly syntaxName: string;
}

export interface DumpInput {
  /** The file's meta header; undefined where the file is read as a bare data set, which has no frame for it. */
  readonly meta: PrintedPart | undefined;
  readonly dataSet: PrintedPart;
  /** The explicit length field of a sequence or item, as it stood in the file. */
  lengthOf(part: SequenceElement | Item): number;
  /** Private elements that stood before their creator: they have no name. */
  readonly strayPrivates: ReadonlySet<Element>;
}

/** Prints as dcmdump does, in chunks of bytes: values stand in the text as they are, in whatever character set. */
export function* printDump(input: DumpInput, style: PrintStyle = FULL_STYLE): Generator<Uint8Array> {
  const sink = new TextSink();
  const printer = new ElementPrinter(sink, style, input);
  if (input.meta !== undefined) {
    sink.add('\n# Dicom-File-Format\n');
    yield* printPart(input.meta, sink, printer, 0);
  }
  yield* printPart(input.dataSet, sink, printer, 0);
  yield* sink.finish();
}

/** A part with its comment lines; `level` is what its elements are indented under. */
export function* printPart(
  part: PrintedPart,
  sink: TextSink,
  printer: ElementPrinter,
  level: number,
): Generator<Uint8Array> {
  sink.add(`\n# ${part.title}\n# Used TransferSyntax: ${part.syntaxName}\n`);
  const charset = specificCharacterSet(part.dataSet);
  for (const element of part.dataSet.elements) {
    printer.print(element, part.dataSet, level + 1, charset);
    if (sink.ready) yield* sink.take();
  }
}
