/** The printer of each output format, loaded when it is asked for. */

import type { Io } from '../../terminal/io.ts';
import type { AnswerPrinter } from './answer-printer.ts';
import type { FindFormat } from './options.ts';

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
