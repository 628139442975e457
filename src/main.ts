/**
 * The process: runs the program, maps every outcome to an exit status and one report, and owns the signals.
 */

import { runProgram } from './commands/program.ts';
import { EXIT, WltoolError } from './errors.ts';
import { createIo, Interruption, type Io } from './terminal/io.ts';
import { ClosedPipe } from './terminal/output.ts';
import { reportBug } from './terminal/report-bug.ts';
import { reportError } from './terminal/report-error.ts';

const SIGNAL_EXIT = { SIGINT: 130, SIGTERM: 143 } as const;

const stop = new AbortController();
const processIo = createIo(process, stop.signal);

for (const signalName of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signalName, () => {
    // Who asks twice does not want to wait.
    if (stop.signal.aborted) process.exit(SIGNAL_EXIT[signalName]);
    stop.abort(new Interruption(signalName));
  });
}
process.on('uncaughtException', (error) => {
  // A command that must go on listens beside this: then the bug is its to log.
  if (process.listenerCount('uncaughtException') > 1) return;
  void exitStatus(error, processIo.io).then((status) => process.exit(status));
});

const status = await run(process.argv.slice(2));
// Nobody waits for log lines; a write that comes after them does.
await processIo.io.stderr.write('');
process.exit(status);

/** Every write but those of the log is awaited, so no result is left in a buffer when this resolves. */
async function run(argv: readonly string[]): Promise<number> {
  try {
    return await runProgram(argv, processIo);
  } catch (error) {
    return await exitStatus(error, processIo.io);
  }
}

async function exitStatus(error: unknown, io: Io): Promise<number> {
  if (error instanceof ClosedPipe) return EXIT.done;
  if (io.signal.aborted && isAbort(error, io.signal)) {
    const { signalName } = io.signal.reason;
    return SIGNAL_EXIT[signalName === 'SIGTERM' ? 'SIGTERM' : 'SIGINT'];
  }
  if (error instanceof WltoolError) {
    await reportError(error, io);
    return error.exitCode;
  }
  await reportBug(error, io);
  return EXIT.bug;
}

/** What a command throws when it stops for a signal: our reason, or Node's own wrapping of it. */
function isAbort(error: unknown, signal: AbortSignal): boolean {
  return error === signal.reason || (error instanceof Error && error.name === 'AbortError');
}
