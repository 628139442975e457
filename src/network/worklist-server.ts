/** Modality Worklist SCP (PS3.4 K) and Verification SCP (PS3.4 A) on a TCP or TLS port. */

import type { SecureContextOptions } from 'node:tls';
import type { NetworkLog, WorklistHandler } from './handler.ts';

export type {
  AssociationRequest,
  AssociationVerdict,
  FindOutcome,
  FindRequest,
  NetworkLog,
  WorklistHandler,
} from './handler.ts';

/** Key, certificate and whom to trust; `clients` says whether callers must show a certificate (PS3.15 B.9). */
export interface ServerTls {
  readonly context: SecureContextOptions;
  readonly clients: 'none' | 'optional' | 'require';
}

export interface WorklistServerOptions {
  readonly handler: WorklistHandler;
  readonly log: NetworkLog;
  /** All addresses when left out. */
  readonly host?: string | undefined;
  /** 0 takes a free one. */
  readonly port: number;
  /** Longest P-DATA-TF we receive (PS3.8 D.1); 16384. */
  readonly maxPdu?: number | undefined;
  /** Associations at once; the surplus is asked to retry; 50. */
  readonly maxAssociations?: number | undefined;
  /** Whole time for the A-ASSOCIATE-RQ, a rejected peer's closing, and the like (ARTIM, PS3.8 9.1.5); 30,000. */
  readonly acseTimeoutMs?: number | undefined;
  /** Whole time for one message once begun, and for a peer to take what we send; 60,000. */
  readonly dimseTimeoutMs?: number | undefined;
  /** How long an open association may do nothing; 600,000. */
  readonly idleTimeoutMs?: number | undefined;
  readonly tls?: ServerTls | undefined;
  /** Asked before a byte is read; false closes the connection. */
  readonly allowAddress?: ((address: string) => boolean) | undefined;
}

export interface ListeningAddress {
  readonly address: string;
  readonly port: number;
}

/** Listens, and gives each connection its own association. */
export class WorklistServer {
  constructor(_options: WorklistServerOptions) {}

  /** @throws FileError where the port cannot be listened on. */
  async listen(): Promise<ListeningAddress> {
    throw new Error('to be written');
  }

  /** Uses another key, certificate and trust list for connections to come. */
  reloadTls(_context: SecureContextOptions): void {}

  /** Stops accepting, lets running queries end for `graceMs`, aborts the rest. */
  async close(_graceMs: number): Promise<void> {}
}
