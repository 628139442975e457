/** The folder that orders are carried out in: entries come, are replaced and go, each only for its own patient. */

import { readdir, readFile, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { DataError } from '../../errors.ts';
import { fileFailure } from '../../files/file-failure.ts';
import { removedNames } from '../../orders/entry-name.ts';
import type { EntryToRemove } from '../../orders/order.ts';
import { comparePatients, type Likeness, type Patient, patientOf } from '../../orders/patient.ts';
import { examinePart10 } from '../../part10/read-part10.ts';
import { guardTarget } from './guard-target.ts';

/** What stands in a refusal for an ID that nobody gave. */
const NO_ID = 'without an ID';

/** The patient of an entry; undefined where none is there. What is no worklist file is guardTarget's affair. */
async function patientAt(path: string): Promise<Patient | undefined> {
  try {
    return patientOf(examinePart10(await readFile(path)).dataSet);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw fileFailure(path, 'read', error);
  }
}

/**
 * Compares the patient of an order with that of the entry it is about to replace or remove; undefined where none is
 * there. @throws DataError where it is another one: an accession number was given twice, or an order is wrong
 */
export async function guardPatient(
  path: string,
  patient: Patient,
  doing: 'replaced' | 'removed',
): Promise<Likeness | undefined> {
  const present = await patientAt(path);
  if (present === undefined) return undefined;
  const likeness = comparePatients(present, patient);
  if (likeness !== 'other') return likeness;
  const [theirs, ours] = [present, patient].map(({ id }) => (id === '' ? NO_ID : id));
  throw new DataError(
    'other-patient',
    `${path} is an entry of another patient (${theirs}, not ${ours}); not ${doing}`,
    {
      file: path,
      hint: 'see whose accession number and step ID these are; to do it all the same: --force',
    },
  );
}

/** Removes what the order takes away, one by one; yields the path of each that is gone. @throws WltoolError */
export async function* removeEntries(order: EntryToRemove, folder: string, force: boolean): AsyncGenerator<string> {
  for (const entry of removedNames(order, await entriesOf(folder))) {
    const path = join(folder, entry);
    if (!force) {
      await guardTarget(path);
      await guardPatient(path, order.patient, 'removed');
    }
    await unlink(path).catch((error: unknown) => {
      throw fileFailure(path, 'remove', error);
    });
    yield path;
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
