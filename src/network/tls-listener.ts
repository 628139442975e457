/** A TLS server whose callers get a fixed time for the whole handshake, however slowly they trickle. */

import type { Socket } from 'node:net';
import { createServer, type Server, type TLSSocket } from 'node:tls';
import type { Clock } from './clock.ts';
import { handshakeWords } from './handshake-words.ts';
import { PROTOCOL_OPTIONS, type TlsCredentials } from './tls-options.ts';

/** Key, certificate and whom to trust; `clients` says whether callers must show a certificate (PS3.15 B.9). */
export interface ServerTls {
  readonly credentials: TlsCredentials;
  readonly clients: 'none' | 'optional' | 'require';
}

export interface TlsListenerOptions {
  readonly clock: Clock;
  readonly handshakeTimeoutMs: number;
  /** A connection before its handshake; false refuses it. */
  readonly connected: (socket: Socket) => boolean;
  /** The handshake is done; `carrier` is the connection under it, as `connected` was given it. */
  readonly secured: (socket: TLSSocket, carrier: Socket | undefined) => void;
  /** Anything that ends a handshake: a scanner's probe, a certificate that is not trusted, the time limit. */
  readonly failed: (peerAddress: string | undefined, why: string) => void;
}

/** TCP's name for a connection: the TLS socket over it answers the same. */
function nameOf(socket: Socket): string {
  return `${socket.remoteAddress} ${socket.remotePort} ${socket.localPort}`;
}

export function createTlsListener(tls: ServerTls, options: TlsListenerOptions): Server {
  const handshakes = new Map<string, { readonly socket: Socket; readonly cancelDeadline: () => void }>();
  const server = createServer({
    ...tls.credentials,
    ...PROTOCOL_OPTIONS,
    requestCert: tls.clients !== 'none',
    rejectUnauthorized: tls.clients === 'require',
    noDelay: true,
  });
  server.on('connection', (socket) => {
    if (!options.connected(socket)) return;
    const name = nameOf(socket);
    const { remoteAddress } = socket;
    const cancel = options.clock.after(options.handshakeTimeoutMs, () => {
      options.failed(remoteAddress, 'the handshake took too long');
      socket.destroy();
    });
    handshakes.set(name, { socket, cancelDeadline: cancel });
    socket.once('close', () => {
      cancel();
      handshakes.delete(name);
    });
  });
  server.on('secureConnection', (socket) => {
    const handshake = handshakes.get(nameOf(socket));
    handshake?.cancelDeadline();
    options.secured(socket, handshake?.socket);
  });
  server.on('tlsClientError', (error, socket) => {
    options.failed(socket.remoteAddress, handshakeWords(error, socket));
    socket.destroy();
  });
  return server;
}

/** Another key, certificate and trust list, for handshakes to come. */
export function renewCredentials(server: Server, credentials: TlsCredentials): void {
  server.setSecureContext({ ...credentials, ...PROTOCOL_OPTIONS });
}
