/** `wltool dump`: files in, dump text or DICOM JSON out, one after the other; a bad one does not stop the rest. */

import { EXIT, type ExitCode, FileError, WltoolError } from '../../errors.ts';
import { readInput } from '../../files/read-input.ts';
import type { Io } from '../../terminal/io.ts';
import { reportError } from '../../terminal/report-error.ts';
import { readContent } from './file-content.ts';
import { expandInputs } from './inputs.ts';
import { checkOptions, type DumpOptions, type NamedSearchKey, searchKeys } from './options.ts';
import type { DumpOutput } from './output.ts';
import { reportWarnings } from './reports.ts';
import { TextOutput } from './text-output.ts';

/** Prints the files and those of the folders. */
export async function run(args: readonly string[], options: DumpOptions, io: Io): Promise<ExitCode> {
  await checkOptions(options);
  const keys = await searchKeys(options);
  const pattern = options.pattern ?? (options.allFiles ? '*' : undefined);
  const inputs = await expandInputs(args, { pattern, recursive: options.recursive ?? false });
  const { files } = inputs;
  const output = await outputFor(options, keys, files.length, inputs.hasFolder, io);
  const statuses = new Set<ExitCode>();
  for (const error of inputs.errors) {
    statuses.add(error.exitCode);
    await reportError(error, io);
  }
  for (const path of files) {
    io.signal.throwIfAborted();
    await output.begin(path);
    for (const error of await dumpFile(path, options, output, io)) {
      statuses.add(error.exitCode);
      await reportError(error, io);
    }
  }
  if (files.length > 0) await output.end();
  // Wrong data are the more telling status where there are both.
  return statuses.has(EXIT.data) ? EXIT.data : statuses.has(EXIT.file) ? EXIT.file : EXIT.done;
}

async function outputFor(
  options: DumpOptions,
  keys: readonly NamedSearchKey[] | undefined,
  fileCount: number,
  hasFolder: boolean,
  io: Io,
): Promise<DumpOutput> {
  if (options.format === 'text') return new TextOutput(io, options, keys, fileCount);
  const { JsonOutput } = await import('./json-output.ts');
  return new JsonOutput(io, options.format, fileCount !== 1 || hasFolder);
}

/** Prints one file; answers why it counts as failed, if it does. */
async function dumpFile(
  path: string,
  options: DumpOptions,
  output: DumpOutput,
  io: Io,
): Promise<readonly WltoolError[]> {
  const file = path === '-' ? 'standard input' : path;
  let bytes: Uint8Array;
  try {
    if (path === '') throw new FileError(path, 'a file name is empty');
    bytes = await readInput(path, io);
  } catch (error) {
    if (!(error instanceof WltoolError)) throw error;
    return [error];
  }
  const content = await readContent(bytes, file, options);
  reportWarnings(file, content.warnings, io.log);
  if (content.isPrintable || options.force) await output.print(path, content);
  return content.errors;
}
