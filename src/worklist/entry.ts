/** One worklist file, read: the data set that is matched and answered from. */

import { type DataSet, plainText, valueElement } from '../dicom/data-set.ts';
import { paddedText } from '../dicom/padded-value.ts';
import { TAG } from '../dicom/tag.ts';
import type { DataError } from '../errors.ts';
import { foreignFile } from '../part10/foreign-file.ts';
import { examinePart10, type Part10Reading } from '../part10/read-part10.ts';
import type { ElementPool } from './element-pool.ts';
import { type EntryView, viewEntry } from './entry-view.ts';
import { type FileName, showFileName } from './folder-path.ts';
import { incompleteForWlmscpfs, madeStudyInstanceUid } from './incomplete.ts';
import { resolveKnownSequences } from './known-sequences.ts';
import { namedPlace } from './lint-finding.ts';
import { lintText } from './lint-text.ts';
import { lintTypes } from './lint-types.ts';

/** Larger files are left out: no worklist entry needs it, and the memory is for all of them. */
export const MAX_ENTRY_BYTES = 64 * 1024 * 1024;

/** An entry has some hundred elements; each takes far more memory than its bytes in the file. */
export const MAX_ENTRY_ELEMENTS = 20_000;
/** Text deflates to a fifth of itself at best; beyond, a few bytes on the disk would fill the memory. */
const MAX_INFLATED_BASE = 256 * 1024;
const MAX_INFLATED_RATIO = 20;

/** Bounds of what is made of a file's bytes: memory stays in proportion to its size on disk. */
export function entryLimits(bytes: Uint8Array): { readonly maxElements: number; readonly maxInflated: number } {
  return { maxElements: MAX_ENTRY_ELEMENTS, maxInflated: MAX_INFLATED_BASE + MAX_INFLATED_RATIO * bytes.length };
}

export interface Entry {
  readonly fileName: FileName;
  /** Views into the one buffer that was read, or shared with other entries; a missing Study Instance UID is made up (`madeStudyInstanceUid`). */
  readonly dataSet: DataSet;
  readonly view: EntryView;
}

export interface EntryOptions {
  /** What becomes of entries without type 1 attributes: served with a warning, or wlmscpfs's rule to the letter. */
  readonly incomplete: 'serve' | 'reject';
  /** What text is read as where an entry declares no character set. */
  readonly fallbackCharset: string;
  /** Keeps what entries have in common once; without it each keeps its own. */
  readonly pool?: ElementPool | undefined;
}

export interface EntryReading {
  readonly entry: Entry | undefined;
  /** Why there is no entry, or what the entry lacks. */
  readonly problem: string | undefined;
  /** The bytes may be the beginning of a file that is still being written; an older whole version is better then. */
  readonly unfinished: boolean;
}

/** Reads the bytes of a worklist file: Part 10 or a bare data set, in any transfer syntax. */
export function readEntry(bytes: Uint8Array, fileName: FileName, options: EntryOptions): EntryReading {
  if (bytes.length === 0) return unusable('empty');
  const file = showFileName(fileName);
  const reading = examinePart10(bytes, { file, ...entryLimits(bytes) });
  const { meta, dataSet, losses } = reading;
  const damage = damageOf(bytes, reading);
  if (damage !== undefined) {
    const foreign = meta === undefined ? foreignFile(bytes, file) : undefined;
    return unusable(foreign === undefined ? `damaged: ${inPlace(damage)}` : foreign.message);
  }
  resolveKnownSequences(dataSet, MAX_ENTRY_ELEMENTS);
  if (dataSet.items(TAG.ScheduledProcedureStepSequence).length === 0) {
    return unusable('no Scheduled Procedure Step Sequence (0040,0100), so it is no worklist entry');
  }
  if (options.incomplete === 'reject') {
    const problem = incompleteForWlmscpfs(dataSet);
    if (problem !== undefined) return { entry: undefined, problem, unfinished: false };
  }
  const flaws = [...losses.map(({ message }) => message), ...complete(dataSet, fileName)];
  options.pool?.share(dataSet);
  const view = viewEntry(dataSet, options.fallbackCharset);
  flaws.push(...listed(lintText(view).map((finding) => `${namedPlace(finding)} ${finding.message}`)));
  const problem = flaws.length === 0 ? undefined : `served although ${flaws.join('; ')}`;
  return { entry: { fileName, dataSet, view }, problem, unfinished: false };
}

function inPlace({ message, tagPath, offset }: DataError): string {
  return [tagPath, message, offset === undefined ? undefined : `(at byte ${offset})`].filter(Boolean).join(' ');
}

function unusable(problem: string): EntryReading {
  return { entry: undefined, problem, unfinished: true };
}

/**
 * Why a file is not served. Bytes behind the last element are the beginning of another one: a copy that has got so far.
 */
export function damageOf(bytes: Uint8Array, { error, losses }: Part10Reading): DataError | undefined {
  return error ?? losses.find(({ code, offset = 0 }) => code !== 'bytes-behind' || !isFiller(bytes, offset));
}

const FILLERS: ReadonlySet<number> = new Set([0x00, 0x0a, 0x0d, 0x1a, 0x20]);

/** What editors and block devices leave behind the end of a whole file: line ends, blanks, zeros. */
function isFiller(bytes: Uint8Array, offset: number): boolean {
  return bytes.subarray(offset).every((byte) => FILLERS.has(byte));
}

/** Says what type 1 attributes are missing, and adds the one that can be made: Study Instance UID. */
function complete(dataSet: DataSet, fileName: FileName): string[] {
  const lacking = lintTypes(dataSet).filter(
    ({ severity, tag }) => severity === 'error' && tag !== TAG.StudyInstanceUID,
  );
  const flaws = lacking.length === 0 ? [] : [`it lacks ${listed(lacking.map(namedPlace)).join(', ')}`];
  if (plainText(dataSet, TAG.StudyInstanceUID) !== '') return flaws;
  const uid = madeStudyInstanceUid(dataSet, fileName);
  dataSet.set(valueElement(TAG.StudyInstanceUID, 'UI', paddedText(uid, 'UI')));
  return [...flaws, `it has no Study Instance UID: ${uid} is made from its identity`];
}

const MOST_NAMED = 5;

/** As much as a log line can bear; `wltool check` names all. */
function listed(texts: readonly string[]): readonly string[] {
  if (texts.length <= MOST_NAMED) return texts;
  return [...texts.slice(0, MOST_NAMED), `and ${texts.length - MOST_NAMED} more`];
}
