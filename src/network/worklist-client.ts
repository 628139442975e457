/** Modality Worklist SCU (PS3.4 K) and Verification SCU: queries whose answers stream in as they come. */

import { EXPLICIT_LITTLE, IMPLICIT_LITTLE, type TransferSyntax } from '../codec/transfer-syntax.ts';
import { writeDataSet } from '../codec/write-data-set.ts';
import type { DataSet } from '../dicom/data-set.ts';
import { MODALITY_WORKLIST_FIND, VERIFICATION_SOP_CLASS } from '../dicom/uid.ts';
import { PeerError } from '../errors.ts';
import { Canceller } from './canceller.ts';
import { type Clock, SYSTEM_CLOCK } from './clock.ts';
import { COMMAND, COMMAND_FIELD, type CommandSet, NO_DATA_SET, WITH_DATA_SET, writeCommandSet } from './command-set.ts';
import type { AssociateAccept } from './dimse-seam.ts';
import type { Message } from './message-assembler.ts';
import { type PeerOptions, Requestor } from './requestor.ts';
import { failureHint, failureWords, isPending, STATUS } from './status.ts';

export type { ClientTls } from './connect-peer.ts';
export type { PeerOptions } from './requestor.ts';

/** One answer, as it came. */
export interface Answer {
  readonly identifier: Uint8Array;
  readonly syntax: TransferSyntax;
  /** FF00H, or FF01H where the peer does not support an optional key (PS3.4 Table K.4-1). */
  readonly status: number;
}

/** How a query ended that did not fail. */
export interface FindResult {
  /** 0000H or FE00H. */
  readonly status: number;
  readonly answers: number;
  /** By limit or signal. */
  readonly cancelled: boolean;
}

export interface FindOptions {
  /** After so many answers the rest is cancelled. */
  readonly limit?: number | undefined;
  /** Cancels the query; its reason is thrown once the peer has stopped. */
  readonly signal?: AbortSignal | undefined;
}

export interface WorklistClientOptions extends PeerOptions {
  readonly service: 'find' | 'echo';
  /** Proposed transfer syntaxes; explicit and implicit VR little endian. */
  readonly syntaxes?: readonly TransferSyntax[] | undefined;
}

const SYNTAXES = [EXPLICIT_LITTLE, IMPLICIT_LITTLE];
const CONTEXT_ID = 1;

/** An association over which any number of queries goes, one after the other. */
export class WorklistClient {
  readonly syntax: TransferSyntax;
  readonly #requestor: Requestor;
  readonly #clock: Clock;
  #messageId = 0;

  private constructor(requestor: Requestor, clock: Clock, syntax: TransferSyntax) {
    this.#requestor = requestor;
    this.#clock = clock;
    this.syntax = syntax;
  }

  /** @throws PeerError of phase connect, tls or association; the signal's reason */
  static async connect(options: WorklistClientOptions): Promise<WorklistClient> {
    const syntaxes = options.syntaxes ?? SYNTAXES;
    const context = {
      id: CONTEXT_ID,
      abstractSyntax: options.service === 'find' ? MODALITY_WORKLIST_FIND : VERIFICATION_SOP_CLASS,
      transferSyntaxes: syntaxes.map(({ uid }) => uid),
    };
    const requestor = await Requestor.open(options, [context]);
    const syntax = requestor.syntaxOf(CONTEXT_ID);
    if (syntax !== undefined && syntaxes.includes(syntax))
      return new WorklistClient(requestor, options.clock ?? SYSTEM_CLOCK, syntax);
    requestor.abort();
    throw new PeerError(
      requestor.peer,
      'association',
      `${requestor.peer} chose a transfer syntax that was not proposed`,
    );
  }

  /** What was negotiated, and with whom. */
  get association(): AssociateAccept {
    return this.#requestor.accept;
  }

  get peer(): string {
    return this.#requestor.peer;
  }

