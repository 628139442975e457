/** One file as it is to be printed, and all that is to be said about it. */

import { DataSet } from '../../dicom/data-set.ts';
import type { DumpInput } from '../../dump-text/print-dump.ts';
import { measureLengths } from '../../dump-text/print-lengths.ts';
import { toUtf8 } from '../../dump-text/print-utf8.ts';
import { DataError } from '../../errors.ts';
import { examinePart10, hasPart10Prefix, type Part10Reading } from '../../part10/read-part10.ts';
import { convertUnknown } from './convert-unknown.ts';
import { foreignFile } from './foreign-file.ts';
import { assumedSyntax, type DumpOptions } from './options.ts';

export interface FileContent {
  readonly input: DumpInput;
  readonly warnings: readonly DataError[];
  /** Why the file counts as failed; with --force the rest is printed nevertheless. */
  readonly errors: readonly DataError[];
  /** False where the errors leave nothing to print but by --force. */
  readonly isPrintable: boolean;
}

/** Name of the meta header's syntax where there is no header to tell, as DCMTK has it. */
const NO_HEADER = 'Unknown Transfer Syntax';

/** Reads the bytes of a file as far as they go. */
export function readContent(bytes: Uint8Array, file: string, options: DumpOptions): FileContent {
  const reading = examinePart10(bytes, {
    file,
    read: options.read,
    syntax: assumedSyntax(options),
    ignoreMetaLength: options.ignoreMetaLength ?? false,
  });
  const errors = reading.error === undefined ? [...reading.losses] : [errorOf(reading, reading.error, bytes, file)];
  const read: FileContent = {
    input: inputOf(reading, options),
    // In what is no DICOM file at all, there is nothing odd about single elements.
    warnings: errors[0]?.code === 'foreign' ? [] : reading.warnings,
    errors,
    isPrintable: reading.error === undefined,
  };
  return options.utf8 ? inUtf8(read, file) : read;
}

function errorOf(reading: Part10Reading, error: DataError, bytes: Uint8Array, file: string): DataError {
  if (reading.meta !== undefined || hasPart10Prefix(bytes)) return error;
  return foreignFile(bytes, file) ?? error;
}

function inputOf(reading: Part10Reading, options: DumpOptions): DumpInput {
  const withoutHeader = reading.error === undefined ? NO_HEADER : 'Little Endian Explicit';
  const lengthOf = measureLengths(reading.dataSet, reading.syntax.explicitVr);
  const converted = options.convertUnknown ? convertUnknown(reading.dataSet) : reading.dataSet;
  return {
    meta:
      options.read === 'dataset'
        ? undefined
        : {
            title: 'Dicom-Meta-Information-Header',
            dataSet: reading.meta ?? new DataSet(),
            syntaxName: reading.metaSyntax?.name ?? withoutHeader,
          },
    dataSet: { title: 'Dicom-Data-Set', dataSet: converted, syntaxName: reading.syntax.name },
    lengthOf,
    strayPrivates: reading.strayPrivates,
  };
}

function inUtf8(content: FileContent, file: string): FileContent {
  try {
    return { ...content, input: toUtf8(content.input, file) };
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    return { ...content, errors: [...content.errors, error], isPrintable: false };
  }
}
