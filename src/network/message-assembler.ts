/** Joins PDV fragments to DIMSE messages: a command set, then its data set (PS3.7 6.3, PS3.8 Annex E). */

import { COMMAND, type CommandSet, NO_DATA_SET, readCommandSet } from './command-set.ts';
import { MAX_COMMAND_LENGTH, MAX_QUERY_LENGTH } from './limits.ts';
import type { Pdv } from './pdv.ts';
import { ProtocolError } from './protocol-error.ts';

const NOTHING = Buffer.alloc(0);

export interface Message {
  readonly contextId: number;
  readonly command: CommandSet;
  /** The data set's bytes in the context's transfer syntax, where the command announced one. */
  readonly dataSet: Buffer | undefined;
}

export class MessageAssembler {
  readonly #maxDataSetLength: number;
  #contextId: number | undefined;
  #command: CommandSet | undefined;
  /** Grows by doubling, so that any number of tiny fragments costs linear time and no more than twice their bytes. */
  #buffer = NOTHING;
  #length = 0;

  constructor(maxDataSetLength: number = MAX_QUERY_LENGTH) {
    this.#maxDataSetLength = maxDataSetLength;
  }

  /** True between messages. */
  get empty(): boolean {
    return this.#contextId === undefined;
  }

  /**
   * Takes the next fragment; returns the message that it completes, if it does.
   * @throws ProtocolError where fragments are interleaved, too long, or no command set.
   */
  add(pdv: Pdv): Message | undefined {
    this.#contextId ??= pdv.contextId;
    if (pdv.contextId !== this.#contextId) throw new ProtocolError('fragments of two messages interleaved', 2, 6);
    const expectsCommand = this.#command === undefined;
    if (pdv.command !== expectsCommand) {
      throw new ProtocolError(
        expectsCommand ? 'a data set without a command' : 'a command where a data set was due',
        2,
        6,
      );
    }
    const limit = expectsCommand ? MAX_COMMAND_LENGTH : this.#maxDataSetLength;
    if (this.#length + pdv.fragment.length > limit) {
      throw new ProtocolError(
        `${expectsCommand ? 'a command set' : 'an identifier'} of more than ${limit} bytes`,
        0,
        0,
      );
    }
    if (!pdv.last) {
      this.#append(pdv.fragment);
      return undefined;
    }
    const bytes = this.#finish(pdv.fragment);
    const command = this.#command ?? readCommandSet(bytes);
    if (expectsCommand && command.number(COMMAND.CommandDataSetType) !== NO_DATA_SET) {
      this.#command = command;
      return undefined;
    }
    const message = { contextId: this.#contextId, command, dataSet: expectsCommand ? undefined : bytes };
    this.#command = undefined;
    this.#contextId = undefined;
    return message;
  }

  #append(fragment: Buffer): void {
    const length = this.#length + fragment.length;
    if (length > this.#buffer.length) {
      const grown = Buffer.allocUnsafe(Math.max(length, this.#buffer.length * 2));
      this.#buffer.copy(grown, 0, 0, this.#length);
      this.#buffer = grown;
    }
    fragment.copy(this.#buffer, this.#length);
    this.#length = length;
  }

  /** All fragments joined; the usual single one is not copied. */
  #finish(last: Buffer): Buffer {
    if (this.#length === 0) return last;
    this.#append(last);
    const bytes = this.#buffer.subarray(0, this.#length);
    this.#buffer = NOTHING;
    this.#length = 0;
    return bytes;
  }
}
