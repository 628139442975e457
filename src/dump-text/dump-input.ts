/** A data set, perhaps with its meta header, as printDump takes it. */

import { EXPLICIT_LITTLE, type TransferSyntax } from '../codec/transfer-syntax.ts';
import type { DataSet, Element } from '../dicom/data-set.ts';
import type { DumpInput } from './print-dump.ts';
import { measureLengths } from './print-lengths.ts';

export interface Dumpable {
  /** Group 0002; without it the text has no header part. */
  readonly meta?: DataSet | undefined;
  readonly dataSet: DataSet;
  readonly syntax: TransferSyntax;
  /** Private elements that stood before their creator, as a reading names them. */
  readonly strayPrivates?: ReadonlySet<Element> | undefined;
}

export function dumpInput({ meta, dataSet, syntax, strayPrivates = new Set() }: Dumpable): DumpInput {
  const title = 'Dicom-Meta-Information-Header';
  return {
    // File meta information is always written so (PS3.10 7.1).
    meta: meta && { title, dataSet: meta, syntaxName: EXPLICIT_LITTLE.name },
    dataSet: { title: 'Dicom-Data-Set', dataSet, syntaxName: syntax.name },
    lengthOf: measureLengths(dataSet, syntax.explicitVr),
    strayPrivates,
  };
}
