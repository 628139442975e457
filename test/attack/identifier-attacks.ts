/** Identifiers of C-FIND that are broken, huge, deep, or costly to read or to match (PS3.4 C.2, K.4; PS3.5 7). */

import { deflateRawSync } from 'node:zlib';
import { type Attack, associated } from '../support/attack.ts';
import {
  context,
  DEFLATED,
  echo,
  explicit,
  find,
  IDENTIFIER,
  IMPLICIT,
  implicit,
  RELEASE_REQUEST,
  VERIFICATION_CONTEXT,
  WORKLIST,
} from '../support/attack-pdu.ts';

/** What an identifier may have at most; the server keeps no more. */
const MOST = 64 * 1024;
const UNDEFINED = 0xffffffff;

const BROKEN = ['find C001'];
const MISMATCH = ['find A900'];
const NO_MATCH = ['find 0000'];
const MATCHES = ['pending', 'find 0000'];

/** An identifier, and behind it a C-ECHO: whatever the query was, the association goes on. */
function queried(
  name: string,
  sends: string,
  identifier: Uint8Array,
  answer: readonly string[],
  syntax?: string,
): Attack {
  const bytes = [find(identifier), echo(), RELEASE_REQUEST];
  const parts = syntax === undefined ? {} : { contexts: [context(1, WORKLIST, [syntax]), VERIFICATION_CONTEXT] };
  return associated(name, sends, bytes, [...answer, 'echo 0000', 'release', 'closed'], parts);
}

const SEQUENCE = explicit(0x00400100, 'SQ', '', UNDEFINED);
const ITEM = Buffer.from('feff00e0ffffffff', 'hex');

/** An unclosed nest of sequences. */
function nested(depth: number): Buffer {
  return Buffer.concat(Array.from({ length: depth }, () => Buffer.concat([SEQUENCE, ITEM])));
}

function many(count: number, element: (index: number) => Uint8Array): Buffer {
  return Buffer.concat(Array.from({ length: count }, (_, index) => element(index)));
}

const PATIENT_NAME = 0x00100010;
const PATIENT_ID = 0x00100020;
const CHARSET = 0x00080005;

/** Long values need a long header: unlimited text on an attribute that the worklist knows. */
function longValue(tag: number, text: string): Buffer {
  return explicit(tag, 'UT', text.slice(0, MOST - 20));
}

const TWO_ITEMS = explicit(0x00400100, 'SQ', Buffer.from('feff00e000000000feff00e000000000', 'hex'));

