/** PDUs and command sets made by hand (PS3.8 9.3, PS3.7 6.3): independent of the code under test, and free to be wrong. */

export const VERIFICATION = '1.2.840.10008.1.1';
export const WORKLIST = '1.2.840.10008.5.1.4.31';
export const EXPLICIT = '1.2.840.10008.1.2.1';
export const IMPLICIT = '1.2.840.10008.1.2';

export function pdu(type: number, body: Buffer, length = body.length): Buffer {
  const header = Buffer.alloc(6);
  header.writeUInt8(type);
  header.writeUInt32BE(length, 2);
  return Buffer.concat([header, body]);
}

export function item(type: number, body: Buffer | string, length?: number): Buffer {
  const bytes = Buffer.from(body);
  const header = Buffer.from([type, 0, 0, 0]);
  header.writeUInt16BE(length ?? bytes.length, 2);
  return Buffer.concat([header, bytes]);
}

export interface Proposal {
  readonly id: number;
  readonly abstractSyntax: string;
  readonly transferSyntaxes: readonly string[];
}

export interface AssociateFields {
  readonly called?: string;
  readonly calling?: string;
  readonly version?: number;
  readonly applicationContext?: string;
  readonly contexts?: readonly Proposal[];
  readonly maxPdu?: number | undefined;
  /** More items inside the user information. */
  readonly userItems?: readonly Buffer[];
}

export const FIND_CONTEXT: Proposal = { id: 1, abstractSyntax: WORKLIST, transferSyntaxes: [EXPLICIT, IMPLICIT] };
export const ECHO_CONTEXT: Proposal = { id: 3, abstractSyntax: VERIFICATION, transferSyntaxes: [IMPLICIT] };

function contextItem({ id, abstractSyntax, transferSyntaxes }: Proposal): Buffer {
  const syntaxes = transferSyntaxes.map((uid) => item(0x40, uid));
  return item(0x20, Buffer.concat([Buffer.from([id, 0, 0, 0]), item(0x30, abstractSyntax), ...syntaxes]));
}

function titleField(text: string): Buffer {
  return Buffer.from(text.padEnd(16).slice(0, 16), 'latin1');
}

function maxPduItem(maxPdu: number): Buffer {
  const body = Buffer.alloc(4);
  body.writeUInt32BE(maxPdu);
  return item(0x51, body);
}

export function associateRequest(fields: AssociateFields = {}): Buffer {
  const { version = 1, contexts = [FIND_CONTEXT, ECHO_CONTEXT], userItems = [] } = fields;
  const maxPdu = 'maxPdu' in fields ? fields.maxPdu : 16384;
  const head = Buffer.alloc(4);
  head.writeUInt16BE(version);
  return pdu(
    1,
    Buffer.concat([
      head,
      titleField(fields.called ?? 'WORKLIST'),
      titleField(fields.calling ?? 'MODALITY'),
      Buffer.alloc(32),
      item(0x10, fields.applicationContext ?? '1.2.840.10008.3.1.1.1'),
      ...contexts.map(contextItem),
      item(
        0x50,
        Buffer.concat([
          ...(maxPdu === undefined ? [] : [maxPduItem(maxPdu)]),
          item(0x52, '1.2.3.4'),
          item(0x55, 'SCRIPTED'),
          ...userItems,
        ]),
      ),
    ]),
  );
}

/** An accept of these contexts, for a scripted server. */
export function associateAccept(
  contexts: readonly { readonly id: number; readonly result: number; readonly syntax: string }[],
  maxPdu = 16384,
): Buffer {
  return pdu(
    2,
    Buffer.concat([
      Buffer.from([0, 1, 0, 0]),
      titleField('WORKLIST'),
      titleField('WLTOOL'),
      Buffer.alloc(32),
      item(0x10, '1.2.840.10008.3.1.1.1'),
      ...contexts.map(({ id, result, syntax }) =>
        item(0x21, Buffer.concat([Buffer.from([id, 0, result, 0]), item(0x40, syntax)])),
      ),
      item(0x50, Buffer.concat([maxPduItem(maxPdu), item(0x52, '1.2.3.4'), item(0x55, 'SCRIPTED')])),
    ]),
  );
}

export const RELEASE_REQUEST = pdu(5, Buffer.alloc(4));
export const RELEASE_RESPONSE = pdu(6, Buffer.alloc(4));

export function abort(source = 0, reason = 0): Buffer {
  return pdu(7, Buffer.from([0, 0, source, reason]));
}

