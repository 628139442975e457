/** Peers that a test scripts PDU by PDU: a client on a socket, a server that does as it is told. */

import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { readCommand } from './pdus.ts';

export interface ReceivedPdu {
  readonly type: number;
  readonly body: Buffer;
}

export interface ReceivedMessage {
  /** Values by element number. */
  readonly command: ReadonlyMap<number, Buffer>;
  readonly status: number;
  readonly dataSet: Buffer | undefined;
}

export class ScriptedPeer {
  readonly socket: Socket;
  #received = Buffer.alloc(0);
  #closed = false;
  #wake: () => void = () => {};

  constructor(socket: Socket) {
    this.socket = socket;
    socket.setNoDelay(true);
    socket.on('error', () => {});
    socket.on('data', (chunk: Buffer) => {
      this.#received = Buffer.concat([this.#received, chunk]);
      this.#wake();
    });
    for (const event of ['end', 'close']) {
      socket.on(event, () => {
        this.#closed = true;
        this.#wake();
      });
    }
  }

  static async connect(port: number): Promise<ScriptedPeer> {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    return new ScriptedPeer(socket);
  }

  send(...bytes: readonly Buffer[]): void {
    this.socket.write(Buffer.concat(bytes));
  }

  /** The next PDU; undefined once the other side has closed. */
  async receive(): Promise<ReceivedPdu | undefined> {
    for (;;) {
      const length = this.#received.length < 6 ? Number.POSITIVE_INFINITY : 6 + this.#received.readUInt32BE(2);
      if (this.#received.length >= length) {
        const pdu = this.#received.subarray(0, length);
        this.#received = this.#received.subarray(length);
        return { type: pdu.readUInt8(0), body: pdu.subarray(6) };
      }
      if (this.#closed) return undefined;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  /** The next PDU as "7 00000202" (an A-ABORT by the provider: unexpected PDU), or "closed". */
  async receiveText(): Promise<string> {
    const pdu = await this.receive();
    return pdu === undefined ? 'closed' : `${pdu.type} ${pdu.body.toString('hex')}`;
  }

  async receiveMessage(): Promise<ReceivedMessage> {
    const command = readCommand(await this.#receiveFragments());
    const hasDataSet = command.get(0x0800)?.readUInt16LE(0) !== 0x0101;
    const dataSet = hasDataSet ? await this.#receiveFragments() : undefined;
    return { command, status: command.get(0x0900)?.readUInt16LE(0) ?? -1, dataSet };
  }

  /** "1 ff00": message id and status of the next response. */
  async receiveStatus(): Promise<string> {
    const { command, status } = await this.receiveMessage();
    return `${command.get(0x0120)?.readUInt16LE(0)} ${status.toString(16)}`;
  }

  close(): void {
    this.socket.destroy();
  }

  async #receiveFragments(): Promise<Buffer> {
    const fragments: Buffer[] = [];
    for (let last = false; !last; ) {
      const pdu = await this.receive();
      if (pdu?.type !== 4) throw new Error(`PDU type ${pdu?.type ?? 'none'} where data was due`);
      for (let at = 0; at < pdu.body.length; at += 4 + pdu.body.readUInt32BE(at)) {
        fragments.push(pdu.body.subarray(at + 6, at + 4 + pdu.body.readUInt32BE(at)));
        last = (pdu.body.readUInt8(at + 5) & 2) !== 0;
      }
    }
    return Buffer.concat(fragments);
  }
}

interface Scope {
  after(cleanUp: () => Promise<void> | void): void;
}

/** A server on a free port that runs `script` for each caller; the port. */
export async function scriptedServer(
  scope: Scope,
  script: (caller: ScriptedPeer) => Promise<void> | void,
): Promise<number> {
  const callers = new Set<ScriptedPeer>();
  const server = createServer((socket) => {
    const caller = new ScriptedPeer(socket);
    callers.add(caller);
    Promise.resolve(script(caller)).catch(() => caller.close());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  scope.after(() => {
    for (const caller of callers) caller.close();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
