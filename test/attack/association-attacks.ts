/** A-ASSOCIATE-RQ PDUs whose content is wrong, excessive or steering (PS3.8 9.3.2, Annex D; PS3.7 Annex D). */

import { type Attack, associated, unannounced } from '../support/attack.ts';
import {
  APPLICATION_CONTEXT,
  type AssociateParts,
  associateRequest,
  context,
  EXPLICIT,
  echo,
  find,
  IMPLICIT,
  item,
  maxLength,
  RELEASE_REQUEST,
  USER_INFORMATION,
  VERIFICATION,
  WORKLIST,
  WORKLIST_CONTEXT,
} from '../support/attack-pdu.ts';

const ABORTED = ['abort 0/0', 'closed'];
const REFUSED = ['reject 1/1/1', 'closed'];
/** The association is of use, and ends in good order. */
const SERVED = ['pending', 'find 0000', 'release', 'closed'];

function proposed(name: string, sends: string, parts: AssociateParts, expects: readonly string[]): Attack {
  return unannounced(name, sends, [associateRequest(parts)], expects);
}

function served(name: string, sends: string, parts: AssociateParts): Attack {
  return associated(name, sends, [find(), RELEASE_REQUEST], SERVED, parts);
}

function userInformation(...items: readonly Uint8Array[]): AssociateParts {
  return { userInformation: item(0x50, Buffer.concat(items)) };
}

function withMaxPdu(bytes: number): AssociateParts {
  return userInformation(maxLength(bytes), item(0x52, '1.2.3'));
}

function contexts(count: number, syntaxes: readonly string[]): AssociateParts {
  const list = Array.from({ length: count }, (_, index) => context((index * 2 + 1) & 0xff, WORKLIST, syntaxes));
  return { contexts: list };
}

const ARTICLES = Array.from({ length: 40 }, (_, index) => `1.2.840.${'9'.repeat(50)}.${index}`);

