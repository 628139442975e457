/** A peer that breaks the protocol: what to say in the A-ABORT (PS3.8 9.3.8), and why. Never leaves the network layer. */

/** 0 service user, 2 service provider. */
export type AbortSource = 0 | 2;

/** With source 2: 0 not specified, 1 unrecognised PDU, 2 unexpected PDU, 4, 5, 6 parameter unrecognised, unexpected, invalid. */
export type AbortReason = 0 | 1 | 2 | 4 | 5 | 6;

export class ProtocolError extends Error {
  readonly source: AbortSource;
  readonly reason: AbortReason;

  constructor(message: string, source: AbortSource = 2, reason: AbortReason = 6) {
    super(message);
    this.name = 'ProtocolError';
    this.source = source;
    this.reason = reason;
  }
}
