/** `wltool dump2wl`: inputs in, worklist files out; one that fails costs the others nothing. */

import { EXIT, type ExitCode, UsageError, WltoolError } from '../../errors.ts';
import { makeFolder } from '../../files/make-folder.ts';
import { readInput } from '../../files/read-input.ts';
import { orderKindOf } from '../../orders/order-kind.ts';
import type { Io } from '../../terminal/io.ts';
import { reportError } from '../../terminal/report-error.ts';
import { report, write } from './deliver.ts';
import { convert } from './finish-draft.ts';
import { guardTarget } from './guard-target.ts';
import { type Dump2wlOptions, type Work, workOf } from './options.ts';
import { Progress } from './progress.ts';
import type { OrderRun } from './run-orders.ts';
import { type Assignment, assignTargets, numberedTarget, refuseStrayValues } from './targets.ts';
import { WritesInFlight } from './writes-in-flight.ts';

/** Converts the inputs. */
export async function run(args: readonly string[], options: Dump2wlOptions, io: Io): Promise<ExitCode> {
  const work = workOf(options, io.now());
  const { outDir } = options;
  refuseStrayValues(args, options.newUids);
  const assignments = assignTargets(args, outDir, (input) => options.from ?? orderKindOf(input));
  checkOrderOptions(assignments, options);
  if (assignments.some(({ target }) => target === '-') && io.stdout.isTerminal) {
    throw new UsageError('a worklist file is binary and does not belong on the terminal', {
      hint: 'name the output file, or redirect: > out.wl',
    });
  }
  if (outDir !== undefined) await makeFolder(outDir);
  const progress = new Progress(io, assignments.length);
  const orderRun = await startOrders(assignments, options, work, progress, io);
  if (orderRun === 'failed') return EXIT.data;
  const statuses: ExitCode[] = [];
  const writes = new WritesInFlight();
  progress.show();
  try {
    for (const [index, assignment] of assignments.entries()) {
      io.signal.throwIfAborted();
      const notWritten = (status: ExitCode): void => {
        statuses[index] ||= status;
      };
      const conversion = { assignment, work, quiet: options.quiet ?? false, io, writes, notWritten };
      const status = await guarded(io, async () => {
        const { orders } = assignment;
        if (orderRun === undefined || orders === undefined) return await convertOne(conversion);
        return await orderRun.convert({ ...assignment, orders });
      });
      // A write may have failed already; wrong data are said all the same.
      statuses[index] = status || (statuses[index] ?? EXIT.done);
      progress.advance();
    }
  } finally {
    await writes.settled();
    progress.end();
  }
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

/** @throws UsageError for options that no input has a use for */
function checkOrderOptions(assignments: readonly Assignment[], { template, hl7Mapping }: Dump2wlOptions): void {
  if (template !== undefined && assignments.every(({ orders }) => orders === undefined)) {
    throw new UsageError('--template is for orders in CSV or HL7, and no input is that', {
      hint: 'name the kind of the input: --from csv or --from hl7',
    });
  }
  if (hl7Mapping !== undefined && assignments.every(({ orders }) => orders !== 'hl7')) {
    throw new UsageError('--hl7-mapping is for orders in HL7, and no input is that', {
      hint: 'name the kind of the input: --from hl7',
    });
  }
}

/** Readers of orders are loaded where there are orders. */
async function startOrders(
  assignments: readonly Assignment[],
  options: Dump2wlOptions,
  work: Work,
  progress: Progress,
  io: Io,
): Promise<OrderRun | 'failed' | undefined> {
  if (assignments.every(({ orders }) => orders === undefined)) return undefined;
  const { OrderRun } = await import('./run-orders.ts');
  return (await OrderRun.start(options, work, progress, io)) ?? 'failed';
}

/** One input that fails costs the others nothing. */
async function guarded(io: Io, convertInput: () => Promise<ExitCode>): Promise<ExitCode> {
  try {
    return await convertInput();
  } catch (error) {
    if (!(error instanceof WltoolError)) throw error;
    await reportError(error, io);
    return error.exitCode;
  }
}

interface Conversion {
  readonly assignment: Assignment;
  readonly work: Work;
  readonly quiet: boolean;
  readonly io: Io;
  readonly writes: WritesInFlight;
  /** Is told when a write fails, which may be later. */
  readonly notWritten: (status: ExitCode) => void;
}

/** Reads and converts an input, and says what is to be said of it; its file may still be being written then. */
async function convertOne(conversion: Conversion): Promise<ExitCode> {
  const { work, quiet, io } = conversion;
  const { input, target } = conversion.assignment;
  const name = input === '-' ? 'standard input' : input;
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
    await report(name, result, quiet, io);
    if (result.bytes === undefined) {
      status = EXIT.data;
      continue;
    }
    const place = numberedTarget(target, index, results.length);
    if (place !== target && !work.force) await guardTarget(place);
    await deliver(place, result.bytes, conversion);
  }
  return status;
}

async function deliver(target: string, bytes: Uint8Array, conversion: Conversion): Promise<void> {
  const { work, io, writes, notWritten } = conversion;
  await writes.start(target, async () => {
    const status = await guarded(io, async () => {
      await write(target, bytes, work, io, writes.folders);
      return EXIT.done;
    });
    if (status !== EXIT.done) notWritten(status);
  });
}
