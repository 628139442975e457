/** The columns of a table or CSV file: the attributes that a query asks for, and their text in an answer. */

import { decodeText, splitValues } from '../../dicom/charset/text-codec.ts';
import { type DataSet, isEmpty, specificCharacterSet, type ValueElement } from '../../dicom/data-set.ts';
import { lookupTag } from '../../dicom/dictionary.ts';
import { RETIRED_PREFIX } from '../../dicom/dictionary-overlay.ts';
import { formatTag, isGroupLength, TAG, type Tag } from '../../dicom/tag.ts';
import { trimPaddingEnd } from '../../dicom/trim-padding.ts';
import { vrTraits } from '../../dicom/vr.ts';
import { writeValues } from '../../dicom-json/write-values.ts';

export interface Column {
  /** The sequences around the attribute. */
  readonly path: readonly Tag[];
  readonly tag: Tag;
}

/** How one value is shown, given its text and VR. */
export type ValueStyle = (text: string, vr: string) => string;

const CODE_MEANING = 0x00080104;
const CODE_VALUE = 0x00080100;

/** One column per attribute of the identifier, in tag order, the items of a sequence in its place. */
export function columnsOf(identifier: DataSet, path: readonly Tag[] = []): Column[] {
  const columns: Column[] = [];
  for (const element of identifier.elements) {
    const { tag } = element;
    if (tag === TAG.SpecificCharacterSet || isGroupLength(tag)) continue;
    const item = element.kind === 'sequence' ? element.items[0] : undefined;
    if (item === undefined || item.dataSet.size === 0) columns.push({ path, tag });
    else columns.push(...columnsOf(item.dataSet, [...path, tag]));
  }
  return columns;
}

/** The columns in the order of the keys that asked for them; what no key asked for stays behind, as it was. */
export function inOrderAsked(columns: readonly Column[], asked: readonly Column[]): Column[] {
  const place = new Map(asked.map((column, index) => [columnPath(column), index]));
  const placeOf = (column: Column): number => place.get(columnPath(column)) ?? asked.length;
  return [...columns].sort((a, b) => placeOf(a) - placeOf(b));
}

function columnPath({ path, tag }: Column): string {
  return [...path, tag].map(formatTag).join('.');
}

/** "Modality", or "RequestedProcedureCodeSequence.CodeValue" where the step is not the only sequence around it. */
export function columnName({ path, tag }: Column): string {
  const outer = path[0] === TAG.ScheduledProcedureStepSequence ? path.slice(1) : path;
  return [...outer, tag].map(attributeName).join('.');
}

/** The names of all columns; where two have the same, each tells all sequences around it. */
export function columnNames(columns: readonly Column[]): string[] {
  const names = columns.map(columnName);
  return columns.map(({ path, tag }, index) => {
    const name = names[index] ?? '';
    const isUnique = names.indexOf(name) === names.lastIndexOf(name);
    return isUnique ? name : [...path, tag].map(attributeName).join('.');
  });
}

/** The standard's keyword: that an attribute is retired is dump text's to say. */
function attributeName(tag: Tag): string {
  return lookupTag(tag)?.keyword.replace(RETIRED_PREFIX, '') ?? formatTag(tag);
}

/** The text of a column in an answer; that of several items one behind the other. */
export function columnText(answer: DataSet, column: Column, style: ValueStyle): string {
  return collect(answer, column, 0, '', style).join('; ');
}

function collect(dataSet: DataSet, column: Column, depth: number, inherited: string, style: ValueStyle): string[] {
  const charset = specificCharacterSet(dataSet, inherited);
  const sequence = column.path[depth];
  if (sequence !== undefined) {
    return dataSet.items(sequence).flatMap((item) => collect(item.dataSet, column, depth + 1, charset, style));
  }
  const element = dataSet.get(column.tag);
  if (element === undefined || isEmpty(element)) return [];
  if (element.kind === 'value') return [valueText(element, charset, style)];
  if (element.kind === 'fragments') return [];
  return element.items.map((item) => {
    const code = [CODE_MEANING, CODE_VALUE].map((tag) => item.dataSet.get(tag)).find((found) => found !== undefined);
    return code?.kind === 'value' ? valueText(code, specificCharacterSet(item.dataSet, charset), style) : '(item)';
  });
}

function valueText(element: ValueElement, charset: string, style: ValueStyle): string {
  const { kind, vr } = vrTraits(element.vr);
  if (kind === 'text' || kind === 'uid') {
    const values = splitValues(element.value, charset, vr);
    return values.map((value) => style(trimmed(decodeText(value, charset, vr), vr), vr)).join('\\');
  }
  const written = writeValues(element, charset);
  if ('binary' in written) return `(${element.value.length} bytes)`;
  return written.values.map((value) => String(JSON.parse(value))).join('\\');
}

/** Padding and blanks that mean nothing; leading ones of text over lines do (PS3.5 6.2). */
function trimmed(text: string, vr: string): string {
  const withoutEnd = trimPaddingEnd(text);
  return vr === 'ST' || vr === 'LT' || vr === 'UT' ? withoutEnd : withoutEnd.trimStart();
}
