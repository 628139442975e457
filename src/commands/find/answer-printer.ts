/** What prints the answers of a query, one at a time, as they come. */

import type { TransferSyntax } from '../../codec/transfer-syntax.ts';
import type { DataSet } from '../../dicom/data-set.ts';

export interface PrintableAnswer {
  /** From 1, over all queries of the run. */
  readonly number: number;
  readonly dataSet: DataSet;
  readonly syntax: TransferSyntax;
}

export interface AnswerPrinter {
  /** Called before the answers of each query. */
  begin(identifier: DataSet): Promise<void>;
  print(answer: PrintableAnswer): Promise<void>;
  /** Called once, also after a failure: what was printed is to be whole. */
  end(): Promise<void>;
}
