/** Keeps `dump2wl *.txt` from eating the second dump: what is no DICOM file is not replaced. */

import { type Stats, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { FileError } from '../../errors.ts';
import { examinePart10, hasPart10Prefix } from '../../part10/read-part10.ts';

/** As much of a target as is read to judge it. */
const LOOKED_AT = 1 << 16;

/** @throws FileError where the target is a file with other content than DICOM, or a folder */
export async function guardTarget(path: string): Promise<void> {
  const facts = factsOf(path);
  if (facts?.isDirectory()) {
    throw new FileError(path, `cannot write ${path}: is a folder, not a file`, {
      hint: `name a file in it, or write --out-dir ${path}`,
    });
  }
  if (facts === undefined || !facts.isFile() || facts.size === 0) return;
  const bytes = await readStart(path, Math.min(facts.size, LOOKED_AT));
  if (bytes === undefined || isDicom(bytes, facts.size)) return;
  throw new FileError(path, `${path} is there and is no DICOM file; it is not replaced`, {
    hint: 'for several inputs: --out-dir FOLDER; to replace it all the same: --force',
  });
}

/** Undefined where nothing is there, or it cannot be looked at: writing will say why. */
function factsOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

async function readStart(path: string, length: number): Promise<Uint8Array | undefined> {
  const file = await open(path, 'r').catch(() => undefined);
  if (file === undefined) return undefined;
  try {
    const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(length), 0, length, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

function isDicom(bytes: Uint8Array, size: number): boolean {
  if (hasPart10Prefix(bytes)) return true;
  const { dataSet, error } = examinePart10(bytes);
  // A data set that goes on behind what was read has no error of its own.
  return dataSet.size > 0 && (error === undefined || bytes.length < size);
}
