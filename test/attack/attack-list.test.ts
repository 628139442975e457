/** Every row of the attack tables against a real server, with a well-behaved client beside it all the time. */

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Attack } from '../support/attack.ts';
import { Bystander, ordinaryLoad, percentile } from '../support/attack-bystander.ts';
import { AttackServer } from '../support/attack-server.ts';
import { RawPeer } from '../support/raw-peer.ts';
import { ASSOCIATION_ATTACKS } from './association-attacks.ts';
import { CONNECTION_ATTACKS } from './connection-attacks.ts';
import { IDENTIFIER_ATTACKS } from './identifier-attacks.ts';
import { MESSAGE_ATTACKS } from './message-attacks.ts';
import { PDU_ATTACKS } from './pdu-attacks.ts';

const TABLES = {
  PDUs: PDU_ATTACKS,
  associations: ASSOCIATION_ATTACKS,
  messages: MESSAGE_ATTACKS,
  identifiers: IDENTIFIER_ATTACKS,
  connections: CONNECTION_ATTACKS,
};
const ENTRIES = 40;
const MAX_GROWTH_MIB = 64;

/** Waiting out deadlines is what most attacks do: they do it together. */
const TOGETHER = 10;

let server: AttackServer;
let bystander: Bystander;
let memoryBefore = 0;

before(async () => {
  server = await AttackServer.start({ entries: ENTRIES });
  await ordinaryLoad({ port: server.port, entries: ENTRIES });
  server.forgetPeak();
  memoryBefore = server.memory().now;
  bystander = new Bystander({ port: server.port, entries: ENTRIES });
});

after(async () => {
  await bystander.stop();
  await server.stop();
});

for (const [theme, attacks] of Object.entries(TABLES)) {
  describe(`attacks by ${theme}`, { concurrency: TOGETHER }, () => {
    for (const attack of attacks) test(`${attack.name}: ${attack.sends}`, () => suffers(attack));
  });
}

test('there are as many attacks as promised, each under a name of its own', () => {
  const names = Object.values(TABLES).flatMap((attacks) => attacks.map(({ name }) => name));
  assert.ok(names.length >= 60, `${names.length} attacks`);
  assert.equal(new Set(names).size, names.length);
});

test('after all attacks every query of the well-behaved client was answered, and no bug was logged', async (t) => {
  await bystander.stop();
  const growth = server.memory().peak - memoryBefore;
  const [p50, p99] = [50, 99].map((percent) => percentile(bystander.latencies, percent).toFixed(1));
  t.diagnostic(`${bystander.answered} of ${bystander.asked} queries answered, p50 ${p50} ms, p99 ${p99} ms`);
  t.diagnostic(`memory grew by ${growth.toFixed(1)} MiB`);
  assert.ok(growth < MAX_GROWTH_MIB, `memory grew by ${growth.toFixed(1)} MiB`);
  assert.deepEqual(bystander.failures, []);
  assert.ok(bystander.asked > 20);
  assert.equal(bystander.answered, bystander.asked);
  assert.ok(server.alive);
  assert.deepEqual(server.bugs(), []);
});

test('the log of all attacks has no control character, and no line that an attacker wrote', () => {
  const log = server.log();
  assert.doesNotMatch(log, /[\0-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e]/);
  assert.doesNotMatch(log, /^(error|warning): (forged|x)/m);
});

async function suffers(attack: Attack): Promise<void> {
  const peer = await RawPeer.connect(server.port);
  await attack.run(peer);
  const transcript = await peer.reaction();
  assert.deepEqual(transcript, attack.expects);
  assert.ok(server.alive, 'the server died');
}
