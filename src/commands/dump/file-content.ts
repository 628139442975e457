/** One file as it is to be printed, and all that is to be said about it. */

import { EXPLICIT_LITTLE } from '../../codec/transfer-syntax.ts';
import { DataSet } from '../../dicom/data-set.ts';
import type { DumpInput } from '../../dump-text/print-dump.ts';
import { measureLengths } from '../../dump-text/print-lengths.ts';
import { DataError } from '../../errors.ts';
import { foreignFile } from '../../part10/foreign-file.ts';
import { examinePart10, type Part10Reading } from '../../part10/read-part10.ts';
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
export async function readContent(bytes: Uint8Array, file: string, options: DumpOptions): Promise<FileContent> {
  const reading = examinePart10(bytes, {
    file,
    read: options.read,
    syntax: assumedSyntax(options),
    ignoreMetaLength: options.ignoreMetaLength ?? false,
  });
  const foreign = reading.meta === undefined ? foreignFile(bytes, file) : undefined;
  const isDamaged = reading.error !== undefined || (foreign !== undefined && reading.losses.length > 0);
  const read: FileContent = {
    input: await inputOf(reading, options),
    // In what is no DICOM file at all, there is nothing odd about single elements.
    warnings: isDamaged && foreign !== undefined ? [] : reading.warnings,
    errors: isDamaged ? [foreign ?? reading.error ?? reading.losses].flat() : reading.losses,
    isPrintable: !isDamaged,
  };
  return options.utf8 ? inUtf8(read, file, options.keepPadding ?? false) : read;
}

async function inputOf(reading: Part10Reading, options: DumpOptions): Promise<DumpInput> {
  // What is too short for a header never gets to where DCMTK finds out that it has none.
  const nothingRead = reading.error !== undefined && reading.dataSet.size === 0;
  const withoutHeader = nothingRead ? EXPLICIT_LITTLE.name : NO_HEADER;
  const lengthOf = measureLengths(reading.dataSet, reading.syntax.explicitVr);
  let { dataSet } = reading;
  if (options.convertUnknown) {
    const { convertUnknown } = await import('./convert-unknown.ts');
    dataSet = convertUnknown(dataSet, lengthOf);
  }
  if (options.stopAfter !== undefined || options.stopBefore !== undefined) {
    const { readStop, upToStop } = await import('./stop-at.ts');
    dataSet = upToStop(dataSet, readStop(options));
  }
  return {
    meta:
      options.read === 'dataset'
        ? undefined
        : {
            title: 'Dicom-Meta-Information-Header',
            dataSet: reading.meta ?? new DataSet(),
            syntaxName: reading.metaSyntax?.name ?? withoutHeader,
          },
    dataSet: { title: 'Dicom-Data-Set', dataSet, syntaxName: reading.syntax.name },
    lengthOf,
    strayPrivates: reading.strayPrivates,
  };
}

async function inUtf8(content: FileContent, file: string, keepPadding: boolean): Promise<FileContent> {
  const { toUtf8 } = await import('../../dump-text/print-utf8.ts');
  try {
    return { ...content, input: toUtf8(content.input, { file, keepPadding }) };
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    return { ...content, errors: [...content.errors, error], isPrintable: false };
  }
}
