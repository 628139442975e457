/** One connection under an association, for both roles: PDUs in, bytes out, deadlines, an orderly end. */

import type { Socket } from 'node:net';
import type { Clock } from './clock.ts';
import { Deadline } from './deadline.ts';
import { LINGER_MS } from './limits.ts';
import { PduReader } from './pdu-reader.ts';

export interface TransportOptions {
  readonly clock: Clock;
  /** Longest P-DATA-TF to take in. */
  readonly maxPdu: number;
  /** How long the peer may take for what was written. */
  readonly writeTimeoutMs: number;
  /** Each whole PDU. A throw ends up in `failed`. */
  readonly received: (pdu: Buffer) => void;
  /** After each piece of input was looked at. */
  readonly settled: () => void;
  /** What `received` or the PDU reader threw. */
  readonly failed: (error: unknown) => void;
  /** A deadline passed. */
  readonly expired: (reason: string) => void;
  /** The connection is gone; called once, with the socket's error if it had one. */
  readonly closed: (error: Error | undefined) => void;
}

/** The write deadline's reason, as given to `expired`. */
export const WRITE_STALLED = 'the peer takes no more data';

export class Transport {
  readonly #socket: Socket;
  readonly #options: TransportOptions;
  readonly #reader: PduReader;
  readonly #writing: Deadline;
  readonly #linger: Deadline;
  /** Whose bytes are not written yet. */
  readonly #waiting = new Set<(open: boolean) => void>();
  #error: Error | undefined;
  #paused = false;
  #finished = false;
  #closed = false;

  constructor(socket: Socket, options: TransportOptions) {
    this.#socket = socket;
    this.#options = options;
    this.#reader = new PduReader(options.maxPdu);
    this.#writing = new Deadline(options.clock, options.expired);
    this.#linger = new Deadline(options.clock, () => this.destroy());
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => this.#take(chunk));
    socket.on('error', (error) => {
      this.#error ??= error;
    });
    // Node ends our half as well; a peer that takes no more of it does not keep the connection.
    socket.on('end', () => this.#linger.keep('linger', LINGER_MS));
    socket.on('close', () => this.#close());
  }

  /** True where nothing of a next PDU has come. */
  get betweenPdus(): boolean {
    return this.#reader.empty;
  }

  get paused(): boolean {
    return this.#paused;
  }

  get writable(): boolean {
    return !this.#finished && !this.#closed && this.#socket.writable;
  }

  /** Stops taking in PDUs, those already received too. */
  pause(): void {
    this.#paused = true;
    this.#socket.pause();
  }

  resume(): void {
    if (!this.#paused || this.#closed) return;
    this.#paused = false;
    this.#socket.resume();
    this.#drainReader();
  }

  /** Writes, and waits until all is written; false once the connection is closed or closing. */
  send(bytes: Buffer): Promise<boolean> {
    if (!this.writable) return Promise.resolve(false);
    return new Promise((resolve) => {
      this.#waiting.add(resolve);
      this.#socket.write(bytes, (error) => this.#written(resolve, error));
      // What the system takes at once is gone by now.
      if (this.#socket.writableLength > 0) this.#writing.keep(WRITE_STALLED, this.#options.writeTimeoutMs);
    });
  }

  /** Writes the last PDU, then lets the peer read it: input is ignored until it closes or the linger time ends. */
  finish(pdu: Buffer | undefined, lingerMs: number = LINGER_MS): void {
    if (this.#finished || this.#closed) return;
    this.#finished = true;
    this.#giveUpWaiting();
    if (pdu === undefined) this.#socket.end();
    else this.#socket.end(pdu);
    this.#reader.clear();
    this.#paused = false;
    this.#socket.resume();
    this.#linger.restart('linger', lingerMs);
  }

  /** Shortens the linger time of a connection that is closing. */
  hurry(lingerMs: number): void {
    if (this.#finished && !this.#closed) this.#linger.restart('linger', lingerMs);
  }

  destroy(): void {
    this.#socket.destroy();
  }

  #take(chunk: Buffer): void {
    if (this.#finished) return;
    this.#reader.push(chunk);
    this.#drainReader();
  }

  #drainReader(): void {
    try {
      while (!this.#paused && !this.#finished && !this.#closed) {
        const pdu = this.#reader.next();
        if (pdu === undefined) break;
        this.#options.received(pdu);
      }
    } catch (error) {
      this.#options.failed(error);
    }
    if (!this.#finished && !this.#closed) this.#options.settled();
  }

  #written(resolve: (open: boolean) => void, error: Error | null | undefined): void {
    if (!this.#waiting.delete(resolve)) return;
    if (this.#waiting.size === 0) this.#writing.stop();
    resolve(error == null);
  }

  /** What is not written is not waited for any more. */
  #giveUpWaiting(): void {
    this.#writing.stop();
    for (const resolve of this.#waiting) resolve(false);
    this.#waiting.clear();
  }

  #close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#linger.stop();
    this.#giveUpWaiting();
    this.#reader.clear();
    this.#options.closed(this.#error);
  }
}
