/** PDUs as an attacker writes them: every field may be wrong. Nothing of src is used, so that no mistake is shared. */

export const VERIFICATION = '1.2.840.10008.1.1';
export const WORKLIST = '1.2.840.10008.5.1.4.31';
export const IMPLICIT = '1.2.840.10008.1.2';
export const EXPLICIT = '1.2.840.10008.1.2.1';
export const DEFLATED = '1.2.840.10008.1.2.1.99';
export const APPLICATION_CONTEXT = '1.2.840.10008.3.1.1.1';

/** A PDU of any type; `length` is what its header says, if not the truth. */
export function pdu(type: number, body: Uint8Array, length: number = body.length): Buffer {
  const header = Buffer.alloc(6);
  header.writeUInt8(type, 0);
  header.writeUInt32BE(length, 2);
  return Buffer.concat([header, body]);
}

/** An item of an A-ASSOCIATE-RQ. */
export function item(type: number, value: Uint8Array | string, length?: number): Buffer {
  const bytes = typeof value === 'string' ? Buffer.from(value, 'latin1') : Buffer.from(value);
  const header = Buffer.alloc(4);
  header.writeUInt8(type, 0);
  header.writeUInt16BE((length ?? bytes.length) & 0xffff, 2);
  return Buffer.concat([header, bytes]);
}

/** A presentation context item. */
export function context(id: number, abstractSyntax: string, transferSyntaxes: readonly string[]): Buffer {
  const parts = [item(0x30, abstractSyntax), ...transferSyntaxes.map((uid) => item(0x40, uid))];
  return item(0x20, Buffer.concat([Buffer.of(id, 0, 0, 0), ...parts]));
}

/** The maximum length item. */
export function maxLength(bytes: number): Buffer {
  const value = Buffer.alloc(4);
  value.writeUInt32BE(bytes);
  return item(0x51, value);
}

export const USER_INFORMATION = item(
  0x50,
  Buffer.concat([maxLength(16384), item(0x52, '1.2.3.4.5'), item(0x55, 'ATTACKER')]),
);

export const WORKLIST_CONTEXT = context(1, WORKLIST, [EXPLICIT, IMPLICIT]);
export const VERIFICATION_CONTEXT = context(3, VERIFICATION, [IMPLICIT]);

export interface AssociateParts {
  readonly protocolVersion?: number;
  readonly called?: string;
  readonly calling?: string;
  readonly applicationContext?: Uint8Array;
  readonly contexts?: readonly Uint8Array[];
  readonly userInformation?: Uint8Array;
}

/** An A-ASSOCIATE-RQ, in order unless `parts` say otherwise. */
export function associateRequest(parts: AssociateParts = {}): Buffer {
  const fixed = Buffer.alloc(68);
  fixed.writeUInt16BE(parts.protocolVersion ?? 1, 0);
  fixed.write((parts.called ?? 'WORKLIST').padEnd(16).slice(0, 16), 4, 'latin1');
  fixed.write((parts.calling ?? 'ATTACKER').padEnd(16).slice(0, 16), 20, 'latin1');
  return pdu(
    1,
    Buffer.concat([
      fixed,
      parts.applicationContext ?? item(0x10, APPLICATION_CONTEXT),
      ...(parts.contexts ?? [WORKLIST_CONTEXT, VERIFICATION_CONTEXT]),
      parts.userInformation ?? USER_INFORMATION,
    ]),
  );
}

export const RELEASE_REQUEST = pdu(5, Buffer.alloc(4));
export const RELEASE_RESPONSE = pdu(6, Buffer.alloc(4));
export const ABORT = pdu(7, Buffer.of(0, 0, 0, 0));

export interface PdvParts {
  readonly contextId?: number;
  readonly command: boolean;
  readonly last?: boolean;
  /** What the PDV says of its length, if not the truth. */
  readonly length?: number;
}

export function pdv(fragment: Uint8Array, { contextId = 1, command, last = true, length }: PdvParts): Buffer {
  const header = Buffer.alloc(6);
  header.writeUInt32BE(length ?? fragment.length + 2, 0);
  header.writeUInt8(contextId, 4);
  header.writeUInt8((command ? 1 : 0) | (last ? 2 : 0), 5);
  return Buffer.concat([header, fragment]);
}

