/** What prints the answers of a query, one at a time, as they come. */

import type { TransferSyntax } from '../../codec/transfer-syntax.ts';
import type { DataSet } from '../../dicom/data-set.ts';
import type { Io } from '../../terminal/io.ts';
import type { FindFormat } from './options.ts';

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

/** Loads what prints in this format. */
export async function createPrinter(format: FindFormat, isDefaultQuery: boolean, io: Io): Promise<AnswerPrinter> {
  switch (format) {
    case 'table': {
      const { TablePrinter } = await import('./table-printer.ts');
      return new TablePrinter(io, isDefaultQuery);
    }
    case 'csv': {
      const { CsvPrinter } = await import('./csv-printer.ts');
      return new CsvPrinter(io);
    }
    case 'dump': {
      const { DumpPrinter } = await import('./dump-printer.ts');
      return new DumpPrinter(io);
    }
    case 'json':
    case 'ndjson': {
      const { JsonPrinter } = await import('./json-printer.ts');
      return new JsonPrinter(io, format);
    }
    default:
      return format satisfies never;
  }
}
