/** Answers the requests of one association in the order they came; C-CANCEL alone overtakes (PS3.7 9.3.2.3). */

import type { AssociationRequest, FindOutcome, WorklistHandler } from './handler.ts';
import { BATCH_LENGTH, MAX_PENDING_LENGTH, MAX_PENDING_REQUESTS } from './limits.ts';
import type { Request } from './request.ts';
import { PendingResponses, writeFinalResponse } from './response.ts';
import { SendRoom } from './send-room.ts';
import { STATUS } from './status.ts';

export interface RequestRunnerOptions {
  readonly handler: WorklistHandler;
  readonly association: AssociationRequest;
  readonly fragmentLength: number;
  /** Resolves once the bytes are written: they may change then. False where the association has ended. */
  readonly send: (bytes: Buffer) => Promise<boolean>;
  /** After each answered request. */
  readonly answered: () => void;
  /** The handler threw; the peer gets a failure status and the association goes on. */
  readonly queryFailed: (error: unknown) => void;
  /** A bug of ours. */
  readonly failed: (error: unknown) => void;
}

type Find = Extract<Request, { kind: 'find' }>;
type Queued = Exclude<Request, { kind: 'cancel' }>;

const SUCCESS: FindOutcome = { status: STATUS.success };
const CANCELLED: FindOutcome = { status: STATUS.cancel };

/** Made once: a reason with its stack costs more than a small answer. */
const ENDED = new Error('the association has ended');
const CANCEL_REQUESTED = new Error('the peer has cancelled the query');

function lengthOf(request: Queued): number {
  return request.kind === 'find' ? request.identifier.length : 0;
}

/** Lets the event loop look at sockets and timers. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

export class RequestRunner {
  readonly #options: RequestRunnerOptions;
  #queue: Queued[] = [];
  #queuedLength = 0;
  #running: Queued | undefined;
  /** Someone takes requests off the queue already. */
  #working = false;
  /** Ends the query that runs. */
  #abort: AbortController | undefined;
  /** Finds that were cancelled before their turn. */
  readonly #cancelled = new Set<Queued>();
  #stopped = false;
  readonly #room = new SendRoom();
  finds = 0;
  answers = 0;

  constructor(options: RequestRunnerOptions) {
    this.#options = options;
  }

  /** True where nothing is being answered and nothing waits. */
  get idle(): boolean {
    return this.#running === undefined && this.#queue.length === 0;
  }

  /** True where no further request should be read. */
  get full(): boolean {
    return this.#queue.length >= MAX_PENDING_REQUESTS || this.#queuedLength >= MAX_PENDING_LENGTH;
  }

  take(request: Request): void {
    if (this.#stopped) return;
    if (request.kind === 'cancel') this.#cancel(request.messageId);
    else {
      this.#queue.push(request);
      this.#queuedLength += lengthOf(request);
      if (!this.#working) void this.#run();
    }
  }

  /** Drops what waits; the request being answered goes on. */
  dropPending(): void {
    this.#queue = [];
    this.#queuedLength = 0;
  }

  /** Ends everything, without a word to the peer. */
  stop(): void {
    this.#stopped = true;
    this.#queue = [];
    this.#abort?.abort(ENDED);
  }

  #cancel(messageId: number): void {
    const matches = (request: Queued | undefined): request is Find =>
      request?.kind === 'find' && request.reply.messageId === messageId;
    if (matches(this.#running)) this.#abort?.abort(CANCEL_REQUESTED);
    else {
      const waiting = this.#queue.find(matches);
      if (waiting !== undefined) this.#cancelled.add(waiting);
    }
  }

  #next(): Queued | undefined {
    const request = this.#queue.shift();
    if (request !== undefined) this.#queuedLength -= lengthOf(request);
    return request;
  }

  async #run(): Promise<void> {
    this.#working = true;
    try {
      for (let request = this.#next(); request !== undefined; request = this.#next()) {
        this.#running = request;
        await this.#answer(request);
        if (this.#stopped) return;
        this.#running = undefined;
        this.#options.answered();
      }
    } catch (error) {
      this.#options.failed(error);
    } finally {
      this.#running = undefined;
      this.#working = false;
    }
  }

  async #answer(request: Queued): Promise<void> {
    const { send, fragmentLength } = this.#options;
    switch (request.kind) {
      case 'echo':
        await send(writeFinalResponse(request.reply, SUCCESS, fragmentLength));
        return;
      case 'refused':
        await send(writeFinalResponse(request.reply, request.outcome, fragmentLength));
        return;
      case 'find':
        this.finds += 1;
        if (this.#cancelled.delete(request)) await send(writeFinalResponse(request.reply, CANCELLED, fragmentLength));
        else await this.#find(request);
        return;
      default:
        request satisfies never;
    }
  }

  async #find(request: Find): Promise<void> {
    const { handler, association, fragmentLength } = this.#options;
    const { reply, syntax, identifier } = request;
    const abort = new AbortController();
    this.#abort = abort;
    const { signal } = abort;
    const pending = new PendingResponses(reply, fragmentLength, this.#room);
    const query = { ...association, identifier, syntax, messageId: reply.messageId, signal };
    const outcome = await this.#streamAnswers(() => handler.find(query), pending, signal);
    if (outcome === undefined || this.#stopped) return;
    await this.#options.send(pending.take(writeFinalResponse(reply, outcome, fragmentLength)));
  }

  /** Sends what the handler yields; returns its outcome, or undefined where the association ended. */
  async #streamAnswers(
    ask: () => AsyncGenerator<Uint8Array, FindOutcome>,
    pending: PendingResponses,
    signal: AbortSignal,
  ): Promise<FindOutcome | undefined> {
    let open = true;
    let flushed: Promise<void> = Promise.resolve();
    let flushing: NodeJS.Immediate | undefined;
    const flush = async (): Promise<void> => {
      if (pending.length > 0) open = (await this.#options.send(pending.take())) && open;
    };
    try {
      const answers = ask();
      while (open && !signal.aborted) {
        const step = await answers.next();
        // The peer may be slower than a handler that yields few answers a turn.
        await flushed;
        if (step.done === true) return signal.aborted ? CANCELLED : step.value;
        if (!open) break;
        pending.add(step.value);
        this.answers += 1;
        // A handler that waits for something lets the event loop turn; what it gave so far goes out then.
        flushing ??= setImmediate(() => {
          flushing = undefined;
          flushed = flush();
        });
        if (pending.length < BATCH_LENGTH) continue;
        await flush();
        await nextTurn();
      }
      await answers.return(CANCELLED);
      return open ? CANCELLED : undefined;
    } catch (error) {
      if (signal.aborted) return CANCELLED;
      this.#options.queryFailed(error);
      return { status: STATUS.unableToProcess, comment: 'internal error, see the log of the server' };
    } finally {
      clearImmediate(flushing);
      await flushed;
    }
  }
}
