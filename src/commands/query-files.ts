/** Query files: DICOM files, bare data sets, dump text or DICOM JSON, told apart by their first bytes. */

import type { DataSet } from '../dicom/data-set.ts';
import { readDicomJson } from '../dicom-json/read-json.ts';
import { DataError } from '../errors.ts';
import { readInput } from '../files/read-input.ts';
import { foreignFile } from '../part10/foreign-file.ts';
import { hasPart10Prefix, readPart10 } from '../part10/read-part10.ts';
import type { Io } from '../terminal/io.ts';
import { reportDiagnostics } from '../terminal/report-error.ts';

export interface QueryFile {
  readonly name: string;
  readonly dataSet: DataSet;
}

/** How much of a file is looked at to tell what it is. */
const LOOKED_AT = 4096;
const DUMP_TEXT = /^(?:\s*(?:#.*)?\r?\n)*\s*\([0-9a-f]{4},[0-9a-f]{4}/i;

function kindOf(bytes: Uint8Array): 'dicom' | 'json' | 'dump' {
  if (hasPart10Prefix(bytes)) return 'dicom';
  const start = Buffer.from(bytes.subarray(0, LOOKED_AT))
    .toString('latin1')
    .replace(/^\xef\xbb\xbf/, '');
  if (/^\s*[[{]/.test(start)) return 'json';
  return DUMP_TEXT.test(start) ? 'dump' : 'dicom';
}

/** The queries of one file; a JSON array holds several. @throws FileError, DataError, DumpTextError */
export async function readQueryFile(name: string, io: Io): Promise<readonly QueryFile[]> {
  const bytes = await readInput(name, io);
  switch (kindOf(bytes)) {
    case 'dicom':
      return [{ name, dataSet: readDicom(bytes, name) }];
    case 'json': {
      const { dataSets, warnings } = readDicomJson(bytes, { file: name });
      for (const warning of warnings) io.log.warn(`${name}: ${warning.tagPath ?? ''} ${warning.message}`);
      return dataSets.map((dataSet) => ({ name, dataSet }));
    }
    default: {
      const { parseDump } = await import('../dump-text/parse-dump.ts');
      const { dataSet, diagnostics } = parseDump(bytes, { file: name });
      await reportDiagnostics(name, diagnostics, io);
      return [{ name, dataSet }];
    }
  }
}

function readDicom(bytes: Uint8Array, name: string): DataSet {
  try {
    return readPart10(bytes, { file: name }).dataSet;
  } catch (error) {
    const foreign = foreignFile(bytes, name);
    if (foreign === undefined) throw error;
    throw new DataError(foreign.code, foreign.message, {
      file: name,
      hint: 'a query file is DICOM, dump text or DICOM JSON; -k gives keys without a file',
    });
  }
}
