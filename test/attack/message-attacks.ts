/** PDVs and command sets that break the rules of messages (PS3.8 Annex E, PS3.7 6.3, 9, Annex E). */

import { type Attack, associated, openAssociation } from '../support/attack.ts';
import {
  cancel,
  command,
  commandSet,
  dataPdu,
  echo,
  explicit,
  FIND_COMMAND,
  find,
  fragments,
  IDENTIFIER,
  implicit,
  pdv,
  RELEASE_REQUEST,
  us,
  VERIFICATION,
  WORKLIST,
} from '../support/attack-pdu.ts';

const BAD_VALUE = ['abort 2/6', 'closed'];
/** What is no DIMSE message is the service user's to abort. */
const NO_MESSAGE = ['abort 0/0', 'closed'];
const COMMAND = { command: true } as const;
const DATA = { command: false } as const;

function commandAlone(bytes: Uint8Array): Buffer {
  return dataPdu(pdv(bytes, COMMAND));
}

/** A request that is refused with a status; then the association still works. */
function refused(name: string, field: number, sopClass: string, dataSet: boolean, answer: string): Attack {
  const request = [
    commandAlone(command(field, sopClass, 7, dataSet)),
    ...(dataSet ? [fragments(IDENTIFIER, DATA)] : []),
  ];
  const expects = [answer, 'echo 0000', 'release', 'closed'];
  return associated(name, `a ${name} request`, [...request, echo(), RELEASE_REQUEST], expects);
}

/** Matches nothing. */
const NO_ENTRY = explicit(0x00080050, 'SH', 'NONE');

const EMPTY_FRAGMENT = dataPdu(pdv(Buffer.alloc(0), { command: true, last: false }));
const LONG_PREFIX = Buffer.concat(Array.from({ length: 500 }, () => EMPTY_FRAGMENT));