export function reject(result: number, source: number, reason: number): Buffer {
  return pdu(3, Buffer.from([0, result, source, reason]));
}

export function pdv(contextId: number, control: number, fragment: Buffer, length = fragment.length + 2): Buffer {
  const header = Buffer.alloc(6);
  header.writeUInt32BE(length);
  header.writeUInt8(contextId, 4);
  header.writeUInt8(control, 5);
  return Buffer.concat([header, fragment]);
}

/** One P-DATA-TF with one PDV. */
export function data(contextId: number, control: number, fragment: Buffer): Buffer {
  return pdu(4, pdv(contextId, control, fragment));
}

export const COMMAND_LAST = 3;
export const DATA_LAST = 2;

/** An implicit little endian element. */
export function element(group: number, number: number, value: Buffer | string): Buffer {
  const bytes = Buffer.from(value);
  const header = Buffer.alloc(8);
  header.writeUInt16LE(group);
  header.writeUInt16LE(number, 2);
  header.writeUInt32LE(bytes.length, 4);
  return Buffer.concat([header, bytes]);
}

function us(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

function ui(uid: string): string {
  return uid.length % 2 === 0 ? uid : `${uid}\0`;
}

export interface CommandFields {
  readonly field?: number;
  readonly messageId?: number;
  readonly respondedTo?: number;
  readonly sopClass?: string;
  readonly dataSetType?: number;
  readonly status?: number;
  readonly comment?: string;
  readonly offending?: Buffer;
}

export function command(fields: CommandFields): Buffer {
  const body = Buffer.concat([
    ...(fields.sopClass === undefined ? [] : [element(0, 0x0002, ui(fields.sopClass))]),
    ...(fields.field === undefined ? [] : [element(0, 0x0100, us(fields.field))]),
    ...(fields.messageId === undefined ? [] : [element(0, 0x0110, us(fields.messageId))]),
    ...(fields.respondedTo === undefined ? [] : [element(0, 0x0120, us(fields.respondedTo))]),
    element(0, 0x0800, us(fields.dataSetType ?? 0x0101)),
    ...(fields.status === undefined ? [] : [element(0, 0x0900, us(fields.status))]),
    ...(fields.offending === undefined ? [] : [element(0, 0x0901, fields.offending)]),
    ...(fields.comment === undefined
      ? []
      : [element(0, 0x0902, fields.comment.padEnd(fields.comment.length + (fields.comment.length % 2)))]),
  ]);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(body.length);
  return Buffer.concat([element(0, 0, length), body]);
}

export function echoRequest(messageId = 1, contextId = 3): Buffer {
  return data(contextId, COMMAND_LAST, command({ sopClass: VERIFICATION, field: 0x30, messageId }));
}

/** A C-FIND-RQ with its identifier, in a PDU each. */
export function findRequest(messageId = 1, identifier: Buffer = PATIENT_NAME_KEY, contextId = 1): Buffer {
  const request = command({ sopClass: WORKLIST, field: 0x20, messageId, dataSetType: 1 });
  return Buffer.concat([data(contextId, COMMAND_LAST, request), data(contextId, DATA_LAST, identifier)]);
}

export function cancelRequest(respondedTo: number, contextId = 1): Buffer {
  return data(contextId, COMMAND_LAST, command({ field: 0x0fff, respondedTo }));
}

/** A scripted server's answer: command, and identifier where there is one. */
export function findResponse(
  respondedTo: number,
  status: number,
  identifier?: Buffer,
  extra: CommandFields = {},
): Buffer {
  const response = command({
    sopClass: WORKLIST,
    field: 0x8020,
    respondedTo,
    status,
    dataSetType: identifier === undefined ? 0x0101 : 1,
    ...extra,
  });
  const pdus = [data(1, COMMAND_LAST, response)];
  if (identifier !== undefined) pdus.push(data(1, DATA_LAST, identifier));
  return Buffer.concat(pdus);
}

/** (0010,0010) with zero length, explicit VR little endian. */
export const PATIENT_NAME_KEY = Buffer.from('10001000504e0000', 'hex');

/** A command set's US elements by element number, for what a server sent. */
export function readCommand(bytes: Buffer): Map<number, Buffer> {
  const elements = new Map<number, Buffer>();
  for (let at = 0; at < bytes.length; ) {
    const length = bytes.readUInt32LE(at + 4);
    elements.set(bytes.readUInt16LE(at + 2), bytes.subarray(at + 8, at + 8 + length));
    at += 8 + length;
  }
  return elements;
}
