/** PDUs that are no PDUs, are out of order, or lie about their length (PS3.8 9.2, 9.3). */

import { type Attack, associated, openAssociation, unannounced } from '../support/attack.ts';
import {
  ABORT,
  associateRequest,
  dataPdu,
  echo,
  FIND_COMMAND,
  find,
  pdu,
  pdv,
  RELEASE_REQUEST,
  RELEASE_RESPONSE,
} from '../support/attack-pdu.ts';

const GIB = 2 ** 30;
const MOST = 2 ** 32 - 1;
const NOTHING = Buffer.alloc(0);

/** Before an association any wrong PDU is AA-1: an abort by the service user. */
const REFUSED_EARLY = ['abort 0/0', 'closed'];

export const PDU_ATTACKS: readonly Attack[] = [
  unannounced('HTTP', 'an HTTP request', [Buffer.from('GET / HTTP/1.1\r\nHost: x\r\n\r\n')], REFUSED_EARLY),
  unannounced(
    'TLS',
    'a TLS ClientHello',
    [Buffer.from(`1603010200010001fc0303${'00'.repeat(64)}`, 'hex')],
    REFUSED_EARLY,
  ),
  unannounced('SSH', 'an SSH banner', [Buffer.from('SSH-2.0-OpenSSH_9.2\r\n')], REFUSED_EARLY),
  unannounced('PROXY', 'a PROXY protocol header', [Buffer.from('PROXY TCP4 1.1.1.1 2.2.2.2 1 2\r\n')], REFUSED_EARLY),
  unannounced('zeros', '64 KiB of zeros', [Buffer.alloc(65_536)], REFUSED_EARLY),
  unannounced('ones', '64 KiB of FFH', [Buffer.alloc(65_536, 0xff)], REFUSED_EARLY),
  unannounced('unknown type', 'a PDU of type 99H', [pdu(0x99, Buffer.alloc(4))], REFUSED_EARLY),
  unannounced('type 0', 'a PDU of type 0', [pdu(0, Buffer.alloc(4))], REFUSED_EARLY),
  unannounced('early data', 'P-DATA before an association', [find()], REFUSED_EARLY),
  unannounced('early release', 'A-RELEASE-RQ before an association', [RELEASE_REQUEST], REFUSED_EARLY),
  unannounced('early release response', 'A-RELEASE-RP before an association', [RELEASE_RESPONSE], REFUSED_EARLY),
  unannounced('early accept', 'A-ASSOCIATE-AC to an acceptor', [pdu(2, Buffer.alloc(68))], REFUSED_EARLY),
  unannounced('early reject', 'A-ASSOCIATE-RJ to an acceptor', [pdu(3, Buffer.of(0, 1, 1, 1))], REFUSED_EARLY),
  unannounced('early abort', 'A-ABORT before an association', [ABORT], ['closed']),
  unannounced('request of 0 bytes', 'A-ASSOCIATE-RQ of length 0', [pdu(1, NOTHING)], REFUSED_EARLY),
  unannounced('request of 1 byte', 'A-ASSOCIATE-RQ of length 1', [pdu(1, Buffer.of(0))], REFUSED_EARLY),
  unannounced(
    'request of 67 bytes',
    'A-ASSOCIATE-RQ shorter than its fixed fields',
    [pdu(1, Buffer.alloc(67))],
    REFUSED_EARLY,
  ),
  unannounced(
    'request of 1 GiB',
    'A-ASSOCIATE-RQ that announces 1 GiB',
    [pdu(1, Buffer.alloc(1000), GIB)],
    REFUSED_EARLY,
  ),
  unannounced('request of 4 GiB', 'A-ASSOCIATE-RQ of length 2^32-1', [pdu(1, NOTHING, MOST)], REFUSED_EARLY),
  unannounced('data of 4 GiB early', 'P-DATA-TF of length 2^32-1 first', [pdu(4, NOTHING, MOST)], REFUSED_EARLY),
  unannounced('request cut', 'half an A-ASSOCIATE-RQ, then silence', [associateRequest().subarray(0, 100)], ['closed']),
  unannounced('header cut', 'three bytes of a header, then silence', [Buffer.of(1, 0, 0)], ['closed']),

  associated('second request', 'a second A-ASSOCIATE-RQ', [associateRequest()], ['abort 2/2', 'closed']),
  associated('accept back', 'A-ASSOCIATE-AC on an association', [pdu(2, Buffer.alloc(68))], ['abort 2/2', 'closed']),
  associated(
    'reject back',
    'A-ASSOCIATE-RJ on an association',
    [pdu(3, Buffer.of(0, 1, 1, 1))],
    ['abort 2/2', 'closed'],
  ),
  associated('release response', 'A-RELEASE-RP nobody asked for', [RELEASE_RESPONSE], ['abort 2/2', 'closed']),
  associated(
    'unknown type later',
    'a PDU of type 8 on an association',
    [pdu(8, Buffer.alloc(4))],
    ['abort 2/1', 'closed'],
  ),
  associated('unknown type of 4 GiB', 'type FFH, length 2^32-1', [pdu(0xff, NOTHING, MOST)], ['abort 2/1', 'closed']),
  associated('data of 0 bytes', 'P-DATA-TF of length 0', [pdu(4, NOTHING)], ['abort 2/6', 'closed']),
  associated('data of 1 byte', 'P-DATA-TF of length 1', [pdu(4, Buffer.of(0))], ['abort 2/6', 'closed']),
  associated(
    'data of 1 GiB',
    'P-DATA-TF that announces 1 GiB, and much of it',
    [pdu(4, Buffer.alloc(2 ** 20), GIB)],
    ['abort 2/6', 'closed'],
  ),
  associated('data of 4 GiB', 'P-DATA-TF of length 2^32-1', [pdu(4, NOTHING, MOST)], ['abort 2/6', 'closed']),
  associated(
    'data beyond the maximum',
    'P-DATA-TF of twice the length agreed',
    [dataPdu(pdv(Buffer.alloc(32_768), { command: false }))],
    ['abort 2/6', 'closed'],
  ),
  associated('release of 4 GiB', 'A-RELEASE-RQ of length 2^32-1', [pdu(5, NOTHING, MOST)], ['abort 2/6', 'closed']),
  associated('release of 0 bytes', 'A-RELEASE-RQ of length 0', [pdu(5, NOTHING)], ['abort 2/6', 'closed']),
  associated('abort of 1 GiB', 'A-ABORT that announces 1 GiB', [pdu(7, NOTHING, GIB)], ['abort 2/6', 'closed']),
  associated(
    'abort with odd codes',
    'A-ABORT of source 255, reason 255',
    [pdu(7, Buffer.of(9, 9, 255, 255))],
    ['closed'],
  ),
  associated('data cut', 'half a P-DATA-TF, then silence', [find().subarray(0, 60)], ['abort 0/0', 'closed']),
  associated(
    'garbage behind a find',
    'a C-FIND and random bytes in one write',
    [Buffer.concat([find(), Buffer.alloc(64, 0xa5)])],
    ['abort 2/1', 'closed'],
  ),
  associated('release and data', 'a C-ECHO behind A-RELEASE-RQ', [RELEASE_REQUEST, echo()], ['release', 'closed']),
  associated('two releases', 'A-RELEASE-RQ twice', [RELEASE_REQUEST, RELEASE_REQUEST], ['release', 'closed']),
  associated(
    'request behind a command',
    'A-ASSOCIATE-RQ between command and identifier',
    [dataPdu(pdv(FIND_COMMAND, { command: true })), associateRequest()],
    ['abort 2/2', 'closed'],
  ),
  associated(
    'release in a message',
    'A-RELEASE-RQ between command and identifier',
    [dataPdu(pdv(FIND_COMMAND, { command: true })), RELEASE_REQUEST],
    ['release', 'closed'],
  ),
  {
    name: 'release amid answers',
    sends: 'C-FIND and A-RELEASE-RQ in one write',
    expects: ['accept', 'pending', 'find 0000', 'release', 'closed'],
    run: async (peer) => {
      await openAssociation(peer);
      await peer.send(Buffer.concat([find(), RELEASE_REQUEST]));
    },
  },
];
