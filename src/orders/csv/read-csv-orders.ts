/** Orders in CSV: a header row of keys, then an entry a row. */

import type { DataSet } from '../../dicom/data-set.ts';
import { Findings } from '../../dump-text/findings.ts';
import { SourceText, type Span } from '../../dump-text/source-text.ts';
import { fitDate, fitTime } from '../../keys/fit-moment.ts';
import { resolveMoments } from '../../keys/relative-date.ts';
import { entryName } from '../entry-name.ts';
import { fitText } from '../fit-text.ts';
import { type Assignment, identityOf, makeEntry } from '../make-entry.ts';
import type { EntryToWrite, OrderReading } from '../order.ts';
import { type Column, readColumns } from './columns.ts';
import { type Cell, type Row, readCsvTable } from './csv-table.ts';
import { decodeCsv } from './decode-csv.ts';
import { delimiterOf } from './delimiter.ts';

export interface CsvOptions {
  readonly today: Date;
  readonly template?: DataSet | undefined;
  readonly charset?: string | undefined;
}

const UTF_8 = 'ISO_IR 192';

/** Reads orders in CSV; `diagnostics` name line, column and key of all that is wrong. */
export function readCsvOrders(bytes: Uint8Array, options: CsvOptions): OrderReading {
  const text = decodeCsv(bytes);
  const source = new SourceText(text.bytes);
  const findings = new Findings(source);
  if (text.firstGuess !== undefined) {
    findings.warning(
      { offset: text.firstGuess, length: 1 },
      `not UTF-8: read as ${text.encoding}`,
      'save the file as UTF-8 where this is not the right character',
    );
  }
  const { delimiter, start } = delimiterOf(text.bytes);
  const { rows, fault } = readCsvTable(text.bytes, delimiter, start);
  const [header, ...entries] = rows;
  const columns = header === undefined ? [] : readColumns(header, findings);
  if (fault !== undefined) findings.error(fault.span, fault.message, fault.hint);
  else if (header === undefined) {
    findings.error({ offset: 0, length: 1 }, 'there is no header row', 'name a key per column, e.g. PatientName');
  }
  // Where a column is unknown, every entry lacks something; where rows run together, none is what it looks like.
  const isSound = findings.errorCount === 0;
  const reader = new RowReader(columns, options, findings, source, isSound);
  const orders = entries.flatMap((row) => reader.read(row) ?? []);
  return { orders: isSound ? orders : [], diagnostics: findings.diagnostics() };
}

class RowReader {
  readonly #columns: readonly (Column | undefined)[];
  readonly #options: CsvOptions;
  readonly #findings: Findings;
  readonly #source: SourceText;
  readonly #columnsAreSound: boolean;
  /** Line of each entry by its name. */
  readonly #lines = new Map<string, number>();

  constructor(
    columns: readonly (Column | undefined)[],
    options: CsvOptions,
    findings: Findings,
    source: SourceText,
    columnsAreSound: boolean,
  ) {
    this.#columns = columns;
    this.#options = options;
    this.#findings = findings;
    this.#source = source;
    this.#columnsAreSound = columnsAreSound;
  }

  /** The entry of a row; undefined for one of empty cells, and for one with an error, which is reported. */
  read(row: Row): EntryToWrite | undefined {
    if (row.every(({ text }) => text === '')) return undefined;
    const before = this.#findings.errorCount;
    const assignments = row.flatMap((cell, index) => this.#assignment(cell, index) ?? []);
    const { template, charset = UTF_8 } = this.#options;
    const dataSet = makeEntry(assignments, { template, charset }, this.#findings);
    const span = row[0]?.span ?? { offset: 0, length: 1 };
    const line = this.#source.lineAt(span.offset);
    const name =
      this.#findings.errorCount === before && this.#columnsAreSound ? this.#nameOf(dataSet, span, line) : undefined;
    return name === undefined ? undefined : { action: 'write', name, dataSet, line };
  }

  #assignment(cell: Cell, index: number): Assignment | undefined {
    const column = this.#columns[index];
    if (column === undefined) {
      if (index >= this.#columns.length && cell.text !== '') {
        this.#findings.error(cell.span, 'this cell has no column', 'quote cells that hold the delimiter');
      }
      return undefined;
    }
    if (cell.text === '' && !column.clears) return undefined;
    const value = this.#valueOf(cell, column);
    if (value === undefined) return undefined;
    return { key: { ...column.key, value }, span: cell.span, label: `column ${column.name}` };
  }

  #valueOf({ text, span }: Cell, { vr, name }: Column): string | undefined {
    if (text === '') return '';
    if (vr === 'DA') {
      const date = fitDate(resolveMoments(text.trim(), 'DA', this.#options.today));
      if (date === undefined) {
        this.#findings.error(span, `column ${name}: "${text}" is no date`, 'write 20261125, 2026-11-25 or today+1');
      }
      return date;
    }
    if (vr === 'TM') {
      const time = fitTime(text.trim());
      if (time === undefined) this.#findings.error(span, `column ${name}: "${text}" is no time`, 'write 0830 or 08:30');
      return time;
    }
    const resolved = vr === 'DT' ? resolveMoments(text.trim(), 'DT', this.#options.today) : text;
    return fitText(resolved, vr);
  }

  #nameOf(dataSet: DataSet, span: Span, line: number): string | undefined {
    const name = entryName(identityOf(dataSet));
    if (name === undefined) {
      this.#findings.error(
        span,
        'this entry has neither accession number nor step ID, so no name',
        'add a column AccessionNumber or ScheduledProcedureStepID',
      );
      return undefined;
    }
    const other = this.#lines.get(name);
    this.#lines.set(name, other ?? line);
    if (other === undefined) return name;
    this.#findings.error(
      span,
      `this is the same entry as line ${other}: accession number and step ID are equal`,
      'give each step of an order its own ScheduledProcedureStepID',
    );
    return undefined;
  }
}
