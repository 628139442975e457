/** The client's side of one association (PS3.8 9.2): opens it, carries messages, ends it; failures come as PeerError. */

import type { Socket } from 'node:net';
import { type TransferSyntax, transferSyntaxOf } from '../codec/transfer-syntax.ts';
import { PeerError, type PeerPhase } from '../errors.ts';
import { acceptProblem } from './accept-problem.ts';
import { type Clock, SYSTEM_CLOCK } from './clock.ts';
import { type ClientTls, connectPeer, peerName, seconds } from './connect-peer.ts';
import {
  type AssociateAccept,
  AssociationPdus,
  CONTEXT_ACCEPTED,
  type ProposedContext,
  readAbort,
  readAssociateReject,
  writeAbort,
  writeReleaseRequest,
  writeReleaseResponse,
} from './dimse-seam.ts';
import { DEFAULT_MAX_PDU, MAX_ANSWER_LENGTH } from './limits.ts';
import { type Message, MessageAssembler } from './message-assembler.ts';
import { longestFragment, pdvsLength, readPdvs, writePdvs } from './pdv.ts';
import { abortWords, closedHint, connectionWords, isTlsFailure, rejectWords, tlsWords } from './peer-words.ts';
import { type AbortReason, type AbortSource, ProtocolError } from './protocol-error.ts';
import { Transport } from './transport.ts';
import { reactionTo, type UpperLayerState } from './upper-layer.ts';

/** How long the peer may stay silent in each phase; 30 s each. */
export interface PeerTimeouts {
  readonly connectMs: number;
  readonly associationMs: number;
  /** For each answer. */
  readonly answerMs: number;
  readonly releaseMs: number;
}

export interface PeerOptions {
  readonly host: string;
  readonly port: number;
  readonly callingAeTitle: string;
  readonly calledAeTitle: string;
  readonly timeouts?: Partial<PeerTimeouts> | undefined;
  /** Longest P-DATA-TF we receive; 16384. */
  readonly maxPdu?: number | undefined;
  readonly tls?: ClientTls | undefined;
  /** Ends the opening of the association, and what is asked over it. */
  readonly signal?: AbortSignal | undefined;
  readonly clock?: Clock | undefined;
}

const DEFAULT_TIMEOUTS: PeerTimeouts = {
  connectMs: 30_000,
  associationMs: 30_000,
  answerMs: 30_000,
  releaseMs: 30_000,
};

/** Answers kept ahead of whoever consumes them; beyond, the peer has to wait. */
const MAX_INBOX = 64;

interface Waiter {
  readonly resolve: () => void;
}

export class Requestor {
  readonly peer: string;
  readonly #options: PeerOptions;
  readonly #timeouts: PeerTimeouts;
  readonly #clock: Clock;
  readonly #transport: Transport;
  readonly #pdus = new AssociationPdus();
  readonly #messages = new MessageAssembler(MAX_ANSWER_LENGTH);
  readonly #inbox: Message[] = [];
  #state: UpperLayerState = 'associating';
  #phase: PeerPhase = 'association';
  #accept: AssociateAccept | undefined;
  #failure: PeerError | undefined;
  #waiter: Waiter | undefined;

