/** Entries made of a template and the values of one order. */

import { DataSet, plainText, specificCharacterSet } from '../dicom/data-set.ts';
import { lookupTag } from '../dicom/dictionary.ts';
import { TAG, type Tag } from '../dicom/tag.ts';
import { vrTraits } from '../dicom/vr.ts';
import type { Findings } from '../dump-text/findings.ts';
import type { Span } from '../dump-text/source-text.ts';
import { UsageError } from '../errors.ts';
import { applyKey, removeKey } from '../keys/apply-key.ts';
import type { Key } from '../keys/key.ts';
import { modelItems } from '../model/worklist-model.ts';
import { attributeText } from './attribute-text.ts';
import { copyDataSet } from './copy-data-set.ts';
import type { EntryIdentity } from './entry-name.ts';

/** A value for an attribute, and where it came from. */
export interface Assignment {
  /** With its value; without one the attribute is removed, to be made anew. */
  readonly key: Key;
  readonly span: Span;
  /** The place in the sender's terms: "column PatientName", "PID-5". */
  readonly label: string;
}

export interface EntryOptions {
  readonly template: DataSet | undefined;
  /** For entries whose template has no (0008,0005), where ASCII does not do. */
  readonly charset: string;
}

const NOT_ASCII = /[^\u0000-\u007f]/;

function isCharset(assignment: Assignment): boolean {
  return assignment.key.path.length === 0 && assignment.key.tag === TAG.SpecificCharacterSet;
}

/** True where some data set that the key reaches has the attribute. */
function isPresent(dataSet: DataSet, { path, tag }: Key): boolean {
  const [step, ...rest] = path;
  if (step === undefined) return dataSet.has(tag);
  return dataSet.items(step.tag).some((item) => isPresent(item.dataSet, { ...rootKey(tag, ''), path: rest }));
}

/** Attributes of return key type 2 that are still missing: an entry has them even where nobody knows their value. */
function addEmptyAttributes(dataSet: DataSet): void {
  for (const sequences of [[], [TAG.ScheduledProcedureStepSequence]]) {
    const path = sequences.map((tag) => ({ tag, item: undefined }));
    for (const { tag, type } of modelItems(sequences)?.values() ?? []) {
      const key = { ...rootKey(tag, ''), path };
      if (type === '2' && !isPresent(dataSet, key)) applyKey(dataSet, key);
    }
  }
}

function apply(dataSet: DataSet, { key, span, label }: Assignment, findings: Findings): void {
  if (key.value === undefined) {
    removeKey(dataSet, key);
    return;
  }
  try {
    const { lost } = applyKey(dataSet, key);
    if (lost.length === 0) return;
    const vr = lookupTag(key.tag)?.vr ?? 'UN';
    if (!vrTraits(vr).charset) {
      findings.error(span, `${label}: ${vr} has ASCII characters only, no ${lost.join(' ')}`);
      return;
    }
    const charset = specificCharacterSet(dataSet) || 'the default character set';
    findings.error(
      span,
      `${label}: ${charset} has no ${lost.join(' ')}`,
      'name one that has: --charset "ISO_IR 192", or (0008,0005) of the template',
    );
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    findings.error(span, `${label}: ${error.message}`, error.hint);
  }
}

/**
 * A copy of the template with the values put in. Text is encoded in the template's character set; where it names none
 * and there is text beyond ASCII, `charset` is used and named. What cannot be put in is reported. Of Table K.6-1, what
 * may be empty is there (PS3.4 K.2.2.1.2).
 */
export function makeEntry(assignments: readonly Assignment[], options: EntryOptions, findings: Findings): DataSet {
  const dataSet = options.template === undefined ? new DataSet() : copyDataSet(options.template);
  for (const assignment of assignments.filter(isCharset)) apply(dataSet, assignment, findings);
  const beyondAscii = assignments.some(({ key }) => key.value !== undefined && NOT_ASCII.test(key.value));
  if (beyondAscii && plainText(dataSet, TAG.SpecificCharacterSet) === '') {
    applyKey(dataSet, rootKey(TAG.SpecificCharacterSet, options.charset));
  }
  for (const assignment of assignments) if (!isCharset(assignment)) apply(dataSet, assignment, findings);
  addEmptyAttributes(dataSet);
  return dataSet;
}

function rootKey(tag: Tag, value: string): Key {
  return { path: [], tag, item: undefined, value, placed: false };
}

/** What the entry is known by, of its first step. */
export function identityOf(dataSet: DataSet): EntryIdentity {
  const step = dataSet.items(TAG.ScheduledProcedureStepSequence)[0]?.dataSet ?? new DataSet();
  const charset = specificCharacterSet(dataSet);
  return {
    accessionNumber: attributeText(dataSet, TAG.AccessionNumber, 'SH', charset),
    stepId: attributeText(step, TAG.ScheduledProcedureStepID, 'SH', specificCharacterSet(step, charset)),
  };
}
