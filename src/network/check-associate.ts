/**
 * Judges an A-ASSOCIATE-RQ (PS3.8 9.3.2) before the library parses it, and hands it on in the plain form that the
 * library reads rightly: items in order, contexts ascending by id, only the user items that count here.
 */

import { trimPaddingEnd } from '../dicom/trim-padding.ts';
import { DEFAULT_PEER_MAX_PDU, MAX_ASSOCIATE_ITEMS, MAX_CONTEXTS } from './limits.ts';
import { ProtocolError } from './protocol-error.ts';

const FIXED_LENGTH = 74;
const ITEM_HEADER_LENGTH = 4;

const ITEM = {
  applicationContext: 0x10,
  presentationContext: 0x20,
  abstractSyntax: 0x30,
  transferSyntax: 0x40,
  userInformation: 0x50,
  maxLength: 0x51,
  implementationClass: 0x52,
  implementationVersion: 0x55,
} as const;

export interface CheckedAssociateRequest {
  readonly protocolVersion: number;
  readonly applicationContext: string;
  /** The same request in plain form. */
  readonly pdu: Buffer;
}

interface Item {
  readonly type: number;
  /** Header included. */
  readonly bytes: Buffer;
  readonly value: Buffer;
}

/** Splits a run of items, each counted against the PDU's budget. */
function splitItems(bytes: Buffer, budget: { left: number }): Item[] {
  const items: Item[] = [];
  let at = 0;
  while (at < bytes.length) {
    budget.left -= 1;
    if (budget.left < 0) throw new ProtocolError('an A-ASSOCIATE-RQ with too many items', 0, 0);
    if (at + ITEM_HEADER_LENGTH > bytes.length) throw new ProtocolError('an A-ASSOCIATE-RQ item cut short', 0, 0);
    const end = at + ITEM_HEADER_LENGTH + bytes.readUInt16BE(at + 2);
    if (end > bytes.length) throw new ProtocolError('an A-ASSOCIATE-RQ item that overruns', 0, 0);
    items.push({
      type: bytes.readUInt8(at),
      bytes: bytes.subarray(at, end),
      value: bytes.subarray(at + ITEM_HEADER_LENGTH, end),
    });
    at = end;
  }
  return items;
}

function makeItem(type: number, value: Buffer): Buffer {
  const header = Buffer.from([type, 0, value.length >> 8, value.length & 0xff]);
  return Buffer.concat([header, value]);
}

/** A context's id with its item, abstract syntax first. */
function checkContext(item: Item, budget: { left: number }): readonly [id: number, bytes: Buffer] {
  if (item.value.length < ITEM_HEADER_LENGTH) throw new ProtocolError('a presentation context cut short', 0, 0);
  const subItems = splitItems(item.value.subarray(ITEM_HEADER_LENGTH), budget);
  const abstract = subItems.filter((subItem) => subItem.type === ITEM.abstractSyntax);
  const transfer = subItems.filter((subItem) => subItem.type === ITEM.transferSyntax);
  const id = item.value.readUInt8(0);
  if (abstract.length !== 1 || transfer.length === 0) {
    throw new ProtocolError(`presentation context ${id} without its abstract and transfer syntaxes`, 0, 0);
  }
  const head = item.value.subarray(0, ITEM_HEADER_LENGTH);
  const plain = [...abstract, ...transfer].map((subItem) => subItem.bytes);
  return [id, makeItem(ITEM.presentationContext, Buffer.concat([head, ...plain]))];
}

/** Maximum length, implementation class and version name; roles, windows, identities are not negotiated. */
function checkUserInformation(items: readonly Item[], budget: { left: number }): Buffer {
  const subItems = items.flatMap((item) => splitItems(item.value, budget));
  const last = (type: number): Item | undefined => subItems.findLast((subItem) => subItem.type === type);
  const maxLength = last(ITEM.maxLength);
  if (maxLength !== undefined && maxLength.value.length !== 4) {
    throw new ProtocolError('a maximum length item that has not 4 bytes', 0, 0);
  }
  const stated = maxLength?.value ?? Buffer.from([0, 0, DEFAULT_PEER_MAX_PDU >> 8, DEFAULT_PEER_MAX_PDU & 0xff]);
  const implementationClass = last(ITEM.implementationClass)?.value ?? Buffer.alloc(0);
  const implementationVersion = last(ITEM.implementationVersion)?.value ?? Buffer.alloc(0);
  return makeItem(
    ITEM.userInformation,
    Buffer.concat([
      makeItem(ITEM.maxLength, stated),
      makeItem(ITEM.implementationClass, implementationClass.subarray(0, 64)),
      makeItem(ITEM.implementationVersion, implementationVersion.subarray(0, 16)),
    ]),
  );
}

/**
 * Checks lengths, counts and order of everything in the PDU, header included.
 * @throws ProtocolError where it cannot be an A-ASSOCIATE-RQ (AA-1: aborted by the service user).
 */
export function checkAssociateRequest(pdu: Buffer): CheckedAssociateRequest {
  if (pdu.length < FIXED_LENGTH) throw new ProtocolError('an A-ASSOCIATE-RQ cut short', 0, 0);
  const budget = { left: MAX_ASSOCIATE_ITEMS };
  const items = splitItems(pdu.subarray(FIXED_LENGTH), budget);
  const ofType = (type: number): Item[] => items.filter((item) => item.type === type);

  const applicationContext = ofType(ITEM.applicationContext)[0];
  if (applicationContext === undefined) throw new ProtocolError('no application context', 0, 0);
  const contexts = new Map(ofType(ITEM.presentationContext).map((item) => checkContext(item, budget)));
  const proposed = ofType(ITEM.presentationContext).length;
  if (proposed === 0 || proposed > MAX_CONTEXTS) throw new ProtocolError(`${proposed} presentation contexts`, 0, 0);
  if (contexts.size !== proposed) throw new ProtocolError('two presentation contexts with one id', 0, 0);

  const plain = Buffer.concat([
    pdu.subarray(0, FIXED_LENGTH),
    applicationContext.bytes,
    ...[...contexts].sort(([a], [b]) => a - b).map(([, bytes]) => bytes),
    checkUserInformation(ofType(ITEM.userInformation), budget),
  ]);
  plain.writeUInt32BE(plain.length - 6, 2);
  return {
    protocolVersion: pdu.readUInt16BE(6),
    applicationContext: trimPaddingEnd(applicationContext.value.toString('latin1')),
    pdu: plain,
  };
}
