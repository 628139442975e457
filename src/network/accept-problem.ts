/** What makes an accepted association useless to us (PS3.8 9.3.3). */

import { transferSyntaxOf } from '../codec/transfer-syntax.ts';
import { type AssociateAccept, CONTEXT_ACCEPTED } from './dimse-seam.ts';
import { MIN_PEER_MAX_PDU } from './limits.ts';
import { contextResultWords, type Words } from './peer-words.ts';

/** In words that follow the peer's name; undefined where at least one context can be used. */
export function acceptProblem({ maxPdu, contexts }: AssociateAccept): Words | undefined {
  if (maxPdu !== 0 && maxPdu < MIN_PEER_MAX_PDU) {
    return { message: `takes PDUs of ${maxPdu} bytes only, too short to ask in` };
  }
  const accepted = contexts.filter(({ result }) => result === CONTEXT_ACCEPTED);
  if (accepted.length === 0) {
    const why = contextResultWords(contexts[0]?.result ?? 2);
    return { message: `accepts no presentation context: ${why}`, hint: 'the peer does not offer this service' };
  }
  if (accepted.some(({ transferSyntax }) => transferSyntaxOf(transferSyntax) === undefined)) {
    return { message: 'chose a transfer syntax that was not proposed' };
  }
  return undefined;
}
