/** Modality Worklist SCP (PS3.4 K) and Verification SCP (PS3.4 A) on a TCP or TLS port. */

import { createServer, type Server, type Socket } from 'node:net';
import type { Server as TlsServer } from 'node:tls';
import { FileError } from '../errors.ts';
import type { Log } from '../log.ts';
import { Acceptor, type AcceptorShared } from './acceptor.ts';
import { type Clock, SYSTEM_CLOCK } from './clock.ts';
import type { WorklistHandler } from './handler.ts';
import { DEFAULT_MAX_ASSOCIATIONS, DEFAULT_MAX_PDU, LAST_LINGER_MS } from './limits.ts';
import { printable } from './printable.ts';
import { createTlsListener, renewCredentials, type ServerTls } from './tls-listener.ts';
import type { TlsCredentials } from './tls-options.ts';
import { WaitingRoom } from './waiting-room.ts';

export type { FindOutcome, FindRequest, WorklistHandler } from './handler.ts';
export type { ServerTls } from './tls-listener.ts';

export interface WorklistServerOptions {
  readonly handler: WorklistHandler;
  readonly log: Log;
  /** All addresses when left out. */
  readonly host?: string | undefined;
  /** 0 takes a free one. */
  readonly port: number;
  /** Longest P-DATA-TF we receive (PS3.8 D.1); 16384. */
  readonly maxPdu?: number | undefined;
  /** Associations at once; the surplus is asked to retry; 50. */
  readonly maxAssociations?: number | undefined;
  /** Whole time for the A-ASSOCIATE-RQ, and for a peer to close after the last PDU (ARTIM, PS3.8 9.1.5); 30,000. */
  readonly acseTimeoutMs?: number | undefined;
  /** Whole time for one message once begun, and for a peer to take what we send; 60,000. */
  readonly dimseTimeoutMs?: number | undefined;
  /** How long an open association may do nothing; 600,000. */
  readonly idleTimeoutMs?: number | undefined;
  readonly tls?: ServerTls | undefined;
  /** Asked before a byte is read; false closes the connection. */
  readonly allowAddress?: ((address: string) => boolean) | undefined;
  readonly clock?: Clock | undefined;
}

const LISTEN_FAILURES: Readonly<Record<string, { readonly message: string; readonly hint: string }>> = {
  EADDRINUSE: {
    message: 'the port is in use',
    hint: 'Stop the other server, or choose another port with --port (0 takes a free one).',
  },
  EACCES: { message: 'not allowed', hint: 'Ports below 1024 need privileges; choose one above with --port.' },
  EADDRNOTAVAIL: { message: 'no such address on this machine', hint: 'Leave --host out to listen on all addresses.' },
  ENOTFOUND: { message: 'no such host', hint: 'Leave --host out to listen on all addresses.' },
};

export interface ListeningAddress {
  readonly address: string;
  readonly port: number;
}

/** Listens, and gives each connection its own association. */
export class WorklistServer {
  readonly #options: WorklistServerOptions;
  readonly #shared: AcceptorShared;
  readonly #server: Server;
  readonly #tlsServer: TlsServer | undefined;
  readonly #maxAssociations: number;
  /** Callers that never ask for an association cannot keep out those that do, nor use up file descriptors. */
  readonly #waiting = new WaitingRoom<Acceptor | Socket>();
  readonly #associations = new Set<Acceptor>();
  #stopping = false;

