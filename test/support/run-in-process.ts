/** Runs a command line within the test's own process: as quick as a function call, and all of the way. */

import { runProgram } from '../../src/commands/program.ts';
import { WltoolError } from '../../src/errors.ts';
import { reportError } from '../../src/terminal/report-error.ts';
import { type FakeIoOptions, fakeIo } from './fake-io.ts';

export interface ProgramResult {
  readonly code: number;
  readonly stdout: Uint8Array;
  readonly stderr: string;
}

/** The outcome of `wltool` with these arguments, as main.ts would have it. What is no WltoolError is thrown. */
export async function runInProcess(argv: readonly string[], options: FakeIoOptions = {}): Promise<ProgramResult> {
  const io = fakeIo(options);
  let code: number;
  try {
    code = await runProgram(argv, { io, configureLog: () => {} });
  } catch (error) {
    if (!(error instanceof WltoolError)) throw error;
    await reportError(error, io);
    code = error.exitCode;
  }
  return { code, stdout: io.said.stdoutBytes, stderr: io.said.stderr };
}
