/** The server's side of one association: upper layer states, negotiation, deadlines (PS3.8 9.2). */

import type { Socket } from 'node:net';
import type { Log, LogFields, LogLevel } from '../log.ts';
import { checkAssociateRequest } from './check-associate.ts';
import type { Clock } from './clock.ts';
import { Deadline } from './deadline.ts';
import { AssociationPdus, readAbort, writeAbort, writeAssociateReject, writeReleaseResponse } from './dimse-seam.ts';
import type { AssociationRequest, WorklistHandler } from './handler.ts';
import { LAST_LINGER_MS } from './limits.ts';
import { MessageAssembler } from './message-assembler.ts';
import { type AcceptedContext, negotiate } from './negotiate.ts';
import { longestFragment, readPdvs } from './pdv.ts';
import { printable } from './printable.ts';
import { type AbortReason, type AbortSource, ProtocolError } from './protocol-error.ts';
import { type Refusal, refusalOf } from './refusal.ts';
import { readRequest } from './request.ts';
import { RequestRunner } from './request-runner.ts';
import { Transport, WRITE_STALLED } from './transport.ts';
import { reactionTo, type UpperLayerState } from './upper-layer.ts';

/** What all associations of a server share. */
export interface AcceptorShared {
  readonly handler: WorklistHandler;
  readonly log: Log;
  readonly clock: Clock;
  readonly maxPdu: number;
  readonly acseTimeoutMs: number;
  readonly dimseTimeoutMs: number;
  readonly idleTimeoutMs: number;
  /** Takes a place among the associations; false where none is free. */
  readonly admit: (acceptor: Acceptor) => boolean;
  /** The association is over; its connection may still be closing. */
  readonly left: (acceptor: Acceptor) => void;
  readonly closed: (acceptor: Acceptor) => void;
}

const ARTIM = 'no association request in time';
const INCOMPLETE = 'a message was not completed in time';
const IDLE = 'nothing was asked for too long';

export class Acceptor {
  readonly #shared: AcceptorShared;
  readonly #transport: Transport;
  readonly #deadline: Deadline;
  readonly #pdus = new AssociationPdus();
  readonly #messages = new MessageAssembler();
  readonly peerAddress: string;
  readonly #startedAt: number;
  #state: UpperLayerState = 'associating';
  #contexts: ReadonlyMap<number, AcceptedContext> = new Map();
  #runner: RequestRunner | undefined;
  #peer: AssociationRequest | undefined;
  #stopping = false;

