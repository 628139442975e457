/** What separates the cells of a CSV file, by its header row. */

import { namesColumn } from './columns.ts';
import { type Delimiter, readCsvTable } from './csv-table.ts';

/** In the order of preference where the header does not tell. */
const DELIMITERS: readonly Delimiter[] = [',', ';', '\t'];

/** Excel's own word on it, a line before the header. */
const SEPARATOR_LINE = /^sep=([,;\t])(?:\r\n?|\n)/i;
/** Enough to tell by. */
const MOST_CELLS = 8;
const FIRST_LINE = /^(?:\s*(?:\r\n?|\n))*(?:[^"\r\n]|"[^"]*")*/;

export interface DelimiterReading {
  readonly delimiter: Delimiter;
  /** Where the header starts. */
  readonly start: number;
}

/**
 * The delimiter that makes most of the header into keys. Counting characters would not do: tags have commas, and
 * "0008,0050;0010,0020" has two of them.
 */
export function delimiterOf(bytes: Uint8Array): DelimiterReading {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1', 0, 65536);
  const said = SEPARATOR_LINE.exec(text);
  if (said !== null) return { delimiter: said[1] as Delimiter, start: said[0].length };
  const header = Buffer.from(FIRST_LINE.exec(text)?.[0] ?? '', 'latin1');
  const scores = DELIMITERS.map((delimiter) => {
    const cells = (readCsvTable(header, delimiter).rows[0] ?? []).slice(0, MOST_CELLS);
    const keys = cells.filter(({ text: name }) => namesColumn(name.trim())).length;
    return { delimiter, keys, cells: cells.length };
  });
  const best = scores.reduce((a, b) => (b.keys > a.keys || (b.keys === a.keys && b.cells > a.cells) ? b : a));
  return { delimiter: best.delimiter, start: 0 };
}