export const MESSAGE_ATTACKS: readonly Attack[] = [
  associated('PDV of 0 bytes', 'a PDV of length 0', [dataPdu(pdv(FIND_COMMAND, { ...COMMAND, length: 0 }))], BAD_VALUE),
  associated('PDV of 1 byte', 'a PDV of length 1', [dataPdu(pdv(FIND_COMMAND, { ...COMMAND, length: 1 }))], BAD_VALUE),
  associated(
    'PDV beyond its PDU',
    'a PDV longer than its PDU',
    [dataPdu(pdv(FIND_COMMAND, { ...COMMAND, length: 9_999 }))],
    BAD_VALUE,
  ),
  associated(
    'PDV of 4 GiB',
    'a PDV of length 2^32-1',
    [dataPdu(pdv(FIND_COMMAND, { ...COMMAND, length: 2 ** 32 - 1 }))],
    BAD_VALUE,
  ),
  associated(
    'PDV header cut',
    'three bytes behind a PDV',
    [dataPdu(pdv(FIND_COMMAND, COMMAND), Buffer.alloc(3))],
    BAD_VALUE,
  ),
  associated(
    'unknown context',
    'a command on context 99',
    [dataPdu(pdv(FIND_COMMAND, { ...COMMAND, contextId: 99 }))],
    BAD_VALUE,
  ),
  associated(
    'context 0',
    'a command on context 0',
    [dataPdu(pdv(FIND_COMMAND, { ...COMMAND, contextId: 0 }))],
    BAD_VALUE,
  ),
  associated(
    'interleaved contexts',
    'an identifier on another context than its command',
    [commandAlone(FIND_COMMAND), dataPdu(pdv(IDENTIFIER, { ...DATA, contextId: 3 }))],
    BAD_VALUE,
  ),
  associated('data without command', 'an identifier without a command', [dataPdu(pdv(IDENTIFIER, DATA))], BAD_VALUE),
  associated(
    'two commands',
    'a command where the identifier was due',
    [commandAlone(FIND_COMMAND), commandAlone(FIND_COMMAND)],
    BAD_VALUE,
  ),
  associated(
    'no identifier',
    'C-FIND whose identifier never comes',
    [commandAlone(FIND_COMMAND)],
    ['abort 0/0', 'closed'],
  ),
  associated(
    'unending command',
    'command fragments, never the last',
    [fragments(Buffer.alloc(2 ** 20), { ...COMMAND, last: false })],
    NO_MESSAGE,
  ),
  associated(
    'unending identifier',
    'identifier fragments without end',
    [commandAlone(FIND_COMMAND), fragments(Buffer.alloc(2 ** 21), { ...DATA, last: false })],
    NO_MESSAGE,
  ),
  associated(
    'empty fragments without end',
    '500 empty command fragments, then silence',
    [LONG_PREFIX],
    ['abort 0/0', 'closed'],
  ),
  associated(
    'fragments of one byte',
    'a C-FIND in PDVs of one byte',
    [fragments(FIND_COMMAND, COMMAND, 1), fragments(IDENTIFIER, DATA, 1), RELEASE_REQUEST],
    ['pending', 'find 0000', 'release', 'closed'],
  ),
  associated(
    'empty command',
    'a command set of 0 bytes',
    [commandAlone(Buffer.alloc(0)), dataPdu(pdv(Buffer.alloc(0), DATA))],
    NO_MESSAGE,
  ),
  associated('garbage command', 'a command set of random bytes', [commandAlone(Buffer.alloc(200, 0x5a))], NO_MESSAGE),
  associated(
    'command element beyond',
    'a command element of 4 GiB',
    [commandAlone(commandSet([implicit(0x0100, us(0x20), 2 ** 32 - 1)]))],
    NO_MESSAGE,
  ),
  associated(
    'command of another group',
    'a patient name in the command set',
    [commandAlone(commandSet([implicit(0x00100010, 'X')]))],
    NO_MESSAGE,
  ),
  associated(
    'nested command',
    'a sequence in the command set',
    [commandAlone(commandSet([implicit(0xfffee000, Buffer.alloc(8))]))],
    NO_MESSAGE,
  ),
  associated(
    'command out of order',
    'command elements in descending order',
    [commandAlone(commandSet([implicit(0x0800, us(1)), implicit(0x0100, us(0x20))]))],
    NO_MESSAGE,
  ),
  associated(
    'command twice',
    'Command Field twice',
    [commandAlone(commandSet([implicit(0x0100, us(0x30)), implicit(0x0100, us(0x20))]))],
    NO_MESSAGE,
  ),
  associated(
    'no Command Field',
    'a command set without Command Field',
    [commandAlone(commandSet([implicit(0x0110, us(1)), implicit(0x0800, us(0x0101))]))],
    NO_MESSAGE,
  ),
  associated(
    'no Message ID',
    'C-ECHO without Message ID',
    [commandAlone(commandSet([implicit(0x0100, us(0x30)), implicit(0x0800, us(0x0101))]))],
    NO_MESSAGE,
  ),
  associated(
    'empty Command Field',
    'a Command Field of 0 bytes',
    [commandAlone(commandSet([implicit(0x0100, Buffer.alloc(0)), implicit(0x0800, us(0x0101))]))],
    NO_MESSAGE,
  ),
  associated(
    'blanks in the SOP class',
    'a SOP class UID of 60,000 blanks',
    [fragments(command(0x0030, `1${' '.repeat(60_000)}x`, 1, false), COMMAND), RELEASE_REQUEST],
    ['echo 0122', 'release', 'closed'],
  ),
  associated(
    'find response',
    'a C-FIND response to the server',
    [commandAlone(command(0x8020, WORKLIST, 1, false))],
    NO_MESSAGE,
  ),
  associated(
    'echo response',
    'a C-ECHO response to the server',
    [commandAlone(command(0x8030, VERIFICATION, 1, false))],
    NO_MESSAGE,
  ),
  associated(
    'cancel of nothing',
    'C-CANCEL of a message never sent',
    [cancel(99), find(), RELEASE_REQUEST],
    ['pending', 'find 0000', 'release', 'closed'],
  ),
  associated(
    'cancel without id',
    'C-CANCEL that names no message',
    [commandAlone(commandSet([implicit(0x0100, us(0x0fff)), implicit(0x0800, us(0x0101))]))],
    NO_MESSAGE,
  ),
  refused('C-STORE', 0x0001, '1.2.840.10008.5.1.4.1.1.2', true, '8001 0211'),
  refused('C-GET', 0x0010, '1.2.840.10008.5.1.4.1.2.1.3', true, '8010 0211'),
  refused('C-MOVE', 0x0021, '1.2.840.10008.5.1.4.1.2.1.2', true, '8021 0211'),
  refused('N-CREATE', 0x0140, '1.2.840.10008.3.1.2.3.3', true, '8140 0211'),
  refused('N-DELETE', 0x0150, '1.2.840.10008.3.1.2.3.3', false, '8150 0211'),
  refused('unknown command', 0x7777, WORKLIST, false, 'F777 0211'),
  refused('C-FIND of patients', 0x0020, '1.2.840.10008.5.1.4.1.2.1.1', true, 'find 0122'),
  refused('C-FIND without identifier', 0x0020, WORKLIST, false, 'find A900'),
  associated(
    'find on the wrong context',
    'C-FIND on the Verification context',
    [
      dataPdu(
        pdv(command(0x0020, WORKLIST, 1, true), { ...COMMAND, contextId: 3 }),
        pdv(IDENTIFIER, { ...DATA, contextId: 3 }),
      ),
      RELEASE_REQUEST,
    ],
    ['find 0122', 'release', 'closed'],
  ),
  {
    name: 'cancel storm',
    sends: '5,000 C-CANCELs around ten C-FINDs',
    expects: ['accept', 'release', 'closed'],
    run: async (peer) => {
      await openAssociation(peer);
      const storm = Buffer.concat(Array.from({ length: 500 }, (_, index) => cancel(index % 12)));
      for (let id = 1; id <= 10; id++) await peer.send(storm, find(IDENTIFIER, id));
      await peer.send(RELEASE_REQUEST);
      await peer.reaction();
      // How many of the ten were cancelled in time is chance; each has its one final status.
      const finals = peer.transcript.filter((word) => word === 'find 0000' || word === 'find FE00');
      if (finals.length !== 10) return;
      const others = peer.transcript.filter((word) => !word.startsWith('find') && word !== 'pending');
      peer.transcript.splice(0, peer.transcript.length, ...others);
    },
  },
  {
    name: 'ten thousand finds',
    sends: '10,000 C-FINDs in a row, read as they are answered',
    expects: ['accept', '10000 finals', 'release', 'closed'],
    run: async (peer) => {
      await openAssociation(peer);
      const hundred = Buffer.concat(new Array<Buffer>(100).fill(find(NO_ENTRY)));
      for (let count = 0; count < 100; count++) await peer.send(hundred);
      await peer.send(RELEASE_REQUEST);
      await peer.reaction(60_000);
      const finals = peer.transcript.filter((word) => word === 'find 0000').length;
      const others = peer.transcript.filter((word) => word !== 'find 0000');
      others.splice(1, 0, `${finals} finals`);
      peer.transcript.splice(0, peer.transcript.length, ...others);
    },
  },
];