  constructor(options: WorklistServerOptions) {
    this.#options = options;
    this.#maxAssociations = options.maxAssociations ?? DEFAULT_MAX_ASSOCIATIONS;
    this.#shared = {
      handler: options.handler,
      log: options.log,
      clock: options.clock ?? SYSTEM_CLOCK,
      maxPdu: options.maxPdu ?? DEFAULT_MAX_PDU,
      acseTimeoutMs: options.acseTimeoutMs ?? 30_000,
      dimseTimeoutMs: options.dimseTimeoutMs ?? 60_000,
      idleTimeoutMs: options.idleTimeoutMs ?? 600_000,
      admit: (acceptor) => this.#admit(acceptor),
      left: (acceptor) => {
        if (this.#associations.delete(acceptor)) this.#waiting.add(acceptor, acceptor.peerAddress);
      },
      closed: (acceptor) => this.#waiting.delete(acceptor),
    };
    this.#tlsServer = options.tls === undefined ? undefined : this.#createTlsServer(options.tls);
    this.#server =
      this.#tlsServer ??
      createServer({ noDelay: true }, (socket) => {
        if (this.#allows(socket)) this.#accept(socket);
      });
  }

  /** Open associations. */
  get associations(): number {
    return this.#associations.size;
  }

  /** @throws FileError where the port cannot be listened on. */
  async listen(): Promise<ListeningAddress> {
    const { host, port } = this.#options;
    await new Promise<void>((resolve, reject) => {
      const failed = (error: NodeJS.ErrnoException): void => reject(listenError(error, host, port));
      this.#server.once('error', failed);
      this.#server.listen(host === undefined ? { port } : { port, host }, () => {
        this.#server.off('error', failed);
        resolve();
      });
    });
    // What fails before is thrown; nobody needs to read it twice.
    this.#server.on('error', (error) => this.#options.log.error(`the listening socket: ${error.message}`));
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('a TCP server without a port');
    return { address: address.address, port: address.port };
  }

  /** Uses another key, certificate and trust list for connections to come; those that are open stay. */
  reloadTls(credentials: TlsCredentials): void {
    if (this.#tlsServer !== undefined) renewCredentials(this.#tlsServer, credentials);
  }

  /** Stops accepting, lets running queries end for `graceMs`, aborts the rest. */
  async close(graceMs: number): Promise<void> {
    this.#stopping = true;
    const closed = new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
    });
    for (const connection of [...this.#waiting, ...this.#associations]) {
      if (connection instanceof Acceptor) connection.stop();
      else connection.destroy();
    }
    const { clock } = this.#shared;
    const cancelAbort = clock.after(graceMs, () => {
      for (const acceptor of [...this.#associations]) acceptor.abort('the server stops');
    });
    const cancelDestroy = clock.after(graceMs + LAST_LINGER_MS, () => {
      for (const connection of [...this.#waiting, ...this.#associations]) connection.destroy();
    });
    await closed;
    cancelAbort();
    cancelDestroy();
  }

  #createTlsServer(tls: ServerTls): TlsServer {
    return createTlsListener(tls, {
      clock: this.#shared.clock,
      handshakeTimeoutMs: this.#shared.acseTimeoutMs,
      connected: (socket) => {
        if (!this.#allows(socket)) return false;
        this.#waiting.add(socket, plainAddress(socket.remoteAddress));
        socket.once('close', () => this.#waiting.delete(socket));
        return true;
      },
      secured: (socket, carrier) => {
        if (carrier !== undefined) this.#waiting.delete(carrier);
        this.#accept(socket);
      },
      failed: (address, why) =>
        this.#options.log.warn(`no TLS connection: ${printable(why)}`, { peer: plainAddress(address) }),
    });
  }

  /** The first look at a connection; nothing of it was read. */
  #allows(socket: Socket): boolean {
    const address = plainAddress(socket.remoteAddress);
    const allowed = this.#options.allowAddress?.(address) ?? true;
    if (allowed && !this.#stopping) return true;
    socket.on('error', () => {});
    socket.destroy();
    if (!allowed) this.#options.log.warn('connection closed: not among the hosts that may call', { peer: address });
    return false;
  }

  #accept(socket: Socket): void {
    const address = plainAddress(socket.remoteAddress);
    this.#waiting.add(new Acceptor(socket, address, this.#shared), address);
  }

  #admit(acceptor: Acceptor): boolean {
    if (this.#stopping || this.#associations.size >= this.#maxAssociations) return false;
    this.#waiting.delete(acceptor);
    this.#associations.add(acceptor);
    return true;
  }
}

/** IPv4 callers of an IPv6 socket come as ::ffff:a.b.c.d. */
function plainAddress(address: string | undefined): string {
  return (address ?? 'unknown').replace(/^::ffff:(?=\d+\.)/, '');
}

function listenError(error: NodeJS.ErrnoException, host: string | undefined, port: number): FileError {
  const where = `${host ?? '*'}:${port}`;
  const failure = LISTEN_FAILURES[error.code ?? ''] ?? { message: error.message, hint: undefined };
  return new FileError(where, `cannot listen on ${where}: ${failure.message}`, { hint: failure.hint, cause: error });
}
