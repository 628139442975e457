import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reactionTo, type UpperLayerState } from '../../../src/network/upper-layer.ts';

/** A-ASSOCIATE-RQ, -AC, -RJ, P-DATA-TF, A-RELEASE-RQ, -RP, A-ABORT, then a type that does not exist. */
const TYPES = [1, 2, 3, 4, 5, 6, 7, 8];

/** One word per type: the reaction, or !source.reason of an A-ABORT (PS3.8 Table 9-10). */
const ACCEPTOR: Readonly<Record<UpperLayerState, string>> = {
  associating: 'request !0.0 !0.0 !0.0 !0.0 !0.0 aborted !0.0',
  open: '!2.2 !2.2 !2.2 data release !2.2 aborted !2.1',
  releasing: '!2.2 !2.2 !2.2 !2.2 !2.2 !2.2 aborted !2.1',
  closing: 'ignore ignore ignore ignore ignore ignore aborted ignore',
  closed: 'ignore ignore ignore ignore ignore ignore ignore ignore',
};

const REQUESTOR: Readonly<Record<UpperLayerState, string>> = {
  associating: '!2.2 accept reject !2.2 !2.2 !2.2 aborted !2.1',
  open: '!2.2 !2.2 !2.2 data release !2.2 aborted !2.1',
  releasing: '!2.2 !2.2 !2.2 ignore release released aborted !2.1',
  closing: 'ignore ignore ignore ignore ignore ignore aborted ignore',
  closed: 'ignore ignore ignore ignore ignore ignore ignore ignore',
};

for (const [role, table] of [
  ['acceptor', ACCEPTOR],
  ['requestor', REQUESTOR],
] as const) {
  for (const state of Object.keys(table) as UpperLayerState[]) {
    test(`an ${role} in state ${state} reacts to each PDU as PS3.8 9.2 says`, () => {
      const reactions = TYPES.map((type) => reactionTo(role, state, type)).map((reaction) =>
        reaction.kind === 'abort' ? `!${reaction.source}.${reaction.reason}` : reaction.kind,
      );
      assert.equal(reactions.join(' '), table[state]);
    });
  }
}
