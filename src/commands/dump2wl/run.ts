/** `wltool dump2wl`: inputs in, worklist files out; one that fails costs the others nothing. */

import { mkdir } from 'node:fs/promises';
import { EXIT, type ExitCode, UsageError, WltoolError } from '../../errors.ts';
import { fileFailure } from '../../files/file-failure.ts';
import { readInput } from '../../files/read-input.ts';
import { writeOutput } from '../../files/write-output.ts';
import type { Io } from '../../terminal/io.ts';
import { reportDiagnostics, reportError } from '../../terminal/report-error.ts';
import { convert, type Finished } from './finish-draft.ts';
import { guardTarget } from './guard-target.ts';
import { type Dump2wlOptions, type Work, workOf } from './options.ts';
import { Progress } from './progress.ts';
import { type Assignment, assignTargets, numberedTarget } from './targets.ts';

/** Converts the inputs. */
export async function run(args: readonly string[], options: Dump2wlOptions, io: Io): Promise<ExitCode> {
  const work = workOf(options, io.now());
  const { outDir } = options;
  const assignments = assignTargets(args, outDir);
  if (assignments.some(({ target }) => target === '-') && io.stdout.isTerminal) {
    throw new UsageError('a worklist file is binary and does not belong on the terminal', {
      hint: 'name the output file, or redirect: > out.wl',
    });
  }
  if (outDir !== undefined) {
    await mkdir(outDir, { recursive: true }).catch((error: unknown) => {
      throw fileFailure(outDir, 'write', error);
    });
  }
  const progress = new Progress(io, assignments.length);
  const statuses: ExitCode[] = [];
  await progress.show();
  for (const assignment of assignments) {
    io.signal.throwIfAborted();
    statuses.push(await convertOne(assignment, work, options.quiet ?? false, progress, io));
    await progress.advance();
  }
  await progress.hide();
  if (assignments.length > 1) summarize(statuses, outDir ?? '', io);
  // Wrong data are the more telling status where there are both.
  return statuses.includes(EXIT.data) ? EXIT.data : (statuses.find((status) => status !== EXIT.done) ?? EXIT.done);
}

function summarize(statuses: readonly ExitCode[], folder: string, io: Io): void {
  const written = statuses.filter((status) => status === EXIT.done).length;
  const failed = statuses.length - written;
  const message = `${written} of ${statuses.length} inputs written to ${folder}`;
  if (failed > 0) io.log.warn(`${message}, ${failed} failed`);
  else io.log.notice(message);
}

async function convertOne(
  { input, target }: Assignment,
  work: Work,
  quiet: boolean,
  progress: Progress,
  io: Io,
): Promise<ExitCode> {
  const name = input === '-' ? 'standard input' : input;
  try {
    if (target !== '-' && !work.force) await guardTarget(target);
    const bytes = await readInput(input, io);
    const results = convert(bytes, name, work);
    if (results.length > 1 && target === '-') {
      throw new UsageError(`${name} holds ${results.length} data sets, but one output is named`, {
        hint: 'write them to a folder: --out-dir FOLDER',
      });
    }
    let status: ExitCode = EXIT.done;
    for (const [index, result] of results.entries()) {
      await report(name, result, quiet, progress, io);
      if (result.bytes === undefined) status = EXIT.data;
      else await write(numberedTarget(target, index, results.length), result.bytes, work, io);
    }
    return status;
  } catch (error) {
    if (!(error instanceof WltoolError)) throw error;
    await progress.hide();
    await reportError(error, io);
    return error.exitCode;
  }
}

async function report(name: string, result: Finished, quiet: boolean, progress: Progress, io: Io): Promise<void> {
  const isSaid = ({ severity }: { severity: string }) => !quiet || severity === 'error';
  const diagnostics = result.diagnostics.filter(isSaid);
  const notes = result.notes.filter(isSaid);
  if (diagnostics.length + notes.length > 0) await progress.hide();
  if (diagnostics.length > 0) await reportDiagnostics(name, diagnostics, io);
  for (const { severity, message } of notes) {
    const say = severity === 'error' ? io.log.error : io.log.warn;
    say(`${name}: ${message}`);
  }
}

async function write(target: string, bytes: Uint8Array, work: Work, io: Io): Promise<void> {
  if (target === '-') {
    await io.stdout.write(bytes);
    return;
  }
  if (!work.force) await guardTarget(target);
  await writeOutput(target, bytes);
}