export const ASSOCIATION_ATTACKS: readonly Attack[] = [
  proposed('wrong protocol version', 'protocol version 2 alone', { protocolVersion: 2 }, ['reject 1/2/2', 'closed']),
  served('later protocol version', 'version bits 0 to 15 all set', { protocolVersion: 0xffff }),
  proposed(
    'wrong application context',
    'an application context of its own',
    { applicationContext: item(0x10, '1.2.3') },
    ['reject 2/1/2', 'closed'],
  ),
  proposed('no application context', 'no application context item', { applicationContext: Buffer.alloc(0) }, ABORTED),
  proposed(
    'huge application context',
    'an application context of 60,000 blanks',
    { applicationContext: item(0x10, `${' '.repeat(60_000)}x`) },
    ['reject 2/1/2', 'closed'],
  ),
  proposed('no contexts', 'no presentation context', { contexts: [] }, ABORTED),
  proposed(
    'duplicate contexts',
    'two presentation contexts of id 1',
    { contexts: [WORKLIST_CONTEXT, WORKLIST_CONTEXT] },
    ABORTED,
  ),
  served('even context id', 'presentation context id 2 beside 1', {
    contexts: [context(2, VERIFICATION, [IMPLICIT]), WORKLIST_CONTEXT],
  }),
  proposed(
    'context id 0',
    'presentation context id 0 beside 1',
    {
      contexts: [context(0, VERIFICATION, [IMPLICIT]), WORKLIST_CONTEXT],
    },
    ABORTED,
  ),
  served('128 contexts', 'all 128 presentation contexts that ids allow', contexts(128, [EXPLICIT, IMPLICIT])),
  proposed('200 contexts', '200 presentation contexts', contexts(200, [EXPLICIT]), ABORTED),
  proposed(
    '200 contexts with long syntaxes',
    '200 contexts with 40 transfer syntaxes of 60 bytes',
    contexts(200, ARTICLES),
    ABORTED,
  ),
  proposed(
    '128 contexts beyond 64 KiB',
    '128 contexts with 40 transfer syntaxes of 60 bytes',
    contexts(128, ARTICLES),
    ABORTED,
  ),
  proposed(
    'thousands of items',
    '10,000 empty items',
    { contexts: Array.from({ length: 10_000 }, () => item(0x99, '')) },
    ABORTED,
  ),
  proposed(
    'foreign SOP classes',
    'storage contexts alone',
    { contexts: [context(1, '1.2.840.10008.5.1.4.1.1.2', [EXPLICIT])] },
    REFUSED,
  ),
  proposed(
    'foreign transfer syntaxes',
    'worklist in JPEG alone',
    { contexts: [context(1, WORKLIST, ['1.2.840.10008.1.2.4.50'])] },
    REFUSED,
  ),
  proposed(
    'no abstract syntax',
    'a context with transfer syntaxes alone',
    { contexts: [item(0x20, Buffer.concat([Buffer.of(1, 0, 0, 0), item(0x40, IMPLICIT)]))] },
    ABORTED,
  ),
  proposed(
    'no transfer syntax',
    'a context with an abstract syntax alone',
    { contexts: [item(0x20, Buffer.concat([Buffer.of(1, 0, 0, 0), item(0x30, WORKLIST)]))] },
    ABORTED,
  ),
  proposed(
    'two abstract syntaxes',
    'a context with two abstract syntaxes',
    {
      contexts: [
        item(
          0x20,
          Buffer.concat([Buffer.of(1, 0, 0, 0), item(0x30, WORKLIST), item(0x30, WORKLIST), item(0x40, IMPLICIT)]),
        ),
      ],
    },
    ABORTED,
  ),
  proposed(
    'context of 2 bytes',
    'a presentation context item of 2 bytes',
    { contexts: [item(0x20, Buffer.of(1, 0))] },
    ABORTED,
  ),
  proposed(
    'context beyond the PDU',
    'a context item whose length exceeds the PDU',
    { contexts: [item(0x20, Buffer.of(1, 0, 0, 0), 0xffff)] },
    ABORTED,
  ),
  proposed(
    'syntax beyond its context',
    'an abstract syntax longer than its context',
    { contexts: [item(0x20, Buffer.concat([Buffer.of(1, 0, 0, 0), item(0x30, WORKLIST, 0x7fff)]))] },
    ABORTED,
  ),
  served('syntaxes of 60,000 bytes', 'a transfer syntax name of 60,000 bytes beside a good one', {
    contexts: [context(1, WORKLIST, [EXPLICIT, '1.'.repeat(30_000)])],
  }),
  served('no user information', 'no user information at all', { userInformation: Buffer.alloc(0) }),
  served('empty user information', 'user information without items', { userInformation: item(0x50, '') }),
  served(
    'user items unknown',
    '1,500 unknown user items',
    userInformation(maxLength(16384), ...Array.from({ length: 1_500 }, () => item(0xee, 'x'))),
  ),
  proposed(
    'user items too many',
    '10,000 user items',
    userInformation(...Array.from({ length: 10_000 }, () => item(0xee, 'x'))),
    ABORTED,
  ),
  proposed(
    'user item beyond the PDU',
    'a user item that overruns',
    userInformation(item(0x52, '1.2', 0xfff0)),
    ABORTED,
  ),
  proposed(
    'maximum length of 2 bytes',
    'a maximum length item of 2 bytes',
    userInformation(item(0x51, Buffer.of(0, 0))),
    ABORTED,
  ),
  served(
    'user identity',
    'a user identity of 30,000 bytes',
    userInformation(maxLength(16384), item(0x58, Buffer.alloc(30_000, 0x41))),
  ),
  served(
    'roles and windows',
    'role selection, async window, extended negotiation',
    userInformation(
      maxLength(16384),
      item(0x54, Buffer.alloc(30)),
      item(0x53, Buffer.alloc(4)),
      item(0x56, Buffer.alloc(40)),
    ),
  ),
  ...[1, 3, 6, 7, 12, 127].map((bytes) =>
    proposed(`maximum length ${bytes}`, `a maximum PDU length of ${bytes}`, withMaxPdu(bytes), REFUSED),
  ),
  served('maximum length 128', 'a maximum PDU length of 128', withMaxPdu(128)),
  served('maximum length 129', 'an odd maximum PDU length', withMaxPdu(129)),
  served('maximum length 0', 'no limit on PDU length', withMaxPdu(0)),
  served('maximum length 4 GiB', 'a maximum PDU length of 2^32-1', withMaxPdu(2 ** 32 - 1)),
  proposed('blank called title', 'a called AE title of blanks', { called: '' }, ['reject 1/1/7', 'closed']),
  served('path as title', 'a calling AE title of path parts', { calling: '../../etc/passwd' }),
  served('escape sequences as title', 'a calling AE title that clears a terminal', {
    calling: '\x1b[2J\x1b]0;x\x07\r\nroot',
  }),
  served('NUL bytes as title', 'a calling AE title with NUL and 8-bit bytes', { calling: 'A\0B\xff\xfe' }),
  served('log forging', 'a title and a version name with line ends', {
    calling: 'X\nerror: forged',
    userInformation: item(0x50, Buffer.concat([maxLength(16384), item(0x52, '1.2\n3'), item(0x55, 'V\r\nwarning: x')])),
  }),
  proposed('items of one byte', 'an item header cut behind the type', { contexts: [Buffer.of(0x20)] }, ABORTED),
  proposed(
    'nested twice',
    'user information within user information',
    { applicationContext: item(0x10, APPLICATION_CONTEXT), contexts: [item(0x50, USER_INFORMATION)] },
    ABORTED,
  ),
  associated('context that was refused', 'C-ECHO on a context that was refused', [echo()], ['abort 2/6', 'closed'], {
    contexts: [WORKLIST_CONTEXT, context(3, '1.2.3.4', [IMPLICIT])],
  }),
];
