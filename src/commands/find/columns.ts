/** The columns of a table or CSV file: the attributes that a query asks for. */

import type { DataSet } from '../../dicom/data-set.ts';
import { lookupTag } from '../../dicom/dictionary.ts';
import { RETIRED_PREFIX } from '../../dicom/dictionary-overlay.ts';
import { formatTag, isGroupLength, TAG, type Tag } from '../../dicom/tag.ts';

export interface Column {
  /** The sequences around the attribute. */
  readonly path: readonly Tag[];
  readonly tag: Tag;
}

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
export function attributeName(tag: Tag): string {
  return lookupTag(tag)?.keyword.replace(RETIRED_PREFIX, '') ?? formatTag(tag);
}
