/** Everything that is wrong with one worklist file, served or not. */

import { checkDataSet } from '../dicom/check-data-set.ts';
import type { DataSet } from '../dicom/data-set.ts';
import { TAG } from '../dicom/tag.ts';
import type { DataError } from '../errors.ts';
import { failureReason } from '../files/file-failure.ts';
import { foreignFile } from '../part10/foreign-file.ts';
import { examinePart10 } from '../part10/read-part10.ts';
import { damageOf, entryLimits, MAX_ENTRY_BYTES, MAX_ENTRY_ELEMENTS } from './entry.ts';
import { type EntryView, viewEntry } from './entry-view.ts';
import { kindOfFile, localAccess } from './folder-access.ts';
import { type FileName, pathOf, showFileName } from './folder-path.ts';
import { resolveKnownSequences } from './known-sequences.ts';
import type { Finding } from './lint-finding.ts';
import { lintTypes } from './lint-types.ts';

export interface FileReport {
  /** The path as people know it. */
  readonly file: string;
  /** The entry as it is served; undefined where the file is none. */
  readonly view: EntryView | undefined;
  readonly findings: readonly Finding[];
}

export async function lintFile(folder: string, name: FileName): Promise<FileReport> {
  const file = folder === '' ? showFileName(name) : `${folder}/${showFileName(name)}`;
  const bytes = await readFile(folder, name);
  if (typeof bytes === 'string') return { file, view: undefined, findings: [wholeFile(bytes)] };
  const reading = examinePart10(bytes, { file, ...entryLimits(bytes) });
  const { meta, dataSet, losses, warnings } = reading;
  const damage = damageOf(bytes, reading);
  if (damage !== undefined) {
    const foreign = meta === undefined ? foreignFile(bytes, file) : undefined;
    return { file, view: undefined, findings: [foreign === undefined ? damaged(damage) : wholeFile(hinted(foreign))] };
  }
  resolveKnownSequences(dataSet, MAX_ENTRY_ELEMENTS);
  if (dataSet.items(TAG.ScheduledProcedureStepSequence).length === 0) {
    const message = 'is missing or empty, so the file is no worklist entry';
    const finding = { severity: 'error', path: [], tag: TAG.ScheduledProcedureStepSequence, message } as const;
    return { file, view: undefined, findings: [finding] };
  }
  const oddities = [...losses, ...warnings].map((oddity) => wholeFile(inPlace(oddity), 'warning'));
  return { file, view: viewEntry(dataSet), findings: [...oddities, ...lintValues(dataSet), ...lintTypes(dataSet)] };
}

/** The bytes, or why there are none to be had. */
async function readFile(folder: string, name: FileName): Promise<Uint8Array | string> {
  const path = folder === '' ? pathOf('.', name) : pathOf(folder, name);
  try {
    const stats = await localAccess.stat(path);
    if (!stats.isFile()) return `is ${kindOfFile(stats)}, not a file`;
    const reading = await localAccess.read(path, MAX_ENTRY_BYTES);
    switch (reading.kind) {
      case 'read':
        return reading.bytes.length === 0 ? 'is empty' : reading.bytes;
      case 'changed':
        return 'is being written';
      case 'too-large':
        return `has ${reading.stats.size} bytes, more than the ${MAX_ENTRY_BYTES} that an entry may have`;
      case 'not-a-file':
        return `is ${kindOfFile(reading.stats)}, not a file`;
      default:
        return reading satisfies never;
    }
  } catch (error) {
    return `cannot be read: ${failureReason(error)}`;
  }
}

function wholeFile(message: string, severity: Finding['severity'] = 'error'): Finding {
  return { severity, path: [], tag: undefined, message };
}

function damaged(damage: DataError): Finding {
  return wholeFile(`is damaged: ${inPlace(damage)}`);
}

function inPlace({ message, tagPath, offset }: DataError): string {
  return [tagPath, message, offset === undefined ? undefined : `(at byte ${offset})`].filter(Boolean).join(' ');
}

function hinted({ message, hint }: { readonly message: string; readonly hint?: string | undefined }): string {
  return hint === undefined ? message : `${message} (${hint})`;
}

/** Values against their VR and their attribute: length, repertoire, form, character set, number. */
function lintValues(dataSet: DataSet): Finding[] {
  return Array.from(checkDataSet(dataSet), ({ path, element, isAllowed, ...problem }) => ({
    severity: isAllowed ? 'warning' : 'error',
    path,
    tag: element.tag,
    message: hinted(problem),
  }));
}
