/** Orders in CSV and HL7 to entries of a folder, or one of them to a file. */

import { join } from 'node:path';
import { EXIT, type ExitCode, UsageError, WltoolError } from '../../errors.ts';
import { readInput } from '../../files/read-input.ts';
import type { EntryToRemove, EntryToWrite, Order, OrderKind } from '../../orders/order.ts';
import { patientOf } from '../../orders/patient.ts';
import { readOrders } from '../../orders/read-orders.ts';
import { requestOf } from '../../orders/request.ts';
import type { Io } from '../../terminal/io.ts';
import { reportDiagnostics, reportError } from '../../terminal/report-error.ts';
import { report, write } from './deliver.ts';
import { finishDraft } from './finish-draft.ts';
import type { Dump2wlOptions, Work } from './options.ts';
import { changesToTell } from './order-changes.ts';
import { orderDraft } from './order-draft.ts';
import { entryAt, guardEntry, removeEntries } from './order-folder.ts';
import { type Outcome, summarizeOrders } from './order-outcomes.ts';
import { type OrderSetup, orderSetup } from './order-setup.ts';
import type { Progress } from './progress.ts';
import { RepeatedWarnings } from './repeated-warnings.ts';

export interface OrderAssignment {
  readonly input: string;
  readonly target: string;
  readonly orders: OrderKind;
}

export class OrderRun {
  readonly #options: Dump2wlOptions;
  readonly #work: Work;
  readonly #setup: OrderSetup;
  readonly #progress: Progress;
  readonly #io: Io;
  /** Of the input that is being converted. */
  #warnings = new RepeatedWarnings();

  private constructor(options: Dump2wlOptions, work: Work, setup: OrderSetup, progress: Progress, io: Io) {
    this.#options = options;
    this.#work = work;
    this.#setup = setup;
    this.#progress = progress;
    this.#io = io;
  }

  /** Reads template and mapping; undefined where the mapping is wrong, which is reported. @throws WltoolError */
  static async start(options: Dump2wlOptions, work: Work, progress: Progress, io: Io): Promise<OrderRun | undefined> {
    const setup = await orderSetup(options, work, io);
    const { hl7Mapping = '', template = '', quiet = false } = options;
    if (setup.faults.length > 0) {
      await reportDiagnostics(hl7Mapping, setup.faults, io);
      return undefined;
    }
    if (setup.template !== undefined) await report(template, setup.template, quiet, io);
    return new OrderRun(options, work, setup, progress, io);
  }

  /** Does what the orders of an input ask for. @throws WltoolError where the input as a whole cannot be used */
  async convert({ input, target, orders: kind }: OrderAssignment): Promise<ExitCode> {
    const name = input === '-' ? 'standard input' : input;
    const { charset } = this.#work;
    this.#warnings = new RepeatedWarnings();
    const { orders, diagnostics } = readOrders(await readInput(input, this.#io), {
      kind,
      today: this.#io.now(),
      template: this.#setup.template?.dataSet,
      mapping: this.#setup.mapping,
      charset,
    });
    // Each error is an order that nobody will see on the list.
    await report(name, { diagnostics, notes: [] }, this.#options.quiet ?? false, this.#io, true);
    const readStatus = diagnostics.some(({ severity }) => severity === 'error') ? EXIT.data : EXIT.done;
    const { outDir } = this.#options;
    if (outDir === undefined) return (await this.#writeOne(name, orders, target)) || readStatus;
    this.#progress.expect(orders.length);
    const outcomes: Outcome[] = [];
    for (const order of orders) {
      this.#io.signal.throwIfAborted();
      outcomes.push(await this.#carryOut(name, order, outDir));
      this.#progress.advance();
    }
    if (!(this.#options.quiet ?? false)) {
      for (const repetition of this.#warnings.summary()) this.#io.log.warn(`${name}: ${repetition}`);
    }
    summarizeOrders(name, orders, outcomes, outDir, this.#io.log);
    return readStatus || (outcomes.find(({ status }) => status !== EXIT.done)?.status ?? EXIT.done);
  }

  async #writeOne(name: string, orders: readonly Order[], target: string): Promise<ExitCode> {
    const [order, ...others] = orders;
    if (order === undefined) return EXIT.done;
    if (others.length > 0) {
      throw new UsageError(`${name} holds ${orders.length} orders, but one output is named`, {
        hint: 'write them to a folder: --out-dir FOLDER',
      });
    }
    if (order.action === 'remove') {
      throw new UsageError(`${name} takes an order back (${order.reason}), and there is no entry to write`, {
        hint: 'its entry is removed from a folder: --out-dir FOLDER',
      });
    }
    return await this.#write(name, order, target);
  }

  /** One order that fails costs the others nothing. */
  async #carryOut(name: string, order: Order, folder: string): Promise<Outcome> {
    try {
      if (order.action === 'remove') return { status: EXIT.done, removed: await this.#remove(name, order, folder) };
      return { status: await this.#writeTo(join(folder, order.name), name, order), removed: 0 };
    } catch (error) {
      if (!(error instanceof WltoolError)) throw error;
      await reportError(error, this.#io, `${name}:${order.line}`);
      return { status: error.exitCode, removed: 0 };
    }
  }

  /** @throws DataError where the entry that is there is another patient's or request's */
  async #writeTo(target: string, name: string, order: EntryToWrite): Promise<ExitCode> {
    const present = this.#work.force ? undefined : await entryAt(target);
    if (present === undefined) return await this.#write(name, order, target);
    const claim = { patient: patientOf(order.dataSet), request: requestOf(order.dataSet) };
    const likeness = guardEntry(target, present, claim, 'replaced');
    const status = await this.#write(name, order, target);
    if (status !== EXIT.done || (this.#options.quiet ?? false)) return status;
    for (const change of changesToTell(likeness, present, order.dataSet)) {
      this.#io.log.warn(`${name}:${order.line}: ${target} ${change}`);
    }
    return status;
  }

  async #write(name: string, order: EntryToWrite, target: string): Promise<ExitCode> {
    const finished = finishDraft(orderDraft(order, this.#setup.template, this.#work), this.#work);
    const notes = this.#warnings.toSay(finished.notes, order.line);
    await report(`${name}:${order.line}`, { ...finished, notes }, this.#options.quiet ?? false, this.#io);
    if (finished.bytes === undefined) return EXIT.data;
    await write(target, finished.bytes, this.#work, this.#io);
    return EXIT.done;
  }

  /** How many entries went. */
  async #remove(name: string, order: EntryToRemove, folder: string): Promise<number> {
    const say = (what: string) => this.#io.log.notice(`${name}:${order.line}: ${what}`);
    let removed = 0;
    for await (const path of removeEntries(order, folder, this.#work.force)) {
      removed += 1;
      say(`removed ${path} (${order.reason})`);
    }
    if (removed === 0) say(`no entry to remove (${order.reason}): ${join(folder, order.name)}`);
    return removed;
  }
}
