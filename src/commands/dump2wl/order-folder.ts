/** The folder that orders are carried out in: entries come, are replaced and go, each only for its own order. */

import { readdir, readFile, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { DataSet } from '../../dicom/data-set.ts';
import { DataError } from '../../errors.ts';
import { fileFailure } from '../../files/file-failure.ts';
import { removedNames } from '../../orders/entry-name.ts';
import type { EntryToRemove } from '../../orders/order.ts';
import { comparePatients, type Likeness, type Patient, patientOf } from '../../orders/patient.ts';
import { type Request, requestOf, requestsDiffer } from '../../orders/request.ts';
import { examinePart10 } from '../../part10/read-part10.ts';
import { guardTarget } from './guard-target.ts';

/** What stands in a refusal for an ID that nobody gave. */
const NO_ID = 'without an ID';

/** Whose and which an order is. */
interface Claim {
  readonly patient: Patient;
  readonly request: Request;
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

/** The entry that is there; undefined where none is. What is no worklist file is guardTarget's affair. */
export async function entryAt(path: string): Promise<DataSet | undefined> {
  try {
    return examinePart10(await readFile(path)).dataSet;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw fileFailure(path, 'read', error);
  }
}

/**
 * Compares an order with the entry it is about to replace or remove. @throws DataError where that is of another patient
 * or request: an accession number or a step ID was given twice, or the order is wrong
 */
export function guardEntry(path: string, present: DataSet, { patient, request }: Claim, doing: string): Likeness {
  const likeness = comparePatients(patientOf(present), patient);
  if (likeness === 'other') {
    const [theirs, ours] = [patientOf(present), patient].map(({ id }) => (id === '' ? NO_ID : id));
    throw new DataError(
      'other-patient',
      `${path} is an entry of another patient (${theirs}, not ${ours}); not ${doing}`,
      { file: path, hint: 'see whose accession number and step ID these are; to do it all the same: --force' },
    );
  }
  const ids = requestsDiffer(requestOf(present), request);
  if (ids === undefined) return likeness;
  throw new DataError('other-request', `${path} is an entry of another request (${ids.join(', not ')}); not ${doing}`, {
    file: path,
    hint: 'give each step of an accession number, or of a patient without one, its own step ID; to do it all the same: --force',
  });
}

/** Removes what the order takes away, one by one; yields the path of each that is gone. @throws WltoolError */
export async function* removeEntries(order: EntryToRemove, folder: string, force: boolean): AsyncGenerator<string> {
  for (const entry of removedNames(order, await entriesOf(folder))) {
    const path = join(folder, entry);
    if (!force) {
      await guardTarget(path);
      const present = await entryAt(path);
      if (present === undefined) continue;
      // All steps of a request are not those of the others that share its accession number.
      if (order.everyStep && requestsDiffer(requestOf(present), order.request) !== undefined) continue;
      guardEntry(path, present, order, 'removed');
    }
    if (await remove(path)) yield path;
  }
}

/** False where it was gone already: another run was faster. */
async function remove(path: string): Promise<boolean> {
  try {
    await unlink(path);
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw fileFailure(path, 'remove', error);
  }
}

/** The files of a folder. */
async function entriesOf(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).sort();
  } catch (error) {
    throw fileFailure(folder, 'read', error);
  }
}