  /** One C-ECHO; its round-trip time. @throws PeerError of phase echo */
  async echo(): Promise<{ readonly ms: number }> {
    const messageId = this.#nextMessageId();
    const startedAt = this.#clock.now();
    const request = writeCommandSet([
      [COMMAND.AffectedSOPClassUID, VERIFICATION_SOP_CLASS],
      [COMMAND.CommandField, COMMAND_FIELD.echoRequest],
      [COMMAND.MessageID, messageId],
      [COMMAND.CommandDataSetType, NO_DATA_SET],
    ]);
    await this.#requestor.send('echo', CONTEXT_ID, request);
    const { command } = this.#expect(await this.#requestor.receive(), COMMAND_FIELD.echoResponse, messageId, 'echo');
    const status = command.number(COMMAND.Status);
    if (status === undefined) throw this.#broken('echo', 'a response without a status');
    if (status !== STATUS.success) throw this.#failureStatus('echo', status, command);
    return { ms: this.#clock.now() - startedAt };
  }

  /**
   * One C-FIND. Answers are yielded as they come; a consumer that is slow slows the peer.
   * @throws PeerError of phase find, also for a failure status; the signal's reason
   */
  async *find(identifier: DataSet, options: FindOptions = {}): AsyncGenerator<Answer, FindResult> {
    const { limit = Number.POSITIVE_INFINITY, signal } = options;
    signal?.throwIfAborted();
    const messageId = this.#nextMessageId();
    await this.#sendQuery(identifier, messageId);
    const canceller = this.#canceller(messageId, signal);
    let answers = 0;
    let final: number | undefined;
    try {
      while (final === undefined) {
        const message = this.#expect(await this.#requestor.receive(), COMMAND_FIELD.findResponse, messageId, 'find');
        const status = message.command.number(COMMAND.Status);
        if (status === undefined) throw this.#broken('find', 'a response without a status');
        if (!isPending(status)) {
          final = status;
          const isCancelled = status === STATUS.cancel && canceller.cancelled;
          if (status !== STATUS.success && !isCancelled) throw this.#failureStatus('find', status, message.command);
        } else if (!canceller.cancelled) {
          if (message.dataSet === undefined) throw this.#broken('find', 'an answer without an identifier');
          answers += 1;
          if (answers >= limit) canceller.cancel();
          yield { identifier: message.dataSet, syntax: this.syntax, status };
        }
      }
      signal?.throwIfAborted();
      return { status: final, answers, cancelled: canceller.cancelled };
    } catch (error) {
      signal?.throwIfAborted();
      throw error;
    } finally {
      canceller.close();
      // The consumer went away in the middle: what still comes is nobody's.
      if (final === undefined) this.#requestor.abort();
    }
  }

  /** @throws PeerError of phase release */
  release(): Promise<void> {
    return this.#requestor.release();
  }

  abort(): void {
    this.#requestor.abort();
  }

  async #sendQuery(identifier: DataSet, messageId: number): Promise<void> {
    const request = writeCommandSet([
      [COMMAND.AffectedSOPClassUID, MODALITY_WORKLIST_FIND],
      [COMMAND.CommandField, COMMAND_FIELD.findRequest],
      [COMMAND.MessageID, messageId],
      [COMMAND.Priority, 0],
      [COMMAND.CommandDataSetType, WITH_DATA_SET],
    ]);
    await this.#requestor.send(
      'find',
      CONTEXT_ID,
      request,
      writeDataSet(identifier, this.syntax, { groupLengths: 'remove' }),
    );
  }

  #canceller(messageId: number, signal: AbortSignal | undefined): Canceller {
    const request = writeCommandSet([
      [COMMAND.CommandField, COMMAND_FIELD.cancelRequest],
      [COMMAND.MessageIDBeingRespondedTo, messageId],
      [COMMAND.CommandDataSetType, NO_DATA_SET],
    ]);
    return new Canceller({
      send: () => this.#requestor.send('find', CONTEXT_ID, request),
      giveUp: () => this.#requestor.abort(),
      clock: this.#clock,
      signal,
    });
  }

  #expect(message: Message, commandField: number, messageId: number, phase: 'find' | 'echo'): Message {
    const { command } = message;
    if (command.number(COMMAND.CommandField) !== commandField)
      throw this.#broken(phase, 'another message than a response');
    if (command.number(COMMAND.MessageIDBeingRespondedTo) !== messageId) {
      throw this.#broken(phase, 'a response to a request that was not made');
    }
    return message;
  }

  #broken(phase: 'find' | 'echo', what: string): PeerError {
    this.#requestor.abort();
    return new PeerError(this.peer, phase, `${this.peer} sent ${what}`);
  }

  #failureStatus(phase: 'find' | 'echo', status: number, command: CommandSet): PeerError {
    const offending = command.tags(COMMAND.OffendingElement);
    const details = failureWords(status, command.text(COMMAND.ErrorComment), offending);
    const hint = failureHint(status, offending);
    return new PeerError(this.peer, phase, `${this.peer} answered ${details}`, { status, hint });
  }

  #nextMessageId(): number {
    this.#messageId = (this.#messageId % 0xffff) + 1;
    return this.#messageId;
  }
}

/** One query over an association of its own. */
export async function* findWorklist(
  options: Omit<WorklistClientOptions, 'service'> & FindOptions & { readonly identifier: DataSet },
): AsyncGenerator<Answer, FindResult> {
  const client = await WorklistClient.connect({ ...options, service: 'find' });
  try {
    const result = yield* client.find(options.identifier, options);
    await client.release();
    return result;
  } finally {
    client.abort();
  }
}

/** One C-ECHO over an association of its own: what was negotiated, and the round-trip time. */
export async function echo(
  options: Omit<WorklistClientOptions, 'service'>,
): Promise<AssociateAccept & { readonly syntax: TransferSyntax; readonly ms: number }> {
  const client = await WorklistClient.connect({ ...options, service: 'echo' });
  try {
    const { ms } = await client.echo();
    await client.release();
    return { ...client.association, syntax: client.syntax, ms };
  } finally {
    client.abort();
  }
}
