/** Opens the connection to a peer: TCP, then TLS where asked. */

import { connect, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { PeerError, type PeerPhase } from '../errors.ts';
import type { Clock } from './clock.ts';
import { connectionWords, tlsWords, type Words } from './peer-words.ts';
import { PROTOCOL_OPTIONS, type TlsCredentials } from './tls-options.ts';

export interface ClientTls {
  readonly credentials: TlsCredentials;
  /** False takes any certificate: for tests of a connection, never for patients. */
  readonly verify: boolean;
}

export interface ConnectOptions {
  readonly host: string;
  readonly port: number;
  readonly tls?: ClientTls | undefined;
  readonly timeoutMs: number;
  readonly clock: Clock;
  readonly signal?: AbortSignal | undefined;
}

/** "host:port" as messages name the peer. */
export function peerName(peer: { readonly host: string; readonly port: number }): string {
  return isIP(peer.host) === 6 ? `[${peer.host}]:${peer.port}` : `${peer.host}:${peer.port}`;
}

export function seconds(ms: number): string {
  return `${Math.round(ms / 100) / 10} s`;
}

/**
 * A connection that is ready for the association.
 * @throws PeerError of phase connect or tls; the signal's reason where that was aborted
 */
export async function connectPeer(options: ConnectOptions): Promise<Socket> {
  options.signal?.throwIfAborted();
  const { host, port, tls } = options;
  const socket = connect({ host, port, noDelay: true });
  await ready(socket, 'connect', 'connect', connectionWords, options);
  if (tls === undefined) return socket;
  const secure = connectTls({
    ...tls.credentials,
    ...PROTOCOL_OPTIONS,
    socket,
    host,
    // SNI has no form for addresses (RFC 6066 3).
    ...(isIP(host) === 0 ? { servername: host } : {}),
    rejectUnauthorized: tls.verify,
  });
  await ready(secure, 'secureConnect', 'tls', (error) => tlsWords(error, host), options);
  return secure;
}

/** Waits for an event of the socket; what happens instead destroys it. */
async function ready(
  socket: Socket,
  event: 'connect' | 'secureConnect',
  phase: PeerPhase,
  words: (error: NodeJS.ErrnoException) => Words,
  options: ConnectOptions,
): Promise<void> {
  const { clock, signal, timeoutMs } = options;
  const peer = peerName(options);
  const what = phase === 'tls' ? `no TLS connection with ${peer}` : `cannot connect to ${peer}`;
  let cancel = (): void => {};
  const aborted = (): void => {
    socket.destroy(signal?.reason);
  };
  try {
    await new Promise<void>((resolve, reject) => {
      cancel = clock.after(timeoutMs, () => {
        reject(new PeerError(peer, phase, `${what}: no answer within ${seconds(timeoutMs)}`, { hint: TIMEOUT_HINT }));
      });
      signal?.addEventListener('abort', aborted, { once: true });
      socket.once(event, resolve);
      // Stays attached: an error between here and the association must not end the process.
      socket.on('error', (error: NodeJS.ErrnoException) => {
        const { message, hint } = words(error);
        reject(
          signal?.aborted ? signal.reason : new PeerError(peer, phase, `${what}: ${message}`, { hint, cause: error }),
        );
      });
      socket.once('close', () => {
        reject(new PeerError(peer, phase, `${what}: the peer closed the connection`, { hint: CLOSED_HINT }));
      });
    });
  } catch (error) {
    socket.destroy();
    throw error;
  } finally {
    cancel();
    signal?.removeEventListener('abort', aborted);
  }
}

const TIMEOUT_HINT = 'check address, port and firewall, or wait longer with --timeout';
const CLOSED_HINT = 'is this the DICOM port?';
