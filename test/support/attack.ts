/** An attack as a row of a table: what a peer sends, and what the server has to make of it. */

import { type AssociateParts, associateRequest } from './attack-pdu.ts';
import type { RawPeer } from './raw-peer.ts';

export interface Attack {
  readonly name: string;
  /** What is sent, in a phrase. */
  readonly sends: string;
  /** The server's whole reaction, in the words of RawPeer's transcript. */
  readonly expects: readonly string[];
  readonly run: (peer: RawPeer) => Promise<void>;
}

/** Bytes on a fresh connection. */
export function unannounced(
  name: string,
  sends: string,
  bytes: readonly Uint8Array[],
  expects: readonly string[],
): Attack {
  return { name, sends, expects, run: (peer) => peer.send(...bytes) };
}

/** Bytes on an open association, which the server accepts first. */
export function associated(
  name: string,
  sends: string,
  bytes: readonly Uint8Array[],
  expects: readonly string[],
  parts: AssociateParts = {},
): Attack {
  return {
    name,
    sends,
    expects: ['accept', ...expects],
    run: async (peer) => {
      await openAssociation(peer, parts);
      await peer.send(...bytes);
    },
  };
}

export async function openAssociation(peer: RawPeer, parts: AssociateParts = {}): Promise<void> {
  await peer.send(associateRequest(parts));
  await peer.hear('accept');
}
