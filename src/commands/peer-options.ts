/** Options of the commands that call a peer, find and echo: who calls whom, how long to wait, TLS. */

import { type Command, Option } from 'commander';
import { UsageError } from '../errors.ts';
import type { ClientTls, PeerOptions } from '../network/worklist-client.ts';
import type { Io } from '../terminal/io.ts';
import { aeTitle } from './ae-title.ts';
import { repeated, seconds, wholeNumber } from './option-values.ts';
import { readCredentials } from './pem-files.ts';

export interface PeerCommandOptions {
  readonly aet: string;
  readonly aec: string;
  readonly timeout: number;
  readonly connectTimeout?: number;
  readonly acseTimeout?: number;
  readonly dimseTimeout?: number;
  readonly maxPdu: number;
  readonly tls?: boolean;
  readonly tlsKey?: string;
  readonly tlsCert?: string;
  readonly tlsCa?: readonly string[];
  /** False for --no-tls-verify. */
  readonly tlsVerify: boolean;
}

/** Declares host and port, and the options that both commands share. */
export function addPeerOptions(command: Command): Command {
  return command
    .argument('<host>', 'name or address of the peer')
    .argument('<port>', 'its DICOM port', wholeNumber(1, 65535))
    .optionsGroup('Peer:')
    .addOption(new Option('--aet <title>', 'AE title to call as').default('WLTOOL').argParser(aeTitle))
    .addOption(new Option('--aec <title>', 'AE title to call').default('ANY-SCP').argParser(aeTitle))
    .addOption(
      new Option(
        '--timeout <s>',
        'how long the peer may stay silent: connecting, associating, before each answer, releasing',
      )
        .default(30)
        .argParser(seconds),
    )
    .addOption(new Option('--connect-timeout <s>', 'the same for connecting alone').argParser(seconds).hideHelp())
    .addOption(new Option('--acse-timeout <s>', 'for association and release').argParser(seconds).hideHelp())
    .addOption(new Option('--dimse-timeout <s>', 'for each answer').argParser(seconds).hideHelp())
    .addOption(
      new Option('--max-pdu <bytes>', 'longest PDU to receive').default(16384).argParser(wholeNumber(4096, 131_072)),
    )
    .optionsGroup('TLS:')
    .option('--tls', 'use TLS; the other options imply it')
    .option('--tls-key <file>', 'private key to identify with, PEM')
    .option('--tls-cert <file>', 'certificate to identify with, PEM')
    .addOption(
      new Option('--tls-ca <file>', "whose certificates to trust, PEM (repeat; default: Node's list)").argParser(
        repeated,
      ),
    )
    .option('--no-tls-verify', "take any certificate; for trying out, not for patients' data")
    .addOption(new Option('--tls-verify').hideHelp());
}

/** The peer as the client wants it. @throws UsageError, FileError */
export async function peerOptions(
  host: string,
  port: number,
  options: PeerCommandOptions,
  io: Io,
): Promise<PeerOptions> {
  const ms = (override: number | undefined): number => (override ?? options.timeout) * 1000;
  return {
    host,
    port,
    callingAeTitle: options.aet,
    calledAeTitle: options.aec,
    timeouts: {
      connectMs: ms(options.connectTimeout),
      associationMs: ms(options.acseTimeout),
      answerMs: ms(options.dimseTimeout),
      releaseMs: ms(options.acseTimeout),
    },
    maxPdu: options.maxPdu,
    tls: await readTls(options),
    signal: io.signal,
  };
}

async function readTls(options: PeerCommandOptions): Promise<ClientTls | undefined> {
  const { tlsKey, tlsCert, tlsCa, tlsVerify } = options;
  if ((tlsKey === undefined) !== (tlsCert === undefined)) {
    throw new UsageError('--tls-key and --tls-cert belong together', {
      hint: 'for example: --tls-key client.key --tls-cert client.pem',
    });
  }
  if (!options.tls && tlsKey === undefined && tlsCa === undefined && tlsVerify) return undefined;
  return { credentials: await readCredentials(options), verify: tlsVerify };
}
