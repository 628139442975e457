/** What becomes of a finished draft: its findings to the user, its bytes to their place. */

import { writeOutput } from '../../files/write-output.ts';
import type { Io } from '../../terminal/io.ts';
import { reportDiagnostics } from '../../terminal/report-error.ts';
import type { Finished } from './finish-draft.ts';
import { guardTarget } from './guard-target.ts';
import type { Work } from './options.ts';

type Findings = Pick<Finished, 'diagnostics' | 'notes'>;

/** Says what was found in an input or an order, `name` for short. With `quiet`, errors only; `everyError`, all of them. */
export async function report(name: string, found: Findings, quiet: boolean, io: Io, everyError = false): Promise<void> {
  const isSaid = ({ severity }: { severity: string }) => !quiet || severity === 'error';
  const diagnostics = found.diagnostics.filter(isSaid);
  const notes = found.notes.filter(isSaid);
  if (diagnostics.length > 0) await reportDiagnostics(name, diagnostics, io, everyError);
  for (const { severity, message } of notes) {
    const say = severity === 'error' ? io.log.error : io.log.warn;
    say(`${name}: ${message}`);
  }
}

/** Writes a file, or to stdout. @throws FileError also where the target is there and is no DICOM file */
export async function write(
  target: string,
  bytes: Uint8Array,
  work: Work,
  io: Io,
  folders?: Set<string>,
): Promise<void> {
  if (target === '-') {
    await io.stdout.write(bytes);
    return;
  }
  if (!work.force) await guardTarget(target);
  await writeOutput(target, bytes, { folders });
}
