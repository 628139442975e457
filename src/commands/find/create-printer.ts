/** The printer of each output format, loaded when it is asked for. */

import type { Key } from '../../keys/key.ts';
import type { Io } from '../../terminal/io.ts';
import type { AnswerPrinter } from './answer-printer.ts';
import type { FindFormat } from './options.ts';

/** Loads what prints in this format. */
export async function createPrinter(
  format: FindFormat,
  keys: readonly Key[],
  isDefaultQuery: boolean,
  fallbackCharset: string,
  io: Io,
): Promise<AnswerPrinter> {
  const asked = keys.map(({ path, tag }) => ({ path: path.map((step) => step.tag), tag }));
  switch (format) {
    case 'table': {
      const { TablePrinter } = await import('./table-printer.ts');
      return new TablePrinter(io, isDefaultQuery, asked);
    }
    case 'csv': {
      const { CsvPrinter } = await import('./csv-printer.ts');
      return new CsvPrinter(io, asked);
    }
    case 'dump': {
      const { DumpPrinter } = await import('./dump-printer.ts');
      return new DumpPrinter(io, fallbackCharset);
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