/** One P-DATA-TF with these PDVs. */
export function dataPdu(...pdvs: readonly Uint8Array[]): Buffer {
  return pdu(4, Buffer.concat(pdvs));
}

/** Bytes in P-DATA-TFs of one PDV each. */
export function fragments(bytes: Uint8Array, parts: PdvParts, size = 16_000): Buffer {
  const pdus: Buffer[] = [];
  for (let at = 0; at < bytes.length || at === 0; at += size) {
    const last = at + size >= bytes.length && parts.last !== false;
    pdus.push(dataPdu(pdv(bytes.subarray(at, at + size), { ...parts, last })));
  }
  return Buffer.concat(pdus);
}

/** An element in implicit VR little endian; `length` is what it says, if not the truth. */
export function implicit(tag: number, value: Uint8Array | string, length?: number): Buffer {
  const bytes = typeof value === 'string' ? even(value) : Buffer.from(value);
  const header = Buffer.alloc(8);
  header.writeUInt16LE(tag >>> 16, 0);
  header.writeUInt16LE(tag & 0xffff, 2);
  header.writeUInt32LE(length ?? bytes.length, 4);
  return Buffer.concat([header, bytes]);
}

/** An element in explicit VR little endian. */
export function explicit(tag: number, vr: string, value: Uint8Array | string, length?: number): Buffer {
  const bytes = typeof value === 'string' ? even(value) : Buffer.from(value);
  const long = /^(OB|OD|OF|OL|OV|OW|SQ|SV|UC|UN|UR|UT|UV)$/.test(vr);
  const header = Buffer.alloc(long ? 12 : 8);
  header.writeUInt16LE(tag >>> 16, 0);
  header.writeUInt16LE(tag & 0xffff, 2);
  header.write(vr, 4, 'latin1');
  if (long) header.writeUInt32LE(length ?? bytes.length, 8);
  else header.writeUInt16LE((length ?? bytes.length) & 0xffff, 6);
  return Buffer.concat([header, bytes]);
}

function even(text: string): Buffer {
  return Buffer.from(text.length % 2 === 0 ? text : `${text}\0`, 'latin1');
}

export function us(value: number): Buffer {
  return Buffer.of(value & 0xff, value >> 8);
}

/** A command set: its elements in implicit VR, group length in front. */
export function commandSet(elements: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(elements);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(body.length);
  return Buffer.concat([implicit(0, length), body]);
}

/** Any request; `dataSet` says whether one follows. */
export function command(field: number, sopClass: string, messageId: number, dataSet: boolean): Buffer {
  return commandSet([
    implicit(0x0002, sopClass),
    implicit(0x0100, us(field)),
    implicit(0x0110, us(messageId)),
    implicit(0x0700, us(0)),
    implicit(0x0800, us(dataSet ? 1 : 0x0101)),
  ]);
}

export const FIND_COMMAND = command(0x0020, WORKLIST, 1, true);

/** A key that every entry of the attacked server matches, and the accession number asked for. */
export const IDENTIFIER = Buffer.concat([explicit(0x00080050, 'SH', ''), explicit(0x00100010, 'PN', '*')]);

/** A whole C-FIND-RQ on context 1. */
export function find(identifier: Uint8Array = IDENTIFIER, messageId = 1): Buffer {
  return Buffer.concat([
    dataPdu(pdv(command(0x0020, WORKLIST, messageId, true), { command: true })),
    fragments(identifier, { command: false }),
  ]);
}

/** A whole C-ECHO-RQ on context 3. */
export function echo(messageId = 1): Buffer {
  return dataPdu(pdv(command(0x0030, VERIFICATION, messageId, false), { contextId: 3, command: true }));
}

/** A C-CANCEL-RQ on context 1. */
export function cancel(messageId: number): Buffer {
  const elements = [implicit(0x0100, us(0x0fff)), implicit(0x0120, us(messageId)), implicit(0x0800, us(0x0101))];
  return dataPdu(pdv(commandSet(elements), { command: true }));
}
