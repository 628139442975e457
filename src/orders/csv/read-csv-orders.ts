/** Orders in CSV: a header row of keys, then an entry a row. */

import type { DataSet } from '../../dicom/data-set.ts';
import { Findings } from '../../dump-text/findings.ts';
import { SourceText, type Span } from '../../dump-text/source-text.ts';
import { entryName } from '../entry-name.ts';
import { type Assignment, identityOf, makeEntry } from '../make-entry.ts';
import type { EntryToWrite, OrderReading } from '../order.ts';
import { isOtherPerson, type Patient, patientOf } from '../patient.ts';
import { readCell } from './cell-value.ts';
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
  /** The first row of each patient by ID and issuer. */
  readonly #patients = new Map<string, { readonly patient: Patient; readonly line: number }>();
  /** Columns whose names were found fault with: all rows are likely to have the same. */
  readonly #namesTold = new Set<string>();

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
    if (this.#findings.errorCount > before || !this.#columnsAreSound) return undefined;
    this.#checkPatient(dataSet, span, line);
    const name = this.#nameOf(dataSet, span, line);
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

  #valueOf({ text, span }: Cell, column: Column): string | undefined {
    if (text === '') return '';
    const reading = readCell(text, column, this.#options.today);
    if ('value' in reading) {
      if (column.vr === 'PN') this.#checkName(reading.value, span, column.name);
      return reading.value;
    }
    this.#findings.error(span, `column ${column.name}: "${text}" ${reading.problem}`, reading.hint);
    return undefined;
  }

  /** Names as a spreadsheet has them are all family name in DICOM, and no query for the family name finds them. */
  #checkName(name: string, span: Span, column: string): void {
    const [, family, given] = /^([^,^=]+),([^,^=]+)$/.exec(name) ?? [];
    if (family === undefined || given === undefined || this.#namesTold.has(column)) return;
    this.#namesTold.add(column);
    const meant = `${family.trim()}^${given.trim()}`;
    this.#findings.warning(
      span,
      `column ${column}: "${name}" is all family name, as the comma does not separate; others may be so, too`,
      `write ${meant}`,
    );
  }

  /** An ID that a fill handle copied is no one's: the images of one would be filed under the other. */
  #checkPatient(dataSet: DataSet, span: Span, line: number): void {
    const patient = patientOf(dataSet);
    if (patient.id === '') return;
    const key = JSON.stringify([patient.id, patient.issuer]);
    const first = this.#patients.get(key);
    if (first === undefined) {
      this.#patients.set(key, { patient, line });
    } else if (isOtherPerson(first.patient, patient)) {
      this.#findings.warning(
        span,
        `Patient ID "${patient.id}" stands in line ${first.line} with another name or birth date`,
        'see whose ID this is',
      );
    }
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
