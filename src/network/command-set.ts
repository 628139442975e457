/** Command sets of DIMSE messages (PS3.7 6.3, E): group 0000 in implicit VR little endian. */

import { paddedValue } from '../dicom/padded-value.ts';
import { formatTag, groupOf, makeTag, type Tag } from '../dicom/tag.ts';
import { trimPaddingEnd } from '../dicom/trim-padding.ts';
import { ProtocolError } from './protocol-error.ts';

/** Command elements by keyword (PS3.7 E.1). */
export const COMMAND = {
  AffectedSOPClassUID: 0x0002,
  RequestedSOPClassUID: 0x0003,
  CommandField: 0x0100,
  MessageID: 0x0110,
  MessageIDBeingRespondedTo: 0x0120,
  Priority: 0x0700,
  CommandDataSetType: 0x0800,
  Status: 0x0900,
  OffendingElement: 0x0901,
  ErrorComment: 0x0902,
} as const satisfies Record<string, Tag>;

/** Command Field values (PS3.7 E.1). */
export const COMMAND_FIELD = {
  findRequest: 0x0020,
  findResponse: 0x8020,
  echoRequest: 0x0030,
  echoResponse: 0x8030,
  cancelRequest: 0x0fff,
} as const;

/** Marks a command field as a response. */
export const RESPONSE_BIT = 0x8000;

/** Command Data Set Type: this value for none, any other for one. */
export const NO_DATA_SET = 0x0101;
export const WITH_DATA_SET = 0x0001;

const ELEMENT_HEADER_LENGTH = 8;

/** The elements of a received command set. */
export class CommandSet {
  readonly #elements: ReadonlyMap<Tag, Buffer>;

  constructor(elements: ReadonlyMap<Tag, Buffer>) {
    this.#elements = elements;
  }

  /** A US element's value, or undefined where it is absent or empty. */
  number(tag: Tag): number | undefined {
    const value = this.#elements.get(tag);
    return value === undefined || value.length < 2 ? undefined : value.readUInt16LE(0);
  }

  /** A UI or LO element's value without padding; '' where it is absent. Bytes stand as Latin-1. */
  text(tag: Tag): string {
    const value = this.#elements.get(tag);
    return value === undefined ? '' : trimPaddingEnd(value.toString('latin1'));
  }

  /** An AT element's tags. */
  tags(tag: Tag): Tag[] {
    const value = this.#elements.get(tag) ?? Buffer.alloc(0);
    const tags: Tag[] = [];
    for (let at = 0; at + 4 <= value.length; at += 4) {
      tags.push(makeTag(value.readUInt16LE(at), value.readUInt16LE(at + 2)));
    }
    return tags;
  }
}

/**
 * Reads a command set.
 * @throws ProtocolError where its bytes are no ascending elements of group 0000.
 */
export function readCommandSet(bytes: Buffer): CommandSet {
  const elements = new Map<Tag, Buffer>();
  let previous = -1;
  let at = 0;
  while (at < bytes.length) {
    if (at + ELEMENT_HEADER_LENGTH > bytes.length) throw new ProtocolError('a command set that is cut short', 0, 0);
    const tag = makeTag(bytes.readUInt16LE(at), bytes.readUInt16LE(at + 2));
    const end = at + ELEMENT_HEADER_LENGTH + bytes.readUInt32LE(at + 4);
    if (groupOf(tag) !== 0 || tag <= previous) {
      throw new ProtocolError(`a command set with ${formatTag(tag)} where it cannot be`, 0, 0);
    }
    if (end > bytes.length) throw new ProtocolError(`a command set whose ${formatTag(tag)} is cut short`, 0, 0);
    elements.set(tag, bytes.subarray(at + ELEMENT_HEADER_LENGTH, end));
    previous = tag;
    at = end;
  }
  return new CommandSet(elements);
}

function valueBytes(value: number | string | readonly Tag[]): Buffer {
  if (typeof value === 'number') {
    const bytes = Buffer.alloc(2);
    bytes.writeUInt16LE(value);
    return bytes;
  }
  if (typeof value === 'string') return Buffer.from(value, 'latin1');
  const bytes = Buffer.alloc(value.length * 4);
  value.forEach((tag, index) => {
    bytes.writeUInt16LE(groupOf(tag), index * 4);
    bytes.writeUInt16LE(tag & 0xffff, index * 4 + 2);
  });
  return bytes;
}

/** Encodes command elements: numbers as US, text as UI or LO, tags as AT. Undefined ones are left out. */
export function writeCommandSet(
  elements: ReadonlyArray<readonly [tag: Tag, value: number | string | readonly Tag[] | undefined]>,
): Buffer {
  const parts: Uint8Array[] = [];
  const add = (tag: Tag, value: Uint8Array): void => {
    const header = Buffer.alloc(ELEMENT_HEADER_LENGTH);
    header.writeUInt16LE(tag & 0xffff, 2);
    header.writeUInt32LE(value.length, 4);
    parts.push(header, value);
  };
  for (const [tag, value] of [...elements].sort(([a], [b]) => a - b)) {
    if (value !== undefined) add(tag, paddedValue(valueBytes(value), tag === COMMAND.ErrorComment ? 'LO' : 'UI'));
  }
  const body = Buffer.concat(parts);
  const groupLength = Buffer.alloc(ELEMENT_HEADER_LENGTH + 4);
  groupLength.writeUInt32LE(4, 4);
  groupLength.writeUInt32LE(body.length, 8);
  return Buffer.concat([groupLength, body]);
}