export const IDENTIFIER_ATTACKS: readonly Attack[] = [
  queried('random identifier', 'an identifier of noise', Buffer.alloc(999, 0xc3), BROKEN),
  queried('zeros as identifier', 'an identifier of 60,000 zeros', Buffer.alloc(60_000), BROKEN),
  queried('identifier cut', 'an element cut in its value', explicit(PATIENT_ID, 'LO', 'AB', 200), BROKEN),
  queried('element of 4 GiB', 'an element of 2^32-1 bytes', explicit(PATIENT_ID, 'UT', 'AB', UNDEFINED - 1), BROKEN),
  queried('undefined length', 'a text of undefined length', explicit(PATIENT_ID, 'UT', 'AB', UNDEFINED), BROKEN),
  queried('unclosed sequence', 'a sequence of undefined length without end', SEQUENCE, BROKEN),
  queried(
    'item of 4 GiB',
    'an item of 2^32-2 bytes',
    Buffer.concat([SEQUENCE, Buffer.from('feff00e0feffffff', 'hex')]),
    BROKEN,
  ),
  queried('1,000 sequences deep', '1,000 nested sequences', nested(1_000), BROKEN),
  queried('3,000 sequences deep', '3,000 nested sequences, as many as fit', nested(3_000), BROKEN),
  queried(
    'unknown UN nests',
    '4,000 nested sequences in UN',
    many(4_000, () => Buffer.concat([explicit(0x00091001, 'UN', '', UNDEFINED).subarray(0, 12), ITEM])).subarray(
      0,
      MOST,
    ),
    BROKEN,
  ),
  queried('two step items', 'two items in the step sequence', TWO_ITEMS, MISMATCH),
  queried('implicit for explicit', 'implicit VR where explicit VR was agreed', implicit(PATIENT_ID, 'ABCD'), BROKEN),
  queried(
    'file for identifier',
    'file meta information in the identifier',
    Buffer.concat([Buffer.alloc(128), Buffer.from('DICM')]),
    BROKEN,
  ),
  queried(
    'deflate bomb of zeros',
    '64 KiB that inflate to 64 MiB of zeros',
    deflateRawSync(Buffer.alloc(2 ** 26)).subarray(0, MOST),
    BROKEN,
    DEFLATED,
  ),
  queried(
    'deflate bomb of elements',
    'one element a million times, deflated',
    deflateRawSync(many(1_000_000, () => explicit(PATIENT_ID, 'LO', ''))),
    BROKEN,
    DEFLATED,
  ),
  queried(
    'deflate bomb of nests',
    '100,000 nested sequences, deflated',
    deflateRawSync(nested(100_000)),
    BROKEN,
    DEFLATED,
  ),
  queried('no deflate stream', 'noise where a deflate stream was agreed', Buffer.alloc(999, 0xc3), BROKEN, DEFLATED),
  queried(
    'deflate stream cut',
    'half a deflate stream',
    deflateRawSync(explicit(PATIENT_ID, 'LO', 'ABCDEFGH')).subarray(0, 8),
    BROKEN,
    DEFLATED,
  ),
  queried(
    'elements out of order',
    '8,000 elements in descending order',
    many(8_000, (index) => implicit(0x00110000 + 0xffff - index, '')),
    BROKEN,
    IMPLICIT,
  ),
  queried(
    'elements twice',
    'one element 8,000 times',
    many(8_000, () => implicit(PATIENT_ID, '')),
    BROKEN,
    IMPLICIT,
  ),
  queried(
    'odd lengths',
    '7,000 elements of odd length',
    many(7_000, (index) => implicit(0x00111000 + index, Buffer.of(0x41))),
    BROKEN,
    IMPLICIT,
  ),
  queried(
    'unknown VRs',
    '5,000 elements of VR ZZ',
    many(5_000, (index) => Buffer.concat([explicit(0x00110000 + index, 'ZZ', '').subarray(0, 8), Buffer.alloc(4)])),
    BROKEN,
  ),
  queried(
    '8,000 unknown keys',
    '8,000 attributes that nobody knows',
    many(8_000, (index) => implicit(0x00110000 + index, '')),
    BROKEN,
    IMPLICIT,
  ),
  queried(
    '500 unknown keys',
    '500 attributes that nobody knows, as many as may be',
    many(500, (index) => implicit(0x00110000 + index, '')),
    MATCHES,
    IMPLICIT,
  ),
  queried(
    '500 keys in disorder',
    '500 elements in descending order',
    many(500, (index) => implicit(0x00110000 + 0xffff - index, '')),
    MATCHES,
    IMPLICIT,
  ),
  queried(
    '8,000 empty items',
    'a sequence of 8,000 items',
    explicit(
      0x00400100,
      'SQ',
      many(8_000, () => Buffer.from('feff00e000000000', 'hex')),
    ),
    BROKEN,
  ),
  queried(
    'character set of blanks',
    'a character set of 60,000 blanks and an x',
    Buffer.concat([explicit(CHARSET, 'UT', `${' '.repeat(60_000)}x`), IDENTIFIER]),
    MATCHES,
  ),
  queried(
    'character sets by thousands',
    '3,500 terms in Specific Character Set',
    Buffer.concat([explicit(CHARSET, 'UT', '\\ISO 2022 IR 87'.repeat(3_500)), IDENTIFIER]),
    MATCHES,
  ),
  queried(
    'blanks as name',
    'a name of 60,000 blanks and an x',
    longValue(PATIENT_NAME, `${' '.repeat(60_000)}x`),
    NO_MATCH,
  ),
  queried(
    'blanks as ID',
    'an ID of 60,000 blanks around an x',
    longValue(PATIENT_ID, `${' '.repeat(30_000)}x${' '.repeat(30_000)}x`),
    NO_MATCH,
  ),
  queried('stars', 'an ID of 60,000 stars and an x', longValue(PATIENT_ID, `${'*'.repeat(60_000)}x`), NO_MATCH),
  queried('stars and letters', 'an ID of *a 30,000 times', longValue(PATIENT_ID, '*a'.repeat(30_000)), NO_MATCH),
  queried('question marks', 'an ID of *? 30,000 times', longValue(PATIENT_ID, '*?'.repeat(30_000)), NO_MATCH),
  queried('name of carets', 'a name of 60,000 carets', longValue(PATIENT_NAME, `*${'^'.repeat(60_000)}x`), NO_MATCH),
  queried(
    'name of groups',
    'a name of 60,000 equals signs',
    longValue(PATIENT_NAME, `${'='.repeat(60_000)}x`),
    NO_MATCH,
  ),
  queried('values by thousands', '20,000 wild card values', longValue(PATIENT_ID, '*x\\'.repeat(20_000)), NO_MATCH),
  queried('UIDs by thousands', '15,000 UIDs in a list', longValue(0x0020000d, '1.2\\'.repeat(15_000)), NO_MATCH),
  queried('date of digits', 'a date of 60,000 digits', explicit(0x00100030, 'UT', '1'.repeat(60_000)), MISMATCH),
  queried('no date', 'a date 2026-13-99', explicit(0x00100030, 'DA', '2026-13-99'), MISMATCH),
  queried(
    'escape sequences',
    'a name of 20,000 escape sequences',
    Buffer.concat([explicit(CHARSET, 'CS', '\\ISO 2022 IR 87'), longValue(PATIENT_NAME, '\x1b$B'.repeat(20_000))]),
    MISMATCH,
  ),
  queried(
    'broken UTF-8',
    'UTF-8 that is none',
    Buffer.concat([explicit(CHARSET, 'CS', 'ISO_IR 192'), explicit(PATIENT_NAME, 'PN', Buffer.alloc(64, 0xc3))]),
    MISMATCH,
  ),
  queried(
    'unknown character set',
    'a name in a character set nobody knows',
    Buffer.concat([explicit(CHARSET, 'CS', 'KLINGON 1'), explicit(PATIENT_NAME, 'PN', Buffer.alloc(8, 0xe4))]),
    MISMATCH,
  ),
  queried('text in a number', 'letters in a decimal string', explicit(0x00101030, 'DS', '1e999999'), NO_MATCH),
  queried(
    'control characters',
    'an ID of control characters and line ends',
    explicit(PATIENT_ID, 'LO', '\x1b[2J\r\n\0\x07'),
    MISMATCH,
  ),
  queried('nothing asked', 'an identifier of 0 bytes', Buffer.alloc(0), NO_MATCH),
];