  private constructor(socket: Socket, options: PeerOptions, clock: Clock) {
    this.#options = options;
    this.#timeouts = { ...DEFAULT_TIMEOUTS, ...options.timeouts };
    this.#clock = clock;
    this.peer = peerName(options);
    this.#transport = new Transport(socket, {
      clock,
      maxPdu: options.maxPdu ?? DEFAULT_MAX_PDU,
      writeTimeoutMs: this.#timeouts.answerMs,
      received: (pdu) => this.#received(pdu),
      settled: () => {},
      failed: (error) => this.#failed(error),
      expired: () => this.#fail('takes no more data', undefined, true),
      closed: (error) => this.#closed(error),
    });
  }

  /**
   * Connects and negotiates these contexts, at least one of which the peer must accept.
   * @throws PeerError of phase connect, tls or association
   */
  static async open(options: PeerOptions, contexts: readonly ProposedContext[]): Promise<Requestor> {
    const { timeouts, clock = SYSTEM_CLOCK, signal } = options;
    const { connectMs } = { ...DEFAULT_TIMEOUTS, ...timeouts };
    const socket = await connectPeer({ ...options, timeoutMs: connectMs, clock });
    const requestor = new Requestor(socket, options, clock);
    const aborted = (): void => requestor.abort();
    signal?.addEventListener('abort', aborted, { once: true });
    try {
      await requestor.#associate(contexts);
    } catch (error) {
      signal?.throwIfAborted();
      throw error;
    } finally {
      signal?.removeEventListener('abort', aborted);
    }
    return requestor;
  }

  /** What the peer answered to the association request. */
  get accept(): AssociateAccept {
    if (this.#accept === undefined) throw new Error('no association was accepted');
    return this.#accept;
  }

  /** Sends a command, and the data set that goes with it. */
  async send(phase: PeerPhase, contextId: number, command: Buffer, dataSet?: Uint8Array): Promise<void> {
    this.#phase = phase;
    const fragmentLength = longestFragment(this.accept.maxPdu);
    const lengths = [command, ...(dataSet === undefined ? [] : [dataSet])].map((part) => part.length);
    const bytes = Buffer.allocUnsafe(lengths.reduce((sum, length) => sum + pdvsLength(length, fragmentLength), 0));
    const at = writePdvs(bytes, 0, command, { contextId, command: true, fragmentLength });
    if (dataSet !== undefined) writePdvs(bytes, at, dataSet, { contextId, command: false, fragmentLength });
    const sent = await this.#transport.send(bytes);
    if (!sent) throw this.#failure ?? this.#error('closed the connection');
  }

  /** The next message, for which the peer has the time of one answer. */
  async receive(): Promise<Message> {
    if (this.#inbox.length === 0) await this.#wait(() => this.#inbox.length > 0, this.#timeouts.answerMs);
    const message = this.#inbox.shift();
    if (message === undefined) throw this.#failure ?? this.#error('closed the connection');
    if (this.#inbox.length < MAX_INBOX / 2) this.#transport.resume();
    return message;
  }

  /** Ends the association in order. @throws PeerError of phase release */
  async release(): Promise<void> {
    if (this.#state !== 'open') return;
    this.#phase = 'release';
    this.#state = 'releasing';
    this.#inbox.length = 0;
    this.#transport.resume();
    await this.#transport.send(writeReleaseRequest());
    await this.#wait(() => this.#state === 'closing' || this.#state === 'closed', this.#timeouts.releaseMs);
    if (this.#failure !== undefined) throw this.#failure;
  }

  /** Ends the association at once, as the service user; nothing where it has ended already. */
  abort(): void {
    this.#abort(0, 0);
    this.#failure ??= this.#error('was sent an abort by us');
    this.#wake();
  }

  async #associate(contexts: readonly ProposedContext[]): Promise<void> {
    const { callingAeTitle, calledAeTitle, maxPdu = DEFAULT_MAX_PDU } = this.#options;
    await this.#transport.send(this.#pdus.writeAssociateRequest({ callingAeTitle, calledAeTitle, maxPdu, contexts }));
    await this.#wait(() => this.#accept !== undefined, this.#timeouts.associationMs);
    const problem = acceptProblem(this.accept);
    if (problem === undefined) return;
    this.#abort(0, 0);
    throw this.#error(problem.message, problem.hint);
  }

  #received(pdu: Buffer): void {
    const reaction = reactionTo('requestor', this.#state, pdu.readUInt8(0));
    switch (reaction.kind) {
      case 'accept':
        this.#state = 'open';
        this.#accept = this.#pdus.readAssociateAccept(pdu);
        this.#wake();
        return;
      case 'reject': {
        const { message, hint } = rejectWords(readAssociateReject(pdu), this.#options);
        this.#fail(`rejected the association: ${message}`, hint);
        return;
      }
      case 'data':
        this.#data(pdu);
        return;
      case 'release':
        // An SCP has no reason to; the answer keeps the peace, what was asked fails all the same.
        if (this.#state === 'open') this.#failure ??= this.#error('released the association');
        this.#state = 'closing';
        this.#transport.finish(writeReleaseResponse());
        this.#wake();
        return;
      case 'released':
        this.#state = 'closing';
        this.#transport.finish(undefined);
        this.#wake();
        return;
      case 'aborted':
        this.#fail(`aborted the association, ${abortWords(readAbort(pdu))}`, 'see the log of the peer');
        return;
      case 'abort':
        throw new ProtocolError(`an unexpected PDU of type ${pdu.readUInt8(0)}`, reaction.source, reaction.reason);
      default:
        return;
    }
  }

  #data(pdu: Buffer): void {
    for (const pdv of readPdvs(pdu)) {
      const context = this.accept.contexts.find(({ id }) => id === pdv.contextId);
      if (context?.result !== CONTEXT_ACCEPTED) {
        throw new ProtocolError(`data on presentation context ${pdv.contextId}, which was not accepted`);
      }
      const message = this.#messages.add(pdv);
      if (message !== undefined) this.#inbox.push(message);
    }
    if (this.#inbox.length >= MAX_INBOX) this.#transport.pause();
    if (this.#inbox.length > 0) this.#wake();
  }

  /** The transfer syntax of an accepted context. */
  syntaxOf(contextId: number): TransferSyntax | undefined {
    const context = this.accept.contexts.find(({ id }) => id === contextId);
    return context?.result === CONTEXT_ACCEPTED ? transferSyntaxOf(context.transferSyntax) : undefined;
  }

  /** Waits until `done`, for so long; whatever the peer trickles meanwhile. @throws PeerError where it fails first */
  async #wait(done: () => boolean, ms: number): Promise<void> {
    const cancel = this.#clock.after(ms, () => this.#fail(`did not answer within ${seconds(ms)}`, TIMEOUT_HINT, true));
    try {
      while (!done()) {
        if (this.#failure !== undefined) throw this.#failure;
        await new Promise<void>((resolve) => {
          this.#waiter = { resolve };
        });
      }
    } finally {
      cancel();
    }
  }

  #wake(): void {
    this.#waiter?.resolve();
    this.#waiter = undefined;
  }

  #failed(error: unknown): void {
    if (!(error instanceof ProtocolError)) throw error;
    this.#fail(`broke the protocol: ${error.message}`, undefined, true, error);
  }

  #closed(error: (Error & { code?: string }) | undefined): void {
    if (this.#state === 'releasing' || this.#state === 'closing') this.#state = 'closed';
    if (this.#state !== 'closed') {
      if (error !== undefined && isTlsFailure(error)) {
        const { message, hint } = tlsWords(error, this.#options.host);
        this.#failure ??= new PeerError(this.peer, 'tls', `no TLS connection with ${this.peer}: ${message}`, { hint });
      } else if (error === undefined) this.#fail('closed the connection', closedHint(this.#phase, this.#options.tls));
      else this.#fail(`broke the connection: ${connectionWords(error).message}`, 'see the log of the peer');
      this.#state = 'closed';
    }
    this.#wake();
  }

  /** Notes the failure, ends the connection (with an A-ABORT where that is ours to say) and wakes whoever waits. */
  #fail(what: string, hint: string | undefined, abort = false, error?: ProtocolError): void {
    this.#failure ??= this.#error(what, hint);
    if (abort) this.#abort(error?.source ?? 0, error?.reason ?? 0);
    else if (this.#state !== 'closed') {
      this.#state = 'closing';
      this.#transport.finish(undefined);
    }
    this.#wake();
  }

  #abort(source: AbortSource, reason: AbortReason): void {
    if (this.#state === 'closing' || this.#state === 'closed') return;
    this.#state = 'closing';
    this.#transport.finish(writeAbort(source, reason));
  }

  #error(what: string, hint?: string): PeerError {
    return new PeerError(this.peer, this.#phase, `${this.peer} ${what}`, { hint });
  }
}

const TIMEOUT_HINT = 'wait longer with --timeout, or see the log of the peer';
