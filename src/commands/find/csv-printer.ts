/** Answers as CSV (RFC 4180), safe to open in a spreadsheet: no cell begins a formula. */

import type { DataSet } from '../../dicom/data-set.ts';
import { GatheredOutput } from '../../terminal/gathered-output.ts';
import type { Io } from '../../terminal/io.ts';
import type { AnswerPrinter, PrintableAnswer } from './answer-printer.ts';
import { columnText } from './column-text.ts';
import { type Column, columnNames, columnsOf, inOrderAsked } from './columns.ts';

/** One cell. What a spreadsheet would take for a formula gets an apostrophe in front; plain numbers are none. */
export function csvCell(text: string): string {
  const isFormula = /^[=+\-@\t\r]/.test(text) && !/^[+-]?\d+(\.\d+)?$/.test(text);
  const safe = isFormula ? `'${text}` : text;
  return /[",\r\n]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export class CsvPrinter implements AnswerPrinter {
  readonly #output: GatheredOutput;
  readonly #asked: readonly Column[];
  #columns: readonly Column[] = [];
  #heading = '';

  /** `asked`: what the keys ask for, in their order. */
  constructor(io: Io, asked: readonly Column[] = []) {
    this.#output = new GatheredOutput(io.stdout);
    this.#asked = asked;
  }

  /** A heading line, and another one where the next query asks for other attributes. */
  async begin(identifier: DataSet): Promise<void> {
    this.#columns = inOrderAsked(columnsOf(identifier), this.#asked);
    const heading = columnNames(this.#columns).map(csvCell).join(',');
    if (heading !== this.#heading) await this.#output.write(`${heading}\r\n`);
    this.#heading = heading;
  }

  async print({ dataSet }: PrintableAnswer): Promise<void> {
    const cells = this.#columns.map((column) => csvCell(columnText(dataSet, column, (text) => text)));
    await this.#output.write(`${cells.join(',')}\r\n`);
  }

  async end(): Promise<void> {
    await this.#output.flush();
  }
}
