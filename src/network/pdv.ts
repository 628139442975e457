/** Presentation data values (PS3.8 9.3.5, Annex E): taking P-DATA-TF PDUs apart, and filling them. */

import { MAX_SENT_PDU } from './limits.ts';
import { ProtocolError } from './protocol-error.ts';
import { PDU } from './upper-layer.ts';

const PDU_HEADER_LENGTH = 6;
/** Length field, context id and message control header. */
const PDV_HEADER_LENGTH = 6;
const COMMAND_BIT = 1;
const LAST_BIT = 2;

export interface Pdv {
  readonly contextId: number;
  readonly command: boolean;
  readonly last: boolean;
  /** A view of the PDU's bytes. */
  readonly fragment: Buffer;
}

/**
 * The values of one P-DATA-TF PDU, header included.
 * @throws ProtocolError where a length does not fit or no value is in it.
 */
export function readPdvs(pdu: Buffer): Pdv[] {
  const pdvs: Pdv[] = [];
  let offset = PDU_HEADER_LENGTH;
  while (offset < pdu.length) {
    if (offset + PDV_HEADER_LENGTH > pdu.length) throw new ProtocolError('a PDV header that is cut short');
    const length = pdu.readUInt32BE(offset);
    const end = offset + 4 + length;
    if (length < 2 || end > pdu.length) throw new ProtocolError(`a PDV length of ${length} that does not fit its PDU`);
    const control = pdu.readUInt8(offset + 5);
    pdvs.push({
      contextId: pdu.readUInt8(offset + 4),
      command: (control & COMMAND_BIT) !== 0,
      last: (control & LAST_BIT) !== 0,
      fragment: pdu.subarray(offset + PDV_HEADER_LENGTH, end),
    });
    offset = end;
  }
  if (pdvs.length === 0) throw new ProtocolError('a P-DATA-TF PDU without a PDV');
  return pdvs;
}

/** The longest fragment that a peer takes whose stated maximum is this; 0 is no limit (PS3.8 D.1). */
export function longestFragment(peerMaxPdu: number): number {
  const length = Math.min(peerMaxPdu === 0 ? MAX_SENT_PDU : peerMaxPdu, MAX_SENT_PDU) - PDV_HEADER_LENGTH;
  // Fragments have even length (PS3.8 Annex E).
  return length - (length % 2);
}

/** How many bytes `writePdvs` fills for this many bytes of content. */
export function pdvsLength(contentLength: number, fragmentLength: number): number {
  const fragments = Math.max(1, Math.ceil(contentLength / fragmentLength));
  return contentLength + fragments * (PDU_HEADER_LENGTH + PDV_HEADER_LENGTH);
}

/** Writes a command set or an identifier as P-DATA-TF PDUs of one PDV each; returns the offset behind them. */
export function writePdvs(
  target: Buffer,
  offset: number,
  content: Uint8Array,
  where: { readonly contextId: number; readonly command: boolean; readonly fragmentLength: number },
): number {
  let at = offset;
  let start = 0;
  do {
    const end = Math.min(start + where.fragmentLength, content.length);
    target.writeUInt16BE(PDU.data << 8, at);
    target.writeUInt32BE(end - start + PDV_HEADER_LENGTH, at + 2);
    target.writeUInt32BE(end - start + 2, at + 6);
    target.writeUInt8(where.contextId, at + 10);
    target.writeUInt8((where.command ? COMMAND_BIT : 0) | (end === content.length ? LAST_BIT : 0), at + 11);
    target.set(content.subarray(start, end), at + 12);
    at += 12 + end - start;
    start = end;
  } while (start < content.length);
  return at;
}
