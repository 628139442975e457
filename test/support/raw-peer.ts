/** A peer that keeps no rules: raw bytes out, and what the server answers put into words. */

import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** Another host, as far as the server can tell; where the system has only one loopback address, the same. */
export const OTHER_HOST = process.platform === 'linux' ? '127.0.0.2' : undefined;

/** Far beyond every deadline of an attacked server. */
const PATIENCE_MS = 20_000;
const HEADER_LENGTH = 6;

/**
 * The transcript names each PDU in a word or two: `accept`, `reject 1/1/7`, `release`, `abort 2/6`, `echo 0000`,
 * `find A900`, `pending` (any number of answers), then `closed` by the server or `left` by us.
 */
export class RawPeer {
  readonly transcript: string[] = [];
  /** Answers of all finds. */
  answers = 0;
  /** What the A-ASSOCIATE-AC says of each context: id to result. */
  readonly results = new Map<number, number>();
  readonly #socket: Socket;
  readonly #closed: Promise<void>;
  #rest: Buffer = Buffer.alloc(0);
  #command: Buffer[] = [];
  #left = false;
  #heard: Array<() => void> = [];

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', (chunk) => this.#take(chunk));
    // A reset is how a server may close on whoever still sends; the transcript says the same of both.
    socket.on('error', () => undefined);
    this.#closed = new Promise<void>((resolve) => socket.once('close', () => resolve())).then(() =>
      this.#say(this.#left ? 'left' : 'closed'),
    );
  }

  /** @throws the system's error where the connection is refused */
  static async connect(port: number, localAddress?: string): Promise<RawPeer> {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true, ...(localAddress && { localAddress }) });
    await once(socket, 'connect');
    return new RawPeer(socket);
  }

  /** Writes, and waits until the system has it or the connection is gone. */
  async send(...bytes: readonly Uint8Array[]): Promise<void> {
    for (const part of bytes) {
      if (this.#socket.destroyed || this.#socket.write(part)) continue;
      await Promise.race([once(this.#socket, 'drain'), this.#closed]).catch(() => undefined);
    }
  }

  /** Writes each byte on its own, `pauseMs` apart, while the connection lasts. */
  async trickle(bytes: Uint8Array, pauseMs: number): Promise<void> {
    for (const byte of bytes) {
      if (this.#socket.destroyed) return;
      this.#socket.write(Buffer.of(byte));
      if (pauseMs > 0) await new Promise((resolve) => setTimeout(resolve, pauseMs));
      else await new Promise((resolve) => setImmediate(resolve));
    }
  }

  /** Resolves once the server has said `word`, or the connection is gone. */
  async hear(word: string): Promise<void> {
    const deadline = Date.now() + PATIENCE_MS;
    while (!this.transcript.includes(word) && !this.#socket.destroyed) {
      if (Date.now() > deadline) return;
      await new Promise<void>((resolve) => {
        this.#heard.push(resolve);
        setTimeout(resolve, 100);
      });
    }
  }

  pauseReading(): void {
    this.#socket.pause();
  }

  resumeReading(): void {
    this.#socket.resume();
  }

  /** Closes our half in good order. */
  endWriting(): void {
    this.#socket.end();
  }

  /** Closes with an RST. */
  reset(): void {
    this.#left = true;
    this.#socket.resetAndDestroy();
  }

  leave(): void {
    this.#left = true;
    this.#socket.destroy();
  }

  /** Waits for the end of the connection; says `still open` where none comes. */
  async reaction(patienceMs: number = PATIENCE_MS): Promise<readonly string[]> {
    let timer: NodeJS.Timeout | undefined;
    const tired = new Promise<boolean>((resolve) => {
      timer = setTimeout(() => resolve(true), patienceMs);
    });
    if (await Promise.race([tired, this.#closed.then(() => false)])) {
      this.#say('still open');
      this.leave();
    }
    clearTimeout(timer);
    return this.transcript;
  }

  #take(chunk: Buffer): void {
    this.#rest = Buffer.concat([this.#rest, chunk]);
    while (this.#rest.length >= HEADER_LENGTH) {
      const end = HEADER_LENGTH + this.#rest.readUInt32BE(2);
      if (this.#rest.length < end) return;
      this.#hearPdu(this.#rest.readUInt8(0), this.#rest.subarray(HEADER_LENGTH, end));
      this.#rest = this.#rest.subarray(end);
    }
  }

  #hearPdu(type: number, body: Buffer): void {
    switch (type) {
      case 2:
        this.#readResults(body);
        this.#say('accept');
        return;
      case 3:
        this.#say(`reject ${body[1]}/${body[2]}/${body[3]}`);
        return;
      case 4:
        this.#hearData(body);
        return;
      case 6:
        this.#say('release');
        return;
      case 7:
        this.#say(`abort ${body[2]}/${body[3]}`);
        return;
      default:
        this.#say(`PDU ${type}`);
    }
  }

  #readResults(body: Buffer): void {
    for (let at = 68; at + 4 <= body.length; at += 4 + body.readUInt16BE(at + 2)) {
      if (body.readUInt8(at) === 0x21) this.results.set(body.readUInt8(at + 4), body.readUInt8(at + 6));
    }
  }

  #hearData(body: Buffer): void {
    for (let at = 0; at + 6 <= body.length; at += 4 + body.readUInt32BE(at)) {
      const control = body.readUInt8(at + 5);
      if ((control & 1) === 0) continue;
      this.#command.push(body.subarray(at + 6, at + 4 + body.readUInt32BE(at)));
      if ((control & 2) === 0) continue;
      const bytes = Buffer.concat(this.#command);
      this.#command = [];
      this.#hearResponse(fieldOf(bytes, 0x0100), fieldOf(bytes, 0x0900));
    }
  }

  #hearResponse(field: number, status: number): void {
    if (status === 0xff00) {
      this.answers += 1;
      if (this.transcript.at(-1) !== 'pending') this.#say('pending');
      return;
    }
    const names: Readonly<Record<number, string>> = { 32800: 'find', 32816: 'echo' };
    this.#say(`${names[field] ?? hex(field)} ${hex(status)}`);
  }

  #say(word: string): void {
    this.transcript.push(word);
    const heard = this.#heard;
    this.#heard = [];
    for (const wake of heard) wake();
  }
}

function hex(value: number): string {
  return value.toString(16).toUpperCase().padStart(4, '0');
}

/** A US element of a command set; -1 where it is missing. */
function fieldOf(bytes: Buffer, tag: number): number {
  for (let at = 0; at + 8 <= bytes.length; at += 8 + bytes.readUInt32LE(at + 4)) {
    if (bytes.readUInt16LE(at) === 0 && bytes.readUInt16LE(at + 2) === tag) return bytes.readUInt16LE(at + 8);
  }
  return -1;
}
