/** Whether an association request is refused, and in which words of an A-ASSOCIATE-RJ (PS3.8 9.3.4). */

import { APPLICATION_CONTEXT } from '../dicom/uid.ts';
import type { CheckedAssociateRequest } from './check-associate.ts';
import type { AssociationRequest, AssociationVerdict, WorklistHandler } from './handler.ts';
import { MIN_PEER_MAX_PDU } from './limits.ts';
import { printable } from './printable.ts';

export type Refusal = Extract<AssociationVerdict, { accepted: false }>;

export interface RefusalQuestion {
  readonly checked: CheckedAssociateRequest;
  readonly peer: AssociationRequest;
  readonly peerMaxPdu: number;
  readonly acceptedContexts: number;
  readonly handler: WorklistHandler;
  /** Takes a place among the associations; false where none is free. */
  readonly takePlace: () => boolean;
}

function refuse(result: 1 | 2, source: 1 | 2 | 3, reason: number, why: string): Refusal {
  return { accepted: false, result, source, reason, why };
}

/** Why not, in the order in which the layers of PS3.8 get to say so; undefined once a place was taken. */
export function refusalOf(question: RefusalQuestion): Refusal | undefined {
  const { checked, peer, peerMaxPdu, acceptedContexts, handler, takePlace } = question;
  // PS3.8 9.3.2: only bit 0 is tested.
  if ((checked.protocolVersion & 1) === 0) return refuse(1, 2, 2, 'protocol version not supported');
  if (checked.applicationContext !== APPLICATION_CONTEXT) {
    // Transient, as DCMTK has it.
    return refuse(2, 1, 2, `application context ${printable(checked.applicationContext)} not supported`);
  }
  if (peerMaxPdu !== 0 && peerMaxPdu < MIN_PEER_MAX_PDU) {
    return refuse(1, 1, 1, `a maximum PDU length of ${peerMaxPdu}, too short to answer in`);
  }
  const verdict = handler.associate(peer);
  if (!verdict.accepted) return verdict;
  if (acceptedContexts === 0) return refuse(1, 1, 1, 'no presentation context that is served here');
  return takePlace() ? undefined : refuse(2, 3, 2, 'as many associations as allowed are open');
}
