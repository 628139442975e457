/**
 * The only place that touches dcmjs-dimse: its association PDUs, Association and PresentationContext, without its
 * socket handling, its timers and its data sets. What is overridden here is private to the library; the version is
 * pinned and `seamProblems` is asserted by a test, so that an upgrade that moves these points is noticed at once.
 */

import { Socket } from 'node:net';
import dcmjsDimse from 'dcmjs-dimse';
import { IMPLEMENTATION_CLASS_UID, IMPLEMENTATION_VERSION_NAME } from '../dicom/uid.ts';
import { ProtocolError } from './protocol-error.ts';

const { Implementation, Scp, association, constants, log } = dcmjsDimse;

type Association = InstanceType<typeof association.Association>;

/** What the library would print arrives here as errors; its own lines name no file, peer or remedy. */
log.setLevel('silent', false);
Implementation.setImplementationClassUid(IMPLEMENTATION_CLASS_UID);
Implementation.setImplementationVersion(IMPLEMENTATION_VERSION_NAME);

/** The library version that this module was written against. */
export const SEAM_VERSION = '0.3.3';

/** The private methods that are overridden or called here, on the prototype of Scp's parent. */
const PRIVATE_METHODS = ['_wrapSocket', '_sendPdu', '_processPdu'] as const;

/** What the library no longer has; empty when it is the one this module was written against. */
export function seamProblems(): string[] {
  const network: Record<string, unknown> = Object.getPrototypeOf(Scp).prototype;
  const problems = PRIVATE_METHODS.filter((name) => typeof network[name] !== 'function').map((name) => `no ${name}`);
  if (dcmjsDimse.version !== SEAM_VERSION) problems.push(`version ${dcmjsDimse.version}`);
  return problems;
}

/** A presentation context as proposed (PS3.8 9.3.2.2). */
export interface ProposedContext {
  readonly id: number;
  readonly abstractSyntax: string;
  readonly transferSyntaxes: readonly string[];
}

/** What was decided about a context (PS3.8 9.3.3.2): 0 accepted, 1 to 4 refused. */
export interface ContextResult {
  readonly id: number;
  readonly result: number;
  /** Without meaning where the context is refused. */
  readonly transferSyntax: string;
}

/** The facts of an A-ASSOCIATE-RQ or -AC; titles without insignificant blanks. */
export interface AssociationFacts {
  readonly callingAeTitle: string;
  readonly calledAeTitle: string;
  /** 0 is no limit. */
  readonly maxPdu: number;
  readonly implementationClassUid: string;
  readonly implementationVersionName: string;
}

export interface AssociateRequest extends AssociationFacts {
  readonly contexts: readonly ProposedContext[];
}

export interface AssociateAccept extends AssociationFacts {
  readonly contexts: readonly ContextResult[];
}

/** An event of the library. */
interface Report {
  readonly event: string;
  readonly content: unknown;
}

interface WritablePdu {
  writePdu(): Buffer;
}

/** The library's constructor asks for a socket; this one is never connected. */
const NO_SOCKET = new Socket();
const AE_TITLE_OFFSET = 10;
const AE_TITLES_LENGTH = 64;

// The library describes each association for its log, which is silent here, at a third of what one costs.
association.Association.prototype.toString = () => '';

/** The library's protocol object with the wires cut: PDUs go in and out as bytes, what it reports is kept. */
class PduCodec extends Scp {
  declare association: Association;
  declare _processPdu: (pdu: Buffer) => Promise<void>;
  written: Buffer = Buffer.alloc(0);
  #report: Report | undefined;

  constructor() {
    super(NO_SOCKET);
  }

  /** The library attaches listeners and an interval timer here. */
  _wrapSocket(): void {}

  /** The library writes to its socket here. */
  _sendPdu(pdu: WritablePdu): void {
    this.written = pdu.writePdu();
  }

  /** Everything that happens is told here; there are no listeners. */
  override emit(event: string, ...[content]: unknown[]): boolean {
    this.#report = { event, content };
    return true;
  }

  /** Lets the library parse a PDU; it does so before its first await, and reports by an event of this name. */
  parse<Content>(pdu: Buffer, event: string): Content {
    const report = this.#reportOf(pdu);
    if (report?.event === event) return report.content as Content;
    const why = report?.content instanceof Error ? `: ${report.content.message}` : '';
    throw new ProtocolError(`an association PDU that does not parse${why}`);
  }

  #reportOf(pdu: Buffer): Report | undefined {
    this.#report = undefined;
    void this._processPdu(pdu).catch(() => {});
    return this.#report;
  }
}

/** One for all: between two calls it keeps nothing but an association, which each caller sets first. */
const codec = new PduCodec();
codec.association = new association.Association('', '');

/** Reads and writes the association PDUs of one connection; holds the library's Association between the two. */
export class AssociationPdus {
  #association: Association | undefined;
  #titles: Buffer = Buffer.alloc(0);

