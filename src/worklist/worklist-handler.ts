/** Answers associations and queries from the store: the worklist side of the SCP (PS3.4 K.4). */

import { setTimeout as wait } from 'node:timers/promises';
import { type DataSetReading, readDataSet } from '../codec/read-data-set.ts';
import type { TransferSyntax } from '../codec/transfer-syntax.ts';
import { writeDataSet } from '../codec/write-data-set.ts';
import { FileError } from '../errors.ts';
import type { Log } from '../log.ts';
import { type Admission, type AdmissionRules, admit, type Caller } from './admission.ts';
import type { Entry } from './entry.ts';
import type { Step } from './entry-order.ts';
import { Pace } from './folder-pace.ts';
import { showFileName } from './folder-path.ts';
import { matchEntry } from './match.ts';
import { type Narrowing, narrows } from './narrow-steps.ts';
import { readQuery } from './query.ts';
import type { Query } from './query-key.ts';
import { QueryLog } from './query-log.ts';
import { respond } from './respond.ts';
import type { Candidates } from './step-table.ts';
import type { Store } from './store.ts';

export interface HandlerOptions extends AdmissionRules, Narrowing {
  /** At most this many answers to a query. */
  readonly limit?: number | undefined;
  readonly fuzzyNames?: boolean | undefined;
  /** Answer in this character set, and for some callers in another; undefined: as stored. */
  readonly charset?: string | undefined;
  readonly charsetFor?: ReadonlyMap<string, string> | undefined;
  /** Take a malformed query for one that matches nothing, as wlmscpfs does with --no-fail. */
  readonly forgiving?: boolean | undefined;
  /** Wait before each answer: to see how a modality takes it. */
  readonly delayMs?: number | undefined;
  /** Say of each entry left out which key excluded it. */
  readonly explain?: boolean | undefined;
  /** Put the values of keys into the log; without it no patient data is in it. */
  readonly showValues?: boolean | undefined;
  readonly log: Log;
  /** Is given each query as it came, before anything is made of it. */
  readonly received?: ((callingAeTitle: string, reading: DataSetReading, syntax: TransferSyntax) => void) | undefined;
}

/** A C-FIND request; network's FindRequest fits. */
export interface FindRequest extends Caller {
  readonly peerAddress: string;
  readonly identifier: Uint8Array;
  readonly syntax: TransferSyntax;
  readonly signal: AbortSignal;
}

/** A final status (PS3.4 Table K.4-1). */
export interface FindOutcome {
  readonly status: number;
  readonly comment?: string;
  readonly offendingElements?: readonly number[];
}

/** Bounds of a query; one that asks for all of Table K.6-1 has 300 elements. */
const QUERY_LIMITS = { maxElements: 512, maxInflated: 64 * 1024 };

const SUCCESS: FindOutcome = { status: 0x0000 };
const CANCELLED: FindOutcome = { status: 0xfe00 };
const OUT_OF_RESOURCES = 0xa700;
const UNABLE_TO_PROCESS = 0xc001;

export class StoreHandler {
  /** Queries that have ended, and the answers given to them. */
  readonly served = { queries: 0, answers: 0 };
  readonly #store: Store;
  readonly #options: HandlerOptions;
  /** Answers whose text did not fit a character set, so that each is said once. */
  readonly #lossesTold = new WeakMap<Entry, Set<string>>();

  constructor(store: Store, options: HandlerOptions) {
    this.#store = store;
    this.#options = options;
  }

