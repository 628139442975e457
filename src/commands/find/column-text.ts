/** What an answer holds in a column, as text. */

import { decodeText, splitValues } from '../../dicom/charset/text-codec.ts';
import { type DataSet, type Element, isEmpty, specificCharacterSet, type ValueElement } from '../../dicom/data-set.ts';
import { isGroupLength, TAG } from '../../dicom/tag.ts';
import { trimPaddingEnd } from '../../dicom/trim-padding.ts';
import { vrTraits } from '../../dicom/vr.ts';
import { writeValues } from '../../dicom-json/write-values.ts';
import { attributeName, type Column } from './columns.ts';

/** How one value is shown, given its text and VR. */
export type ValueStyle = (text: string, vr: string) => string;

/** What a code is shown by: its meaning, else the code, short, long or a URN (PS3.3 table 8.8-1). */
const OF_CODES = [0x00080104, 0x00080100, 0x00080119, 0x00080120];

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
  return element === undefined ? [] : elementTexts(element, charset, style);
}

/** One text, or one for each item that holds something. */
function elementTexts(element: Element, charset: string, style: ValueStyle): string[] {
  if (isEmpty(element) || element.kind === 'fragments') return [];
  if (element.kind === 'value') return [valueText(element, charset, style)];
  return element.items.map((item) => itemText(item.dataSet, charset, style)).filter((text) => text !== '');
}

/** Of an item that was asked for whole: the meaning of a code, else "PatientName=Smith, John, PatientID=P-1". */
function itemText(item: DataSet, inherited: string, style: ValueStyle): string {
  const charset = specificCharacterSet(item, inherited);
  const code = OF_CODES.map((tag) => item.get(tag)).find((found) => found?.kind === 'value' && !isEmpty(found));
  if (code?.kind === 'value') return valueText(code, charset, style);
  const parts: string[] = [];
  for (const element of item.elements) {
    const { tag } = element;
    if (tag === TAG.SpecificCharacterSet || isGroupLength(tag)) continue;
    const text = elementTexts(element, charset, style).join('; ');
    if (text !== '') parts.push(`${attributeName(tag)}=${element.kind === 'sequence' ? `(${text})` : text}`);
  }
  return parts.join(', ');
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
