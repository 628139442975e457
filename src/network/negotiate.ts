/** Which presentation contexts the server accepts, and in which transfer syntax (PS3.8 7.1.1.14). */

import {
  DEFLATED_LITTLE,
  EXPLICIT_BIG,
  EXPLICIT_LITTLE,
  IMPLICIT_LITTLE,
  type TransferSyntax,
} from '../codec/transfer-syntax.ts';
import { MODALITY_WORKLIST_FIND, VERIFICATION_SOP_CLASS } from '../dicom/uid.ts';
import {
  CONTEXT_ABSTRACT_SYNTAX_UNSUPPORTED,
  CONTEXT_ACCEPTED,
  CONTEXT_TRANSFER_SYNTAX_UNSUPPORTED,
  type ContextResult,
  type ProposedContext,
} from './dimse-seam.ts';

/** Best first: explicit VR keeps what implicit VR loses of private elements. The server's order decides. */
const PREFERRED: readonly TransferSyntax[] = [EXPLICIT_LITTLE, EXPLICIT_BIG, IMPLICIT_LITTLE, DEFLATED_LITTLE];

/** An accepted context. */
export interface AcceptedContext {
  readonly abstractSyntax: string;
  readonly syntax: TransferSyntax;
}

export interface Negotiation {
  /** One result per proposed context. */
  readonly results: readonly ContextResult[];
  readonly accepted: ReadonlyMap<number, AcceptedContext>;
}

export function negotiate(contexts: readonly ProposedContext[]): Negotiation {
  const accepted = new Map<number, AcceptedContext>();
  const results = contexts.map(({ id, abstractSyntax, transferSyntaxes }): ContextResult => {
    if (abstractSyntax !== VERIFICATION_SOP_CLASS && abstractSyntax !== MODALITY_WORKLIST_FIND) {
      return { id, result: CONTEXT_ABSTRACT_SYNTAX_UNSUPPORTED, transferSyntax: IMPLICIT_LITTLE.uid };
    }
    const syntax = PREFERRED.find(({ uid }) => transferSyntaxes.includes(uid));
    if (syntax === undefined) {
      return { id, result: CONTEXT_TRANSFER_SYNTAX_UNSUPPORTED, transferSyntax: IMPLICIT_LITTLE.uid };
    }
    accepted.set(id, { abstractSyntax, syntax });
    return { id, result: CONTEXT_ACCEPTED, transferSyntax: syntax.uid };
  });
  return { results, accepted };
}
