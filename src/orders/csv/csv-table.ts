/** CSV as rows of cells that know their places (RFC 4180, and what spreadsheets make of it). */

import { CsvError, parse } from 'csv-parse/sync';
import type { Span } from '../../dump-text/source-text.ts';

export type Delimiter = ',' | ';' | '\t';

export interface Cell {
  readonly text: string;
  /** With its quotes. */
  readonly span: Span;
}

export type Row = readonly Cell[];

export interface CsvTable {
  readonly rows: readonly Row[];
  /** Why reading stopped: from there on it is uncertain which cell is which. */
  readonly fault: { readonly span: Span; readonly message: string; readonly hint: string } | undefined;
}

const RECORD_ENDS = ['\r\n', '\n', '\r'];
const CARRIAGE_RETURN = 0x0d;
const LINE_FEED = 0x0a;

/** Rows may be of any width, and empty lines are none. */
export function readCsvTable(bytes: Uint8Array, delimiter: Delimiter, start = 0): CsvTable {
  const rows: Row[] = [];
  let row: Cell[] = [];
  /** Where the cell begins that is read now. */
  let from = start;
  try {
    parse(Buffer.from(bytes.subarray(start)), {
      delimiter,
      record_delimiter: RECORD_ENDS,
      relax_column_count: true,
      skip_empty_lines: true,
      cast: (text, { bytes: end, quoting }) => {
        // Before the first cell of a record stand the lines that were skipped.
        if (row.length === 0) while (bytes[from] === CARRIAGE_RETURN || bytes[from] === LINE_FEED) from += 1;
        const length = start + end - from;
        row.push({ text: quoting ? text : text.trim(), span: { offset: from, length } });
        from += length + delimiter.length;
        return text;
      },
      on_record: (_, { bytes: end }) => {
        rows.push(row);
        row = [];
        from = start + end;
        return null;
      },
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return { rows, fault: faultAt(error, from) };
  }
  return { rows, fault: undefined };
}

function faultAt(error: CsvError, offset: number): CsvTable['fault'] {
  const span = { offset, length: 1 };
  switch (error.code) {
    case 'CSV_QUOTE_NOT_CLOSED':
      return {
        span,
        message: 'the quote that opens here is never closed',
        hint: 'a quote inside a cell is written twice',
      };
    case 'CSV_INVALID_CLOSING_QUOTE':
      return {
        span,
        message: 'text follows the closing quote of this cell',
        hint: 'a quote inside a cell is written twice',
      };
    case 'INVALID_OPENING_QUOTE':
      return {
        span,
        message: 'a quote stands inside a cell that does not begin with one',
        hint: 'quote the whole cell and write the quote inside twice; for ="007" write "007"',
      };
    default:
      return { span, message: `this is no CSV: ${error.message}`, hint: 'one entry a row, a column per key' };
  }
}
