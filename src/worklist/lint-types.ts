/** Attributes that an entry must have for its answers to conform: types 1, 1C and 2 of PS3.4 Table K.6-1. */

import { type DataSet, type Element, isEmpty } from '../dicom/data-set.ts';
import { makeTag, type Tag } from '../dicom/tag.ts';
import type { TagPathStep } from '../dicom/tag-path.ts';
import { type ModelAttributes, worklistModel } from '../model/worklist-model.ts';
import type { Finding } from './lint-finding.ts';

const CODE_VALUE = makeTag(0x0008, 0x0100);
const CODING_SCHEME_DESIGNATOR = makeTag(0x0008, 0x0102);
const LONG_CODE_VALUE = makeTag(0x0008, 0x0119);
const URN_CODE_VALUE = makeTag(0x0008, 0x0120);

/** Of each pair, one at least is there: a description in words, or codes (both are type 1C). */
const DESCRIPTIONS: readonly (readonly [text: Tag, codes: Tag])[] = [
  [makeTag(0x0032, 0x1060), makeTag(0x0032, 0x1064)],
  [makeTag(0x0040, 0x0007), makeTag(0x0040, 0x0008)],
];

export function lintTypes(dataSet: DataSet): Finding[] {
  return lintLevel(dataSet, worklistModel(), []);
}

function lintLevel(dataSet: DataSet, model: ModelAttributes, path: readonly TagPathStep[]): Finding[] {
  const findings: Finding[] = [];
  const add = (severity: Finding['severity'], tag: Tag, message: string) =>
    void findings.push({ severity, path, tag, message });
  for (const { tag, type, items } of model.values()) {
    const element = dataSet.get(tag);
    if (type === '1' && !hasValue(element)) {
      add('error', tag, element === undefined ? 'is missing (type 1)' : 'has no value (type 1)');
    } else if (type === '2' && element === undefined) {
      add('warning', tag, 'is missing (type 2)');
    }
    if (items === undefined) continue;
    for (const [item, { dataSet: inner }] of dataSet.items(tag).entries()) {
      findings.push(...lintLevel(inner, items, [...path, { tag, item }]));
    }
  }
  for (const [text, codes] of DESCRIPTIONS) {
    if (!model.has(text) || hasValue(dataSet.get(text)) || hasValue(dataSet.get(codes))) continue;
    add('error', text, 'has no value, nor has the code sequence that may stand for it (type 1C)');
  }
  if (model.has(CODE_VALUE)) findings.push(...lintCode(dataSet, path));
  return findings;
}

/** PS3.4 Table 8-2b: a code in one of three forms, the first two with their coding scheme. */
function lintCode(item: DataSet, path: readonly TagPathStep[]): Finding[] {
  const has = (tag: Tag) => hasValue(item.get(tag));
  const schemed = has(CODE_VALUE) || has(LONG_CODE_VALUE);
  if (!schemed && !has(URN_CODE_VALUE)) {
    return [{ severity: 'error', path, tag: CODE_VALUE, message: 'is missing: the item holds no code (type 1C)' }];
  }
  if (!schemed || has(CODING_SCHEME_DESIGNATOR)) return [];
  const message = 'is missing: the code belongs to no scheme (type 1C)';
  return [{ severity: 'error', path, tag: CODING_SCHEME_DESIGNATOR, message }];
}

/** Delimiters and padding are no value (PS3.5 7.4.1). */
function hasValue(element: Element | undefined): boolean {
  if (element === undefined || isEmpty(element)) return false;
  return element.kind !== 'value' || !element.value.every((byte) => byte === 0x20 || byte === 0 || byte === 0x5c);
}