  constructor(socket: Socket, peerAddress: string, shared: AcceptorShared) {
    this.#shared = shared;
    this.peerAddress = peerAddress;
    this.#startedAt = shared.clock.now();
    this.#deadline = new Deadline(shared.clock, (reason) => this.#expired(reason));
    this.#deadline.restart(ARTIM, shared.acseTimeoutMs);
    this.#transport = new Transport(socket, {
      clock: shared.clock,
      maxPdu: shared.maxPdu,
      writeTimeoutMs: shared.dimseTimeoutMs,
      received: (pdu) => this.#received(pdu),
      settled: () => this.#settle(),
      failed: (error) => this.#failed(error),
      expired: (reason) => this.#expired(reason),
      closed: (error) => this.#closed(error),
    });
  }

  /** Aborts as the service user. */
  abort(why: string): void {
    this.#abort(0, 0, why);
  }

  /** Ends at once where nothing is being answered, else after the request that is. */
  stop(): void {
    this.#stopping = true;
    if (this.#state === 'associating') this.destroy();
    else if (this.#state === 'closing') this.#transport.hurry(LAST_LINGER_MS);
    else if (this.#runner?.idle === false) this.#runner.dropPending();
    else this.abort('the server stops');
  }

  /** Closes the connection without another word. */
  destroy(): void {
    this.#transport.destroy();
  }

  #received(pdu: Buffer): void {
    const reaction = reactionTo('acceptor', this.#state, pdu.readUInt8(0));
    switch (reaction.kind) {
      case 'request':
        this.#associate(pdu);
        return;
      case 'data':
        this.#data(pdu);
        return;
      case 'release':
        this.#state = 'releasing';
        if (this.#runner?.idle !== false) this.#release();
        return;
      case 'aborted': {
        const { source, reason } = readAbort(pdu);
        this.#end(`association aborted by the peer, source ${source}, reason ${reason}`, 'notice');
        this.#transport.finish(undefined);
        return;
      }
      case 'abort':
        throw new ProtocolError(`an unexpected PDU of type ${pdu.readUInt8(0)}`, reaction.source, reaction.reason);
      default:
        return;
    }
  }

  #associate(pdu: Buffer): void {
    const checked = checkAssociateRequest(pdu);
    const request = this.#pdus.readAssociateRequest(checked.pdu);
    this.#peer = {
      callingAeTitle: request.callingAeTitle,
      calledAeTitle: request.calledAeTitle,
      peerAddress: this.peerAddress,
      implementationClassUid: request.implementationClassUid,
      implementationVersionName: request.implementationVersionName,
    };
    const { results, accepted } = negotiate(request.contexts);
    const refusal = refusalOf({
      checked,
      peer: this.#peer,
      peerMaxPdu: request.maxPdu,
      acceptedContexts: accepted.size,
      handler: this.#shared.handler,
      takePlace: () => this.#shared.admit(this),
    });
    if (refusal !== undefined) {
      this.#reject(refusal);
      return;
    }
    this.#state = 'open';
    this.#contexts = accepted;
    this.#runner = new RequestRunner({
      handler: this.#shared.handler,
      association: this.#peer,
      fragmentLength: longestFragment(request.maxPdu),
      send: (bytes) => this.#transport.send(bytes),
      answered: () => this.#answered(),
      queryFailed: (error) => this.#log('error', `a query failed: ${stackOf(error)}`),
      failed: (error) => this.#failed(error),
    });
    this.#deadline.stop();
    void this.#transport.send(this.#pdus.writeAssociateAccept(results, this.#shared.maxPdu));
    this.#log('debug', 'association accepted', {
      implementation: printable(request.implementationVersionName),
      maxPdu: request.maxPdu,
    });
  }

  #data(pdu: Buffer): void {
    for (const pdv of readPdvs(pdu)) {
      if (!this.#contexts.has(pdv.contextId)) {
        throw new ProtocolError(`data on presentation context ${pdv.contextId}, which was not accepted`, 2, 6);
      }
      const message = this.#messages.add(pdv);
      if (message === undefined) continue;
      this.#deadline.stop();
      this.#runner?.take(readRequest(message, this.#contexts));
    }
    if (this.#runner?.full === true) this.#transport.pause();
  }

  #answered(): void {
    if (this.#runner?.full === false) this.#transport.resume();
    if (this.#stopping) this.abort('the server stops');
    else if (this.#state === 'releasing' && this.#runner?.idle === true) this.#release();
    this.#settle();
  }

  #release(): void {
    this.#end('association released', 'notice');
    this.#transport.finish(writeReleaseResponse(), this.#shared.acseTimeoutMs);
  }

  #reject({ result, source, reason, why }: Refusal): void {
    this.#end(`association rejected (result ${result}, source ${source}, reason ${reason}): ${why}`, 'warn');
    this.#transport.finish(writeAssociateReject(result, source, reason), this.#shared.acseTimeoutMs);
  }

  #abort(source: AbortSource, reason: AbortReason, why: string): void {
    if (this.#state === 'closing' || this.#state === 'closed') return;
    this.#end(`association aborted (source ${source}, reason ${reason}): ${why}`, 'warn');
    this.#transport.finish(writeAbort(source, reason));
  }

  /** One deadline at a time: for the message that has begun, else for the silence. */
  #settle(): void {
    if (this.#state !== 'open' && this.#state !== 'releasing') return;
    if (this.#transport.paused) this.#deadline.stop();
    else if (!this.#transport.betweenPdus || !this.#messages.empty) {
      this.#deadline.keep(INCOMPLETE, this.#shared.dimseTimeoutMs);
    } else if (this.#runner?.idle === true) this.#deadline.keep(IDLE, this.#shared.idleTimeoutMs);
    else this.#deadline.stop();
  }

  #expired(reason: string): void {
    if (reason !== ARTIM && reason !== WRITE_STALLED) {
      this.abort(reason);
      return;
    }
    // ARTIM in Sta2 closes without a word (AA-2); to a peer that takes nothing, no word gets through.
    this.#end(`connection closed: ${reason}`, reason === ARTIM ? 'debug' : 'warn');
    this.#transport.destroy();
  }

  #failed(error: unknown): void {
    if (error instanceof ProtocolError) {
      // AA-1: before an association there is no provider to speak for.
      if (this.#state === 'associating') this.#abort(0, 0, error.message);
      else this.#abort(error.source, error.reason, error.message);
    } else {
      this.#log('error', `a bug: ${stackOf(error)}`);
      if (this.#state === 'closing') this.destroy();
      else this.#abort(2, 0, 'internal error');
    }
  }

  #closed(error: Error | undefined): void {
    const associated = this.#state === 'open' || this.#state === 'releasing';
    const how = error === undefined ? 'closed by the peer' : `lost: ${error.message}`;
    this.#end(`connection ${how}`, associated ? 'warn' : 'debug');
    this.#state = 'closed';
    this.#shared.closed(this);
  }

  /** Sta13: nothing more is answered. Says once how the association went. */
  #end(how: string, level: LogLevel): void {
    if (this.#state === 'closing' || this.#state === 'closed') return;
    this.#state = 'closing';
    this.#deadline.stop();
    this.#runner?.stop();
    const ms = Math.round(this.#shared.clock.now() - this.#startedAt);
    this.#log(level, how, { queries: this.#runner?.finds, answers: this.#runner?.answers, ms });
    this.#shared.left(this);
  }

  #log(level: LogLevel, message: string, fields: LogFields = {}): void {
    const calling = this.#peer && printable(this.#peer.callingAeTitle);
    const called = this.#peer && printable(this.#peer.calledAeTitle);
    this.#shared.log[level](message, { peer: this.peerAddress, calling, called, ...fields });
  }
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
