/** Cuts the byte stream of a connection into PDUs (PS3.8 9.3.1). Lengths are judged before anything is kept. */

import { MAX_ASSOCIATE_LENGTH, PDU_LENGTH_SLACK, SHORT_PDU_LENGTH } from './limits.ts';
import { ProtocolError } from './protocol-error.ts';
import { PDU } from './upper-layer.ts';

const HEADER_LENGTH = 6;

/** Throws where a PDU of this type may not have this length. */
function checkLength(type: number, length: number, maxPdu: number): void {
  switch (type) {
    case PDU.associateRequest:
    case PDU.associateAccept:
      if (length > MAX_ASSOCIATE_LENGTH) throw new ProtocolError(`an A-ASSOCIATE PDU of ${length} bytes`);
      return;
    case PDU.data:
      if (length > maxPdu + PDU_LENGTH_SLACK) {
        throw new ProtocolError(`a P-DATA-TF PDU of ${length} bytes, ${maxPdu} were agreed`);
      }
      return;
    case PDU.associateReject:
    case PDU.releaseRequest:
    case PDU.releaseResponse:
    case PDU.abort:
      if (length !== SHORT_PDU_LENGTH) throw new ProtocolError(`a PDU of type ${type} with ${length} bytes`);
      return;
    default:
      throw new ProtocolError(`a PDU of unknown type ${type.toString(16).padStart(2, '0')}H`, 2, 1);
  }
}

const NOTHING = Buffer.alloc(0);

/** Feed it chunks of any size with `push`, take whole PDUs with `next`. */
export class PduReader {
  readonly #maxPdu: number;
  /** Received and not looked at yet. */
  #chunk: Buffer = NOTHING;
  readonly #header = Buffer.alloc(HEADER_LENGTH);
  /** The PDU that is arriving. Its room is made once, after its length was judged: a trickle costs no more than a burst. */
  #pdu: Buffer | undefined;
  /** Bytes of the header, or of the PDU once there is room for it. */
  #filled = 0;

  constructor(maxPdu: number) {
    this.#maxPdu = maxPdu;
  }

  /** True between PDUs: nothing of a next one has come. */
  get empty(): boolean {
    return this.#filled === 0 && this.#chunk.length === 0;
  }

  push(chunk: Buffer): void {
    this.#chunk = this.#chunk.length === 0 ? chunk : Buffer.concat([this.#chunk, chunk]);
  }

  /**
   * The next whole PDU, header included, or undefined until more bytes come.
   * @throws ProtocolError for an unknown type or a length beyond its type's limit.
   */
  next(): Buffer | undefined {
    if (this.#filled === 0 && this.#chunk.length >= HEADER_LENGTH) {
      const wanted = this.#wantedLength(this.#chunk);
      if (this.#chunk.length >= wanted) return this.#cut(wanted);
    }
    if (this.#pdu === undefined) {
      this.#filled += this.#moveTo(this.#header);
      if (this.#filled < HEADER_LENGTH) return undefined;
      this.#pdu = Buffer.allocUnsafe(this.#wantedLength(this.#header));
      this.#header.copy(this.#pdu);
    }
    this.#filled += this.#moveTo(this.#pdu);
    if (this.#filled < this.#pdu.length) return undefined;
    const pdu = this.#pdu;
    this.#pdu = undefined;
    this.#filled = 0;
    return pdu;
  }

  /** Forgets what came. */
  clear(): void {
    this.#chunk = NOTHING;
    this.#pdu = undefined;
    this.#filled = 0;
  }

  /** The length that a header announces, its own six bytes included. */
  #wantedLength(header: Buffer): number {
    const length = header.readUInt32BE(2);
    checkLength(header.readUInt8(0), length, this.#maxPdu);
    return HEADER_LENGTH + length;
  }

  #cut(length: number): Buffer {
    const front = this.#chunk.subarray(0, length);
    this.#chunk = this.#chunk.subarray(length);
    return front;
  }

  /** Moves what fits of the chunk into the target, behind what it holds; returns how much. */
  #moveTo(target: Buffer): number {
    const count = this.#chunk.copy(target, this.#filled);
    this.#chunk = this.#chunk.subarray(count);
    return count;
  }
}
