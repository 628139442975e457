/** The identifier of a query, from a file, keys, or nothing; checked before anything is sent. */

import { isAsciiText } from '../dicom/charset/ascii.ts';
import { DataSet, emptyElement, plainText, sequenceElement, valueElement } from '../dicom/data-set.ts';
import { lookupTag } from '../dicom/dictionary.ts';
import { formatTag, TAG, type Tag } from '../dicom/tag.ts';
import { decidedVr, vrTraits } from '../dicom/vr.ts';
import { UsageError } from '../errors.ts';
import { applyTypedKey } from '../keys/apply-key.ts';
import { encodeValue } from '../keys/encode-value.ts';
import { inKey, type Key } from '../keys/key.ts';
import { DEFAULT_ROOT_KEYS, DEFAULT_STEP_KEYS } from '../model/default-keys.ts';
import { readQuery } from '../worklist/query.ts';
import { checkKey } from './check-key.ts';
import { knownCharset } from './known-charset.ts';
import type { QueryFile } from './query-files.ts';

export interface BuildOptions {
  /** Raw text of (0008,0005) for the keys. */
  readonly charset: string | undefined;
  /** Send values that their VR does not allow. */
  readonly force: boolean;
  /** Where values that their VR does not allow can be sent nevertheless: how. */
  readonly forceHint?: string | undefined;
}

const UTF8 = 'ISO_IR 192';

function returnKeys(tags: readonly Tag[]): DataSet {
  return new DataSet(tags.map((tag) => emptyElement(tag, decidedVr(lookupTag(tag)?.vr ?? 'UN'))));
}

/** What a technologist looks at. */
function defaultQuery(): DataSet {
  const query = returnKeys(DEFAULT_ROOT_KEYS);
  query.set(sequenceElement(TAG.ScheduledProcedureStepSequence, [returnKeys(DEFAULT_STEP_KEYS)]));
  return query;
}

/** True where some text of the data set is more than ASCII, or switches sets by escape sequences. */
function hasForeignText(dataSet: DataSet): boolean {
  return dataSet.elements.some((element) => {
    if (element.kind === 'sequence') return element.items.some((item) => hasForeignText(item.dataSet));
    if (element.kind !== 'value' || !vrTraits(element.vr).charset) return false;
    return element.value.some((byte) => byte > 0x7f || byte === 0x1b);
  });
}

/** Declares the set that the keys are to be encoded in (PS3.4 K.4.1.1.3.1: only where it is needed, or asked for). */
function declareCharset(query: DataSet, file: QueryFile | undefined, keys: readonly Key[], wanted?: string): void {
  const declared = plainText(query, TAG.SpecificCharacterSet);
  const needed = keys.some(({ value = '' }) => !isAsciiText(value));
  const charset = wanted ?? (declared === '' && needed ? UTF8 : undefined);
  if (charset === undefined || charset === declared) return;
  if (file !== undefined && hasForeignText(query)) {
    throw new UsageError(
      `${file.name} has text in ${declared || 'no declared character set'}, the keys are in ${charset}`,
      {
        hint: declared === '' ? 'declare it in the file' : 'leave --charset out',
      },
    );
  }
  query.set(valueElement(TAG.SpecificCharacterSet, 'CS', encodeValue(charset, 'CS', '').bytes));
}

/** How values of these VRs are written. */
const FORMS: Readonly<Record<string, string>> = {
  DA: '20261125, 20261101-20261130, today, yesterday or today..today+7',
  TM: '0830, 08:30, 083000 or 0800-1200',
  DT: '20261125083000',
  UI: 'digits and dots',
  AS: '056Y',
};

function named(tag: Tag): string {
  return `${formatTag(tag)} ${lookupTag(tag)?.keyword ?? ''}`.trimEnd();
}

/** What was typed is held to its VR, what stands in a file to what a server can match. */
function checkValues(
  query: DataSet,
  file: QueryFile | undefined,
  keys: readonly Key[],
  forceHint: string | undefined,
): void {
  const { refusal } = readQuery(query);
  if (refusal === undefined) {
    for (const key of keys) {
      const problem = checkKey(query, key);
      if (problem === undefined) continue;
      throw new UsageError(`malformed key: ${named(key.tag)}: ${problem.message}${inKey(key)}`, {
        hint: joined(problem.hint, forceHint),
      });
    }
    return;
  }
  const [first = 0] = refusal.offendingElements;
  // The last of several keys for an attribute is the one that was put in.
  const key = keys.findLast(({ tag }) => tag === first);
  const form = FORMS[lookupTag(first)?.vr ?? ''];
  const place = key !== undefined || file === undefined ? '' : `${file.name}: `;
  const places = refusal.offendingElements.map(named).join(', ');
  throw new UsageError(`${place}malformed key: ${places}: ${refusal.comment}${inKey(key)}`, {
    hint: joined(form && `write ${form}`, forceHint),
  });
}

function joined(...hints: readonly (string | undefined)[]): string | undefined {
  return hints.filter((hint) => hint !== undefined).join('; ') || undefined;
}

/** @throws UsageError for an unknown character set, a character it lacks, a value that its VR does not allow */
export function buildQuery(file: QueryFile | undefined, keys: readonly Key[], options: BuildOptions): DataSet {
  const { force, forceHint } = options;
  const charset = knownCharset(options.charset, '--charset');
  const query = file?.dataSet ?? (keys.length === 0 ? defaultQuery() : new DataSet());
  declareCharset(query, file, keys, charset);
  for (const key of keys) {
    const { lost } = applyTypedKey(query, key);
    if (lost.length > 0) {
      const set = plainText(query, TAG.SpecificCharacterSet) || 'ASCII';
      const characters = lost.map((text) => `"${text}"`).join(', ');
      throw new UsageError(`${named(key.tag)}: ${set} has no ${characters}${inKey(key)}`, {
        hint: `take another --charset, for example "${UTF8}"`,
      });
    }
  }
  if (!force) checkValues(query, file, keys, forceHint);
  return query;
}
