/** Answers as a table. The first ones settle the widths; then each row goes out as it comes. */

import type { DataSet } from '../../dicom/data-set.ts';
import type { Io } from '../../terminal/io.ts';
import { visible } from '../../terminal/safe-text.ts';
import { styleFor } from '../../terminal/style.ts';
import { fitWidths, tableRow, widthsOf } from '../../terminal/table.ts';
import type { AnswerPrinter, PrintableAnswer } from './answer-printer.ts';
import { columnText } from './column-text.ts';
import { type Column, columnsOf, inOrderAsked } from './columns.ts';
import { readableValue } from './readable-value.ts';
import { columnTitles, isProse, overviewColumns } from './table-titles.ts';

/** Rows that are held back until the widths are known, and for how long at most. */
const SETTLING_ROWS = 100;
const SETTLING_MS = 300;

export class TablePrinter implements AnswerPrinter {
  readonly #io: Io;
  readonly #isDefaultQuery: boolean;
  readonly #asked: readonly Column[];
  #columns: readonly Column[] = [];
  #held: string[][] = [];
  #widths: readonly number[] | undefined;
  #timer: NodeJS.Timeout | undefined;
  #flushed: Promise<void> = Promise.resolve();

  /** `asked`: what the keys ask for, in their order. */
  constructor(io: Io, isDefaultQuery: boolean, asked: readonly Column[] = []) {
    this.#io = io;
    this.#isDefaultQuery = isDefaultQuery;
    this.#asked = asked;
  }

  async begin(identifier: DataSet): Promise<void> {
    await this.#settle();
    const columns = inOrderAsked(columnsOf(identifier), this.#asked);
    const { isTerminal, columns: screenWidth } = this.#io.stdout;
    const width = isTerminal ? screenWidth : Number.POSITIVE_INFINITY;
    this.#columns = this.#isDefaultQuery ? overviewColumns(columns, width) : columns;
    this.#widths = undefined;
  }

  async print({ dataSet }: PrintableAnswer): Promise<void> {
    const cells = this.#columns.map((column) => visible(columnText(dataSet, column, readableValue)));
    if (this.#widths !== undefined) {
      await this.#io.stdout.write(tableRow(cells, this.#widths));
      return;
    }
    this.#held.push(cells);
    this.#timer ??= setTimeout(() => {
      this.#flushed = this.#settle();
      this.#flushed.catch(() => {});
    }, SETTLING_MS);
    if (this.#held.length >= SETTLING_ROWS) await this.#settle();
  }

  async end(): Promise<void> {
    await this.#flushed;
    await this.#settle();
  }

  /** Prints heading and rows held back, in widths that fit them. */
  async #settle(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const rows = this.#held;
    if (rows.length === 0) return;
    this.#held = [];
    const { stdout } = this.#io;
    const titles = columnTitles(this.#columns);
    const wanted = widthsOf([titles, ...rows]);
    const widths = stdout.isTerminal ? fitWidths(wanted, stdout.columns, this.#columns.map(isProse)) : wanted;
    this.#widths = widths;
    const heading = styleFor(stdout).strong(tableRow(titles, widths).trimEnd());
    await stdout.write(`${heading}\n${rows.map((row) => tableRow(row, widths)).join('')}`);
  }
}
