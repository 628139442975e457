/** The header row: a key per column, in any form that keys have elsewhere. */

import { lookupTag } from '../../dicom/dictionary.ts';
import type { ElementVr } from '../../dicom/vr.ts';
import type { Findings } from '../../dump-text/findings.ts';
import { UsageError } from '../../errors.ts';
import { formatKeyPath, type Key } from '../../keys/key.ts';
import { parseKey } from '../../keys/parse-key.ts';
import type { Cell, Row } from './csv-table.ts';

export interface Column {
  readonly key: Key;
  readonly vr: ElementVr;
  /** As it stands in the header, for messages. */
  readonly name: string;
  /** An empty cell empties the attribute instead of leaving it as the template has it. */
  readonly clears: boolean;
}

/** Names a column whose empty cells count: "Allergies!". */
const CLEARING_MARK = '!';
/** Names a column that is for people: "# remarks". */
const REMARK_MARK = '#';
/** As many as are shown. */
const MOST_ERRORS = 20;

/** True for a header that can name a column; what `delimiterOf` counts. */
export function namesColumn(header: string): boolean {
  if (header.startsWith(REMARK_MARK)) return true;
  try {
    parseKey(keyText(header), { bareKeywords: 'worklist' });
    return true;
  } catch (error) {
    if (error instanceof UsageError) return false;
    throw error;
  }
}

function keyText(header: string): string {
  return header.endsWith(CLEARING_MARK) ? header.slice(0, -CLEARING_MARK.length).trimEnd() : header;
}

function readColumn({ text: header, span }: Cell, findings: Findings): Column | undefined {
  const name = header.trim();
  if (name === '' || name.startsWith(REMARK_MARK)) return undefined;
  try {
    const key = parseKey(keyText(name), { bareKeywords: 'worklist' });
    if (key.value !== undefined) {
      throw new UsageError('a column is named by its key alone', { hint: 'the values go into the cells' });
    }
    const vr = lookupTag(key.tag)?.vr ?? 'UN';
    if (vr === 'SQ')
      throw new UsageError(`${name} is a sequence`, {
        hint: `name an attribute of its items, e.g. ${name}[0].CodeValue`,
      });
    return { key, vr, name, clears: name.endsWith(CLEARING_MARK) };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    findings.error(span, error.message, hintFor(name, error));
    return undefined;
  }
}

/** What to do about a header that is no key. */
function hintFor(name: string, { hint }: UsageError): string | undefined {
  if (/^\(?[0-9a-f]{4}\)?$/i.test(name)) return 'quote a tag in the header: "0008,0060"';
  // "Patient Name", "patient_name": people take keywords apart.
  const keyword = name.replace(/[\s_-]+/g, '');
  if (keyword === name || !/^[A-Za-z]+$/.test(keyword)) return hint;
  try {
    parseKey(keyword, { bareKeywords: 'worklist' });
    return `write the keyword: ${keyword}`;
  } catch (error) {
    return error instanceof UsageError ? error.hint : hint;
  }
}

/** The columns by position; undefined where one is for people, or wrong, which is reported. */
export function readColumns(header: Row, findings: Findings): readonly (Column | undefined)[] {
  const places = new Map<string, string>();
  const columns = header.map((cell) => {
    // Nearest names take their time, and what is no table at all may have thousands of cells in its first line.
    if (findings.errorCount >= MOST_ERRORS) return undefined;
    const column = readColumn(cell, findings);
    if (column === undefined) return undefined;
    const path = formatKeyPath(column.key);
    const first = places.get(path);
    if (first !== undefined) findings.error(cell.span, `${column.name} is the same attribute as column ${first}`);
    places.set(path, column.name);
    return column;
  });
  const [first] = header;
  if (findings.errorCount === 0 && first !== undefined && columns.every((column) => column === undefined)) {
    findings.error(first.span, 'no column has a name', 'name a key per column, e.g. PatientName');
  }
  return columns;
}
