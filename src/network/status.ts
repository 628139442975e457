/** DIMSE status codes of C-FIND and C-ECHO (PS3.7 C, PS3.4 Table K.4-1), and their words. */

import { lookupTag } from '../dicom/dictionary.ts';
import { formatTag, type Tag } from '../dicom/tag.ts';
import { printable } from './printable.ts';

export const STATUS = {
  success: 0x0000,
  sopClassNotSupported: 0x0122,
  unrecognizedOperation: 0x0211,
  outOfResources: 0xa700,
  identifierDoesNotMatch: 0xa900,
  unableToProcess: 0xc001,
  cancel: 0xfe00,
  pending: 0xff00,
  pendingOptionalKeys: 0xff01,
} as const;

const NO_SUCH_SOP_CLASS = 0x0118;
const NOT_AUTHORISED = 0x0124;
const RESOURCE_LIMITATION = 0x0213;

const WORDS: ReadonlyMap<number, string> = new Map([
  [0x0000, 'success'],
  [0x0110, 'processing failure'],
  [0x0112, 'no such SOP instance'],
  [0x0115, 'invalid argument value'],
  [0x0117, 'invalid object instance'],
  [NO_SUCH_SOP_CLASS, 'no such SOP class'],
  [0x0119, 'class-instance conflict'],
  [0x0120, 'missing attribute'],
  [0x0121, 'missing attribute value'],
  [0x0122, 'SOP class not supported'],
  [NOT_AUTHORISED, 'not authorised'],
  [0x0210, 'duplicate invocation'],
  [0x0211, 'unrecognised operation'],
  [0x0212, 'mistyped argument'],
  [RESOURCE_LIMITATION, 'resource limitation'],
  [0xa700, 'refused, out of resources'],
  [0xa900, 'the identifier does not match the SOP class'],
  [0xfe00, 'cancelled'],
  [0xff00, 'pending'],
  [0xff01, 'pending, an optional key is not supported'],
]);

/** True for the two statuses that come with an answer. */
export function isPending(status: number): boolean {
  return status === STATUS.pending || status === STATUS.pendingOptionalKeys;
}

/** "A900H" as the standard writes it. */
function formatStatus(status: number): string {
  return `${status.toString(16).toUpperCase().padStart(4, '0')}H`;
}

/** "A900H, the identifier does not match the SOP class". */
export function statusWords(status: number): string {
  const words = WORDS.get(status) ?? (status >> 12 === 0xc ? 'unable to process' : undefined);
  return words === undefined ? formatStatus(status) : `${formatStatus(status)}, ${words}`;
}

/** A failure with what PS3.4 Table K.4-1 lets it carry: `A900H, …; "comment"; offending: (0008,0060) Modality`. */
export function failureWords(status: number, comment: string, offending: readonly Tag[]): string {
  const names = offending.map((tag) => `${formatTag(tag)} ${lookupTag(tag)?.keyword ?? ''}`.trimEnd());
  return [
    statusWords(status),
    ...(comment === '' ? [] : [`"${printable(comment)}"`]),
    ...(names.length === 0 ? [] : [`offending: ${names.join(', ')}`]),
  ].join('; ');
}

const ASK_FOR_LESS = 'ask for less: name a station or a date';
const SEE_ITS_LOG = 'the log of the peer says why';

/** What to try after a failure (PS3.4 Table K.4-1, PS3.7 C.5). */
export function failureHint(status: number, offending: readonly Tag[]): string {
  switch (status) {
    case STATUS.outOfResources:
    case RESOURCE_LIMITATION:
      return ASK_FOR_LESS;
    case STATUS.identifierDoesNotMatch:
      return offending.length === 0 ? SEE_ITS_LOG : 'leave the offending keys out, or give them another value';
    case STATUS.sopClassNotSupported:
    case NO_SUCH_SOP_CLASS:
    case STATUS.unrecognizedOperation:
      return 'the peer does not offer this service: check host, port and --aec';
    case NOT_AUTHORISED:
      return 'let the peer know the AE title of --aet';
    default:
      return SEE_ITS_LOG;
  }
}
