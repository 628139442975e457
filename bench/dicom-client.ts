/**
 * A client as thin as can be, so that what is measured is the server: it counts answers and reads nothing of them.
 */

import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import {
  associateRequest,
  COMMAND_LAST,
  DATA_LAST,
  data,
  EXPLICIT,
  element,
  RELEASE_REQUEST,
  WORKLIST,
} from '../test/support/pdus.ts';
import { AE_TITLE } from './data/folders.ts';

const PDU = { accept: 2, data: 4, releaseResponse: 6 } as const;
const HEADER_LENGTH = 6;
const COMMAND_BIT = 1;
const COMMAND_DATA_SET_TYPE = 0x0800;
const STATUS = 0x0900;
const NO_DATA_SET = 0x0101;
const NOTHING = Buffer.alloc(0);

const ASSOCIATE = associateRequest({
  called: AE_TITLE,
  calling: 'MODALITY',
  contexts: [{ id: 1, abstractSyntax: WORKLIST, transferSyntaxes: [EXPLICIT] }],
});

function us(value: number): Buffer {
  return Buffer.from([value & 0xff, value >> 8]);
}

/** C-FIND-RQ with all it must have: wlmscpfs aborts where Priority is missing (PS3.7 9.3.2.1). */
function findCommand(): Buffer {
  const body = Buffer.concat([
    element(0, 0x0002, WORKLIST),
    element(0, 0x0100, us(0x0020)),
    element(0, 0x0110, us(1)),
    element(0, 0x0700, us(0)),
    element(0, COMMAND_DATA_SET_TYPE, us(1)),
  ]);
  return Buffer.concat([element(0, 0, Buffer.concat([us(body.length), us(0)])), body]);
}

const FIND_COMMAND = data(1, COMMAND_LAST, findCommand());

/** A C-FIND-RQ, ready to be sent any number of times. */
export function findMessage(identifier: Buffer): Buffer {
  return Buffer.concat([FIND_COMMAND, data(1, DATA_LAST, identifier)]);
}

/** A US element of a command set. */
function numberOf(bytes: Buffer, from: number, end: number, element: number): number | undefined {
  for (let at = from; at + 8 <= end; at += 8 + bytes.readUInt32LE(at + 4)) {
    if (bytes.readUInt16LE(at + 2) === element) return bytes.readUInt16LE(at + 8);
  }
  return undefined;
}

export class DicomClient {
  readonly #socket: Socket;
  #rest: Buffer = NOTHING;
  #answers = 0;
  #done: ((answers: number) => void) | undefined;
  #failed: ((error: Error) => void) | undefined;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', (chunk: Buffer) => this.#take(chunk));
    socket.on('error', (error) => this.#failed?.(error));
    socket.on('close', () => this.#failed?.(new Error('the server closed the connection')));
  }

  /** Connects and associates. */
  static async open(port: number): Promise<DicomClient> {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    await once(socket, 'connect');
    const client = new DicomClient(socket);
    await client.#ask(ASSOCIATE);
    return client;
  }

  /** One query; how many answers it had. */
  async find(message: Buffer): Promise<number> {
    this.#answers = 0;
    return await this.#ask(message);
  }

  async release(): Promise<void> {
    await this.#ask(RELEASE_REQUEST);
    this.#failed = undefined;
    this.#socket.destroy();
  }

  #ask(message: Buffer): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#done = resolve;
      this.#failed = reject;
      this.#socket.write(message);
    });
  }

  #take(chunk: Buffer): void {
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    let at = 0;
    while (bytes.length - at >= HEADER_LENGTH) {
      const end = at + HEADER_LENGTH + bytes.readUInt32BE(at + 2);
      if (end > bytes.length) break;
      this.#hear(bytes, at, end);
      at = end;
    }
    this.#rest = bytes.subarray(at);
  }

  #hear(bytes: Buffer, start: number, end: number): void {
    const type = bytes.readUInt8(start);
    if (type === PDU.accept || type === PDU.releaseResponse) this.#done?.(0);
    else if (type === PDU.data) this.#hearData(bytes, start + HEADER_LENGTH, end);
    else this.#failed?.(new Error(`the server sent a PDU of type ${type}`));
  }

  /** Command sets are never in several fragments: they are short. */
  #hearData(bytes: Buffer, start: number, end: number): void {
    for (let at = start; at < end; ) {
      const next = at + 4 + bytes.readUInt32BE(at);
      if ((bytes.readUInt8(at + 5) & COMMAND_BIT) !== 0) this.#hearCommand(bytes, at + 6, next);
      at = next;
    }
  }

  #hearCommand(bytes: Buffer, start: number, end: number): void {
    if (numberOf(bytes, start, end, COMMAND_DATA_SET_TYPE) !== NO_DATA_SET) {
      this.#answers += 1;
      return;
    }
    const status = numberOf(bytes, start, end, STATUS);
    if (status === 0) this.#done?.(this.#answers);
    else this.#failed?.(new Error(`the query failed with ${status?.toString(16)}`));
  }
}