  associate(caller: Caller): Admission {
    return admit(caller, this.#options, (title) => this.#store.serves(title));
  }

  /** Yields each answer's identifier, encoded as the request was; returns the final status. */
  async *find(request: FindRequest): AsyncGenerator<Uint8Array, FindOutcome> {
    const queryLog = new QueryLog(request, this.#options);
    const understood = this.#read(request);
    let outcome: FindOutcome = CANCELLED;
    try {
      outcome = 'status' in understood ? understood : yield* this.#answer(request, understood, queryLog);
      return outcome;
    } finally {
      this.served.queries += 1;
      this.served.answers += queryLog.answers;
      queryLog.end(outcome);
    }
  }

  /** What is asked for, or why it is not answered. Of the identifier's data set no more is kept while a peer reads. */
  #read({ identifier, syntax, callingAeTitle }: FindRequest): Query | FindOutcome {
    const reading = readDataSet(identifier, syntax, QUERY_LIMITS);
    this.#options.received?.(callingAeTitle, reading, syntax);
    const damage = reading.error ?? reading.losses[0];
    // A part of a query would find more than the whole.
    if (damage !== undefined) return { status: UNABLE_TO_PROCESS, comment: `Identifier: ${damage.message}` };
    const { query, refusal } = readQuery(reading.dataSet, { fuzzyNames: this.#options.fuzzyNames ?? false });
    if (refusal === undefined) return query;
    return this.#options.forgiving === true ? SUCCESS : refusal;
  }

  async *#answer(request: FindRequest, query: Query, queryLog: QueryLog): AsyncGenerator<Uint8Array, FindOutcome> {
    queryLog.understood(query);
    let candidates: Candidates;
    try {
      candidates = await this.#candidates(request.calledAeTitle, query);
    } catch (failure) {
      if (!(failure instanceof FileError)) throw failure;
      return { status: OUT_OF_RESOURCES, comment: 'The worklist folder cannot be read.' };
    }
    queryLog.consider(candidates.among);
    return yield* this.#match(request, query, candidates.steps, queryLog);
  }

  /** Why a step is left out is said of every one, so then no index leaves it out before. */
  async #candidates(calledAeTitle: string, query: Query): Promise<Candidates> {
    if (this.#options.explain !== true) return await this.#store.candidates(calledAeTitle, query);
    const steps = await this.#store.steps(calledAeTitle);
    return { steps, among: steps.length };
  }

  async *#match(
    request: FindRequest,
    query: Query,
    steps: readonly Step[],
    queryLog: QueryLog,
  ): AsyncGenerator<Uint8Array, FindOutcome> {
    const { limit = Number.POSITIVE_INFINITY, delayMs = 0 } = this.#options;
    const leavesOut = narrows(this.#options, query, request.callingAeTitle);
    const matches = stepMatcher(query);
    const pace = new Pace();
    for (const step of steps) {
      if (pace.due) await pace.rest();
      if (request.signal.aborted) return CANCELLED;
      const reason = leavesOut(step);
      if (reason !== undefined || !matches(step)) {
        queryLog.leftOut(step, reason);
        continue;
      }
      queryLog.matched();
      if (queryLog.answers >= limit) continue;
      if (delayMs > 0) await wait(delayMs, undefined, { signal: request.signal }).catch(() => undefined);
      queryLog.answers += 1;
      yield this.#respond(request, query, step);
    }
    return SUCCESS;
  }

  #respond(request: FindRequest, query: Query, { entry, index }: Step): Uint8Array {
    const charset = this.#options.charsetFor?.get(request.callingAeTitle) ?? this.#options.charset;
    const { dataSet, lost } = respond(query, entry.view, index, charset === undefined ? {} : { charset });
    if (lost.length > 0 && charset !== undefined) this.#tellLosses(entry, charset, lost);
    return writeDataSet(dataSet, request.syntax);
  }

  #tellLosses(entry: Entry, charset: string, lost: readonly { readonly tagPath: string }[]): void {
    const told = this.#lossesTold.get(entry) ?? new Set();
    this.#lossesTold.set(entry, told);
    if (told.has(charset)) return;
    told.add(charset);
    const paths = lost.map(({ tagPath }) => tagPath).join(', ');
    this.#options.log.warn(
      `${showFileName(entry.fileName)}: answered with replacement characters, as ${charset} cannot write ${paths}`,
    );
  }
}

/** Whether a step matches; the steps of one entry are matched together, the first time one of them comes up. */
function stepMatcher(query: Query): (step: Step) => boolean {
  const severalSteps = new Map<Entry, ReadonlySet<number>>();
  return ({ entry, index }) => {
    if (entry.view.steps.length === 1) return matchEntry(query, entry.view).length > 0;
    let found = severalSteps.get(entry);
    if (found === undefined) {
      found = new Set(matchEntry(query, entry.view).map(({ step }) => step));
      severalSteps.set(entry, found);
    }
    return found.has(index);
  };
}
