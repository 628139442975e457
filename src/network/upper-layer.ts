/** States of an association and what each PDU means in them (PS3.8 9.2), as tables for both roles. */

import type { AbortReason, AbortSource } from './protocol-error.ts';

/** PDU types (PS3.8 9.3.1). */
export const PDU = {
  associateRequest: 1,
  associateAccept: 2,
  associateReject: 3,
  data: 4,
  releaseRequest: 5,
  releaseResponse: 6,
  abort: 7,
} as const;

type PduType = (typeof PDU)[keyof typeof PDU];

/**
 * Sta2 for the acceptor, Sta5 for the requestor; Sta6; Sta8 and Sta7; Sta13; Sta1. The acceptor's Sta3 is missing
 * since it decides at once.
 */
export type UpperLayerState = 'associating' | 'open' | 'releasing' | 'closing' | 'closed';

export type Reaction =
  | { readonly kind: 'request' | 'accept' | 'reject' | 'data' | 'release' | 'released' | 'aborted' | 'ignore' }
  | { readonly kind: 'abort'; readonly source: AbortSource; readonly reason: AbortReason };

type ReactionTable = Readonly<Record<'associating' | 'open' | 'releasing', Partial<Record<PduType, Reaction>>>>;

const REQUEST: Reaction = { kind: 'request' };
const ACCEPT: Reaction = { kind: 'accept' };
const REJECT: Reaction = { kind: 'reject' };
const DATA: Reaction = { kind: 'data' };
const RELEASE: Reaction = { kind: 'release' };
const RELEASED: Reaction = { kind: 'released' };
const ABORTED: Reaction = { kind: 'aborted' };
const IGNORE: Reaction = { kind: 'ignore' };

/** AA-1: before an association the service user aborts. */
const USER_ABORT: Reaction = { kind: 'abort', source: 0, reason: 0 };
/** AA-8. */
const UNRECOGNISED: Reaction = { kind: 'abort', source: 2, reason: 1 };
const UNEXPECTED: Reaction = { kind: 'abort', source: 2, reason: 2 };

const ACCEPTOR: ReactionTable = {
  associating: { [PDU.associateRequest]: REQUEST, [PDU.abort]: ABORTED },
  open: { [PDU.data]: DATA, [PDU.releaseRequest]: RELEASE, [PDU.abort]: ABORTED },
  releasing: { [PDU.abort]: ABORTED },
};

// The requestor ignores data after its release request (AR-6) and answers a colliding one (AR-8).
const REQUESTOR: ReactionTable = {
  associating: { [PDU.associateAccept]: ACCEPT, [PDU.associateReject]: REJECT, [PDU.abort]: ABORTED },
  open: { [PDU.data]: DATA, [PDU.releaseRequest]: RELEASE, [PDU.abort]: ABORTED },
  releasing: {
    [PDU.data]: IGNORE,
    [PDU.releaseRequest]: RELEASE,
    [PDU.releaseResponse]: RELEASED,
    [PDU.abort]: ABORTED,
  },
};

function isPduType(type: number): type is PduType {
  return type >= PDU.associateRequest && type <= PDU.abort;
}

/** What a PDU of this type, whose content is sound, does in this state. */
export function reactionTo(role: 'acceptor' | 'requestor', state: UpperLayerState, type: number): Reaction {
  if (state === 'closed') return IGNORE;
  // AA-6; our half of the connection is closed by then, so that AA-7 has nothing to send on.
  if (state === 'closing') return type === PDU.abort ? ABORTED : IGNORE;
  const table = role === 'acceptor' ? ACCEPTOR : REQUESTOR;
  const reaction = isPduType(type) ? table[state][type] : undefined;
  if (reaction !== undefined) return reaction;
  if (role === 'acceptor' && state === 'associating') return USER_ABORT;
  return isPduType(type) ? UNEXPECTED : UNRECOGNISED;
}
