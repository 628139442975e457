/**
 * File names of entries, from accession number and step ID: the same order gives the same name, different orders
 * different ones, also where the file system does not tell upper from lower case.
 */

import { createHash } from 'node:crypto';

/** What an order is known by. Either part may be ''. */
export interface EntryIdentity {
  readonly accessionNumber: string;
  /** (0040,0009). */
  readonly stepId: string;
}

const SUFFIX = '.wl';
/** Stands between the two parts, and is in neither. */
const SEPARATOR = '_';
/** What may stand as it is. Lower case may not, because "a1" and "A1" would be one file on some file systems. */
const PLAIN = /^[0-9A-Z](?:[0-9A-Z.-]*[0-9A-Z])?$/;
/** Names of devices on Windows, with whatever ending. */
const RESERVED = /^(?:CON|PRN|AUX|NUL|COM\d|LPT\d)(?:\.|$)/;
/** SH has 16 characters, but not every sender keeps to that. */
const MOST_CHARACTERS = 40;

/** A part as it is, or made harmless and told apart by a hash of what it was. */
function namePart(text: string): string {
  if (text.length <= MOST_CHARACTERS && PLAIN.test(text) && !RESERVED.test(text)) return text;
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 12);
  const readable = text.slice(0, MOST_CHARACTERS).replace(/[^0-9A-Za-z]+/g, '-');
  return `${readable.replace(/^-|-$/g, '')}~${hash}`;
}

/** The name of an entry, or undefined where the order has neither accession number nor step ID. */
export function entryName({ accessionNumber, stepId }: EntryIdentity): string | undefined {
  if (accessionNumber === '' && stepId === '') return undefined;
  const order = accessionNumber === '' ? '' : namePart(accessionNumber);
  const step = stepId === '' ? '' : `${SEPARATOR}${namePart(stepId)}`;
  return `${order}${step}${SUFFIX}`;
}

/** Which of a folder's file names an order takes away: the entry, or all steps of the order where it names none. */
export function removedNames(
  removal: { readonly name: string; readonly everyStep: boolean },
  names: Iterable<string>,
): string[] {
  const ofSteps = `${removal.name.slice(0, -SUFFIX.length)}${SEPARATOR}`;
  return [...names].filter(
    (name) => name === removal.name || (removal.everyStep && name.startsWith(ofSteps) && name.endsWith(SUFFIX)),
  );
}
