/** What a received DIMSE message asks of the server (PS3.7 9.1.2, 9.1.5, 9.3.2). */

import type { TransferSyntax } from '../codec/transfer-syntax.ts';
import { MODALITY_WORKLIST_FIND, VERIFICATION_SOP_CLASS } from '../dicom/uid.ts';
import { COMMAND, COMMAND_FIELD, RESPONSE_BIT } from './command-set.ts';
import type { FindOutcome } from './handler.ts';
import type { Message } from './message-assembler.ts';
import type { AcceptedContext } from './negotiate.ts';
import { ProtocolError } from './protocol-error.ts';
import { STATUS } from './status.ts';

/** Where and in answer to what a response goes. */
export interface ReplyAddress {
  readonly contextId: number;
  readonly messageId: number;
  /** Command Field of the response. */
  readonly commandField: number;
  /** Affected SOP Class UID as the request had it; '' where it had none. */
  readonly sopClass: string;
}

export type Request =
  | { readonly kind: 'cancel'; readonly messageId: number }
  | { readonly kind: 'echo'; readonly reply: ReplyAddress }
  | {
      readonly kind: 'find';
      readonly reply: ReplyAddress;
      readonly syntax: TransferSyntax;
      readonly identifier: Uint8Array;
    }
  /** Answered with a failure status alone. */
  | { readonly kind: 'refused'; readonly reply: ReplyAddress; readonly outcome: FindOutcome };

/**
 * Tells the request from a message.
 * @throws ProtocolError where it is on no accepted context, no request, or lacks its message id.
 */
export function readRequest(message: Message, contexts: ReadonlyMap<number, AcceptedContext>): Request {
  const context = contexts.get(message.contextId);
  if (context === undefined) {
    throw new ProtocolError(`a message on presentation context ${message.contextId}, which was not accepted`, 2, 6);
  }
  const { command } = message;
  const field = command.number(COMMAND.CommandField);
  if (field === undefined) throw new ProtocolError('a command set without Command Field', 0, 0);
  if (field === COMMAND_FIELD.cancelRequest) {
    const cancelled = command.number(COMMAND.MessageIDBeingRespondedTo);
    if (cancelled === undefined) throw new ProtocolError('a C-CANCEL-RQ that names no message', 0, 0);
    return { kind: 'cancel', messageId: cancelled };
  }
  const messageId = command.number(COMMAND.MessageID);
  if ((field & RESPONSE_BIT) !== 0) throw new ProtocolError('a response to a request that was never made', 0, 0);
  if (messageId === undefined) throw new ProtocolError('a command set without Message ID', 0, 0);
  const sopClass = command.text(COMMAND.AffectedSOPClassUID);
  const reply = { contextId: message.contextId, messageId, commandField: field | RESPONSE_BIT, sopClass };
  const refused = (status: number, comment: string): Request => ({
    kind: 'refused',
    reply,
    outcome: { status, comment },
  });
  switch (field) {
    case COMMAND_FIELD.echoRequest:
      // Sent over a worklist context by devices that keep one association open; DCMTK answers it there too.
      if (!['', VERIFICATION_SOP_CLASS, context.abstractSyntax].includes(sopClass)) {
        return refused(STATUS.sopClassNotSupported, 'C-ECHO is for the Verification SOP class');
      }
      return { kind: 'echo', reply: { ...reply, sopClass: sopClass || VERIFICATION_SOP_CLASS } };
    case COMMAND_FIELD.findRequest:
      if (context.abstractSyntax !== MODALITY_WORKLIST_FIND || !['', MODALITY_WORKLIST_FIND].includes(sopClass)) {
        return refused(STATUS.sopClassNotSupported, 'C-FIND is served for Modality Worklist only');
      }
      if (message.dataSet === undefined) return refused(STATUS.identifierDoesNotMatch, 'C-FIND without an identifier');
      return {
        kind: 'find',
        reply: { ...reply, sopClass: sopClass || MODALITY_WORKLIST_FIND },
        syntax: context.syntax,
        identifier: message.dataSet,
      };
    default:
      return refused(STATUS.unrecognizedOperation, 'only C-ECHO, C-FIND and C-CANCEL are served');
  }
}
