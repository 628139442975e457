/** `wltool echo`: one C-ECHO, and what came of it. */

import { EXIT, type ExitCode } from '../../errors.ts';
import { echo } from '../../network/worklist-client.ts';
import type { Io } from '../../terminal/io.ts';
import { visible } from '../../terminal/safe-text.ts';
import { type PeerCommandOptions, peerOptions } from '../peer-options.ts';

export async function run(host: string, port: number, options: PeerCommandOptions, io: Io): Promise<ExitCode> {
  const peer = await peerOptions(host, port, options, io);
  const answer = await echo(peer);
  const implementation = [answer.implementationVersionName, answer.implementationClassUid].filter(
    (text) => text !== '',
  );
  const facts = [
    ['peer', `${answer.calledAeTitle} at ${host}:${port}${peer.tls === undefined ? '' : ' (TLS)'}`],
    ['implementation', implementation.join(' ') || 'not said'],
    ['transfer syntax', answer.syntax.name],
    ['max PDU', answer.maxPdu === 0 ? 'unlimited' : String(answer.maxPdu)],
    ['round trip', `${answer.ms.toFixed(1)} ms`],
  ] as const;
  await io.stdout.write(facts.map(([name, value]) => `${`${name}:`.padEnd(17)}${visible(value)}\n`).join(''));
  return EXIT.done;
}
