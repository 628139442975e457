/** Peers whose bytes are right but whose manners are not: slow, silent, deaf, half gone, gone. */

import { setTimeout as wait } from 'node:timers/promises';
import { type Attack, openAssociation } from '../support/attack.ts';
import { associateRequest, dataPdu, echo, FIND_COMMAND, find, pdv, RELEASE_REQUEST } from '../support/attack-pdu.ts';
import type { RawPeer } from '../support/raw-peer.ts';

function attack(
  name: string,
  sends: string,
  expects: readonly string[],
  run: (peer: RawPeer) => Promise<void>,
): Attack {
  return { name, sends, expects, run };
}

/** Goes away at a point of a dialogue; what the server had said by then is chance. */
function goneAt(stage: string, run: (peer: RawPeer) => Promise<void>): readonly Attack[] {
  const forget = async (peer: RawPeer, go: () => void): Promise<void> => {
    await run(peer);
    go();
    await peer.reaction();
    peer.transcript.splice(0, peer.transcript.length - 1);
  };
  return [
    attack(`RST ${stage}`, `an RST ${stage}`, ['left'], (peer) => forget(peer, () => peer.reset())),
    attack(`FIN ${stage}`, `a FIN ${stage}`, ['closed'], (peer) => forget(peer, () => peer.endWriting())),
  ];
}

const WHOLE_DIALOGUE = Buffer.concat([associateRequest(), find(), echo(), RELEASE_REQUEST]);
const HALF_COMMAND = dataPdu(pdv(FIND_COMMAND.subarray(0, 20), { command: true, last: false }));

function repeated(bytes: Buffer, count: number): Buffer {
  return Buffer.concat(new Array<Buffer>(count).fill(bytes));
}

/** Reads nothing until the server has had enough; how much was under way by then is chance. */
async function deaf(peer: RawPeer, bytes: Buffer): Promise<void> {
  await openAssociation(peer);
  peer.pauseReading();
  void peer.send(bytes);
  await wait(4_000);
  peer.resumeReading();
  await peer.reaction();
  peer.transcript.splice(1, peer.transcript.length - 2);
}

export const CONNECTION_ATTACKS: readonly Attack[] = [
  attack('silence', 'nothing at all', ['closed'], async () => undefined),
  attack('slow request', 'an A-ASSOCIATE-RQ of one byte every 50 ms', ['closed'], (peer) =>
    peer.trickle(associateRequest(), 50),
  ),
  attack('slow header', 'a PDU header of one byte every 400 ms', ['closed'], (peer) =>
    peer.trickle(associateRequest().subarray(0, 6), 400),
  ),
  attack(
    'byte by byte',
    'a whole dialogue in writes of one byte',
    ['accept', 'pending', 'find 0000', 'echo 0000', 'release', 'closed'],
    (peer) => peer.trickle(WHOLE_DIALOGUE, 0),
  ),
  attack(
    'all at once',
    'a whole dialogue in one write',
    ['accept', 'pending', 'find 0000', 'echo 0000', 'release', 'closed'],
    (peer) => peer.send(WHOLE_DIALOGUE),
  ),
  attack('slow message', 'a C-FIND of one byte every 50 ms', ['accept', 'abort 0/0', 'closed'], async (peer) => {
    await openAssociation(peer);
    await peer.trickle(find(), 50);
  }),
  attack(
    'slow fragments',
    'a command fragment every 200 ms, never the last',
    ['accept', 'abort 0/0', 'closed'],
    async (peer) => {
      await openAssociation(peer);
      for (let count = 0; count < 15; count++) {
        await peer.send(dataPdu(pdv(Buffer.alloc(2), { command: true, last: false })));
        await wait(200);
      }
    },
  ),
  attack('idle association', 'nothing on an open association', ['accept', 'abort 0/0', 'closed'], openAssociation),
  attack(
    'idle after a find',
    'nothing after a whole C-FIND',
    ['accept', 'pending', 'find 0000', 'abort 0/0', 'closed'],
    async (peer) => {
      await openAssociation(peer);
      await peer.send(find());
    },
  ),
  attack('deaf to answers', '2,000 C-FINDs whose answers are not read', ['accept', 'closed'], (peer) =>
    deaf(peer, repeated(find(), 2_000)),
  ),
  attack('deaf to echoes', '200,000 C-ECHOs whose answers are not read', ['accept', 'closed'], (peer) =>
    deaf(peer, repeated(echo(), 200_000)),
  ),
  attack('deaf to an abort', 'no reading at all after a PDU of unknown type', ['accept', 'closed'], (peer) =>
    deaf(peer, Buffer.alloc(2 ** 20, 0x77)),
  ),
  attack('never closes', 'A-RELEASE-RQ, and then the connection is kept', ['accept', 'closed'], (peer) =>
    deaf(peer, RELEASE_REQUEST),
  ),
  ...goneAt('before a byte', async () => undefined),
  ...goneAt('within the request', (peer) => peer.send(associateRequest().subarray(0, 90))),
  ...goneAt('behind the request', (peer) => peer.send(associateRequest())),
  ...goneAt('once accepted', (peer) => openAssociation(peer)),
  ...goneAt('within a command', async (peer) => {
    await openAssociation(peer);
    await peer.send(HALF_COMMAND);
  }),
  ...goneAt('behind a command', async (peer) => {
    await openAssociation(peer);
    await peer.send(dataPdu(pdv(FIND_COMMAND, { command: true })));
  }),
  ...goneAt('behind a find', async (peer) => {
    await openAssociation(peer);
    await peer.send(find());
  }),
  ...goneAt('amid answers', async (peer) => {
    await openAssociation(peer);
    await peer.send(find(), find(), find());
    await peer.hear('pending');
  }),
  ...goneAt('behind a release', async (peer) => {
    await openAssociation(peer);
    await peer.send(RELEASE_REQUEST);
  }),
];
