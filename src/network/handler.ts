/** What the server asks of whoever answers queries. */

import type { TransferSyntax } from '../codec/transfer-syntax.ts';
import type { Tag } from '../dicom/tag.ts';

/** Who asks for an association (PS3.8 9.3.2). Titles come without insignificant blanks. */
export interface AssociationRequest {
  readonly callingAeTitle: string;
  readonly calledAeTitle: string;
  /** IPv4 addresses in dotted form, also where the socket is IPv6. */
  readonly peerAddress: string;
  readonly implementationClassUid: string;
  readonly implementationVersionName: string;
}

/** One C-FIND-RQ with its identifier, still encoded. */
export interface FindRequest extends AssociationRequest {
  readonly identifier: Uint8Array;
  /** How `identifier` is encoded and each answer must be. */
  readonly syntax: TransferSyntax;
  readonly messageId: number;
  /** Aborted by C-CANCEL, by the end of the association and by shutdown. */
  readonly signal: AbortSignal;
}

/** The final status of a query (PS3.4 Table K.4-1). */
export interface FindOutcome {
  readonly status: number;
  /** Error Comment (0000,0902); cut to its 64 characters. */
  readonly comment?: string;
  /** Offending Element (0000,0901). */
  readonly offendingElements?: readonly Tag[];
}

/** Yes, or the words of an A-ASSOCIATE-RJ (PS3.8 9.3.4); `why` goes to the log only. */
export type AssociationVerdict =
  | { readonly accepted: true }
  | {
      readonly accepted: false;
      readonly result: 1 | 2;
      readonly source: 1 | 2 | 3;
      readonly reason: number;
      readonly why: string;
    };

/** Answers associations and queries; the server calls it once per request and needs no more of a worklist. */
export interface WorklistHandler {
  associate(request: AssociationRequest): AssociationVerdict;
  /** Yields each answer's identifier, encoded in `request.syntax`; returns the final status. */
  find(request: FindRequest): AsyncGenerator<Uint8Array, FindOutcome>;
}
