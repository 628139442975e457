/** Responses of the server as P-DATA-TF PDUs (PS3.7 9.1.2.1, 9.3.2.2). */

import { COMMAND, NO_DATA_SET, WITH_DATA_SET, writeCommandSet } from './command-set.ts';
import type { FindOutcome } from './handler.ts';
import { pdvsLength, writePdvs } from './pdv.ts';
import type { ReplyAddress } from './request.ts';
import type { SendRoom } from './send-room.ts';
import { STATUS } from './status.ts';

/** Error Comment is LO: 64 characters of the default repertoire (PS3.7 C.5.13). */
const COMMENT_LENGTH = 64;

function errorComment(comment: string | undefined): string | undefined {
  if (comment === undefined || comment === '') return undefined;
  return comment
    .replace(/[^ -~]/g, '?')
    .replaceAll('\\', '/')
    .slice(0, COMMENT_LENGTH);
}

function commandPdus(command: Buffer, contextId: number, fragmentLength: number): Buffer {
  const pdus = Buffer.allocUnsafe(pdvsLength(command.length, fragmentLength));
  writePdvs(pdus, 0, command, { contextId, command: true, fragmentLength });
  return pdus;
}

/** A response without data set. */
export function writeFinalResponse(reply: ReplyAddress, outcome: FindOutcome, fragmentLength: number): Buffer {
  const { offendingElements = [] } = outcome;
  const command = writeCommandSet([
    [COMMAND.AffectedSOPClassUID, reply.sopClass === '' ? undefined : reply.sopClass],
    [COMMAND.CommandField, reply.commandField],
    [COMMAND.MessageIDBeingRespondedTo, reply.messageId],
    [COMMAND.CommandDataSetType, NO_DATA_SET],
    [COMMAND.Status, outcome.status],
    [COMMAND.OffendingElement, offendingElements.length === 0 ? undefined : offendingElements],
    [COMMAND.ErrorComment, errorComment(outcome.comment)],
  ]);
  return commandPdus(command, reply.contextId, fragmentLength);
}

/**
 * The answers of one query, gathered to few large writes. Their command set is the same for all and encoded once.
 * What `take` gave must have been written before anything more is added.
 */
export class PendingResponses {
  readonly #contextId: number;
  readonly #fragmentLength: number;
  readonly #command: Buffer;
  readonly #room: SendRoom;

  constructor(reply: ReplyAddress, fragmentLength: number, room: SendRoom) {
    this.#contextId = reply.contextId;
    this.#fragmentLength = fragmentLength;
    this.#room = room;
    const command = writeCommandSet([
      [COMMAND.AffectedSOPClassUID, reply.sopClass],
      [COMMAND.CommandField, reply.commandField],
      [COMMAND.MessageIDBeingRespondedTo, reply.messageId],
      [COMMAND.CommandDataSetType, WITH_DATA_SET],
      [COMMAND.Status, STATUS.pending],
    ]);
    this.#command = commandPdus(command, reply.contextId, fragmentLength);
  }

  /** Bytes gathered. */
  get length(): number {
    return this.#room.length;
  }

  /** Encodes an answer; the identifier's bytes may change afterwards. */
  add(identifier: Uint8Array): void {
    const length = pdvsLength(identifier.length, this.#fragmentLength);
    const { bytes, offset } = this.#room.extend(this.#command.length + length);
    this.#command.copy(bytes, offset);
    const where = { contextId: this.#contextId, command: false, fragmentLength: this.#fragmentLength };
    writePdvs(bytes, offset + this.#command.length, identifier, where);
  }

  /** Everything gathered, with these bytes behind it; gathering starts anew. */
  take(trailer?: Buffer): Buffer {
    if (trailer !== undefined) {
      const { bytes, offset } = this.#room.extend(trailer.length);
      trailer.copy(bytes, offset);
    }
    return this.#room.take();
  }
}