  /** @throws ProtocolError where the library cannot parse it; run `checkAssociateRequest` first. */
  readAssociateRequest(pdu: Buffer): AssociateRequest {
    const parsed = codec.parse<Association>(pdu, 'associationRequested');
    this.#association = parsed;
    this.#titles = pdu.subarray(AE_TITLE_OFFSET, AE_TITLE_OFFSET + AE_TITLES_LENGTH);
    const contexts = parsed.getPresentationContexts().map(({ id, context }) => ({
      id,
      abstractSyntax: context.getAbstractSyntaxUid(),
      transferSyntaxes: [...context.getTransferSyntaxUids()],
    }));
    return { ...facts(parsed), contexts };
  }

  /** The accept for the request that was read. */
  writeAssociateAccept(results: readonly ContextResult[], maxPdu: number): Buffer {
    const accepted = this.#current();
    for (const { id, result, transferSyntax } of results) {
      accepted.getPresentationContext(id).setResult(result, transferSyntax);
    }
    // The library sends the smaller of this and its process-wide setting as what we receive.
    Implementation.setMaxPduLength(maxPdu);
    accepted.setMaxPduLength(maxPdu);
    codec.association = accepted;
    codec.sendAssociationAccept();
    const pdu = codec.written;
    // PS3.8 9.3.3: titles and the 32 bytes behind them go back as they came.
    this.#titles.copy(pdu, AE_TITLE_OFFSET);
    return pdu;
  }

  writeAssociateRequest(
    request: Omit<AssociateRequest, 'implementationClassUid' | 'implementationVersionName'>,
  ): Buffer {
    const proposal = new association.Association(request.callingAeTitle, request.calledAeTitle);
    proposal.setMaxPduLength(request.maxPdu);
    for (const { id, abstractSyntax, transferSyntaxes } of request.contexts) {
      proposal.addPresentationContext(abstractSyntax, id);
      for (const uid of transferSyntaxes) proposal.addTransferSyntaxToPresentationContext(id, uid);
    }
    this.#association = proposal;
    codec.sendAssociationRequest(proposal);
    return codec.written;
  }

  /** The answer to the request that was written. @throws ProtocolError where it does not parse. */
  readAssociateAccept(pdu: Buffer): AssociateAccept {
    const proposal = this.#current();
    // The library leaves what the answer does not state as the request had it.
    proposal.setImplementationClassUid('');
    proposal.setImplementationVersion('');
    codec.association = proposal;
    const parsed = codec.parse<Association>(pdu, 'associationAccepted');
    const contexts = parsed.getPresentationContexts().map(({ id, context }) => ({
      id,
      result: context.getResult(),
      transferSyntax: context.getAcceptedTransferSyntaxUid() ?? '',
    }));
    return { ...facts(parsed), contexts };
  }

  #current(): Association {
    if (this.#association === undefined) throw new Error('no association request was read or written');
    return this.#association;
  }
}

function facts(parsed: Association): AssociationFacts {
  return {
    callingAeTitle: parsed.getCallingAeTitle(),
    calledAeTitle: parsed.getCalledAeTitle(),
    maxPdu: parsed.getMaxPduLength(),
    implementationClassUid: parsed.getImplementationClassUid() ?? '',
    implementationVersionName: parsed.getImplementationVersion() ?? '',
  };
}

export function writeAssociateReject(result: number, source: number, reason: number): Buffer {
  codec.sendAssociationReject(result, source, reason);
  return codec.written;
}

export function writeReleaseRequest(): Buffer {
  codec.sendAssociationReleaseRequest();
  return codec.written;
}

export function writeReleaseResponse(): Buffer {
  codec.sendAssociationReleaseResponse();
  return codec.written;
}

export function writeAbort(source: number, reason: number): Buffer {
  codec.sendAbort(source, reason);
  return codec.written;
}

/** The words of an A-ASSOCIATE-RJ (PS3.8 9.3.4). */
export interface Rejection {
  readonly result: number;
  readonly source: number;
  readonly reason: number;
}

export function readAssociateReject(pdu: Buffer): Rejection {
  return codec.parse<Rejection>(pdu, 'associationRejected');
}

export function readAbort(pdu: Buffer): Omit<Rejection, 'result'> {
  return codec.parse<Omit<Rejection, 'result'>>(pdu, 'abort');
}

/** Accepted, as a presentation context's result. */
export const CONTEXT_ACCEPTED: number = constants.PresentationContextResult.Accept;
export const CONTEXT_ABSTRACT_SYNTAX_UNSUPPORTED: number =
  constants.PresentationContextResult.RejectAbstractSyntaxNotSupported;
export const CONTEXT_TRANSFER_SYNTAX_UNSUPPORTED: number =
  constants.PresentationContextResult.RejectTransferSyntaxesNotSupported;
