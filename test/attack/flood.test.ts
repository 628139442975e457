/** Too many at once: connections, associations, and all of an association's memory on all of them. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { deflateRawSync } from 'node:zlib';
import { openAssociation } from '../support/attack.ts';
import { Bystander, ordinaryLoad } from '../support/attack-bystander.ts';
import {
  associateRequest,
  context,
  DEFLATED,
  dataPdu,
  FIND_COMMAND,
  find,
  fragments,
  IMPLICIT,
  implicit,
  pdv,
  RELEASE_REQUEST,
  WORKLIST,
} from '../support/attack-pdu.ts';
import { AttackServer, SHORT_DEADLINES } from '../support/attack-server.ts';
import { OTHER_HOST, RawPeer } from '../support/raw-peer.ts';

const ENTRIES = 40;
/** Deadlines that no peer here waits for. */
const PATIENT = ['--acse-timeout=60', '--dimse-timeout=60', '--idle-timeout=60'];
const MAX_GROWTH_MIB = 64;
/** Answers as long as those that hoarders ask for: the heap is as large as such a load makes it. */
const COMMENT_LENGTH = 8_000;

interface Scope {
  after(cleanUp: () => Promise<void>): void;
}

async function startServer(scope: Scope, args: readonly string[], commentLength = 0): Promise<AttackServer> {
  const server = await AttackServer.start({ entries: ENTRIES, args, commentLength });
  scope.after(async () => {
    await server.stop();
  });
  return server;
}

function startBystander(server: AttackServer, queriesPerAssociation: number): Bystander {
  return new Bystander({ port: server.port, entries: ENTRIES, queriesPerAssociation });
}

async function assertServed(bystander: Bystander): Promise<void> {
  await bystander.stop();
  assert.deepEqual(bystander.failures, []);
  assert.equal(bystander.answered, bystander.asked);
  assert.ok(bystander.asked > 3, `${bystander.asked} queries`);
}

async function connectMany(count: number, port: number, from?: string): Promise<RawPeer[]> {
  const peers: RawPeer[] = [];
  for (let index = 0; index < count; index++) peers.push(await RawPeer.connect(port, from));
  return peers;
}

test('2,000 silent connections keep nobody out, and cost a bounded number of descriptors', async (t) => {
  const server = await startServer(t, PATIENT);
  const before = server.descriptors();
  const bystander = startBystander(server, 1);
  const peers = await connectMany(2_000, server.port, OTHER_HOST);
  await wait(200);
  const open = server.descriptors() - before;
  for (const peer of peers) peer.leave();
  await assertServed(bystander);
  assert.ok(open < 200, `${open} descriptors`);
  assert.deepEqual(server.bugs(), []);
});

test('the surplus over --max-associations is asked to retry; who is in is served', async (t) => {
  const server = await startServer(t, [...PATIENT, '--max-associations=10']);
  const bystander = startBystander(server, 1_000_000);
  while (bystander.answered === 0) await wait(5);
  const holders = await connectMany(9, server.port);
  for (const holder of holders) await openAssociation(holder);
  for (let count = 0; count < 300; count++) {
    const peer = await RawPeer.connect(server.port);
    await peer.send(associateRequest());
    assert.deepEqual(await peer.reaction(), ['reject 2/3/2', 'closed']);
  }
  holders[0]?.reset();
  await holders[0]?.reaction();
  const next = await RawPeer.connect(server.port);
  await openAssociation(next);
  assert.deepEqual(next.transcript, ['accept']);
  for (const peer of [...holders, next]) peer.leave();
  await assertServed(bystander);
});

test('associations opened and dropped by the thousand leave nothing behind', async (t) => {
  const server = await startServer(t, SHORT_DEADLINES);
  const bystander = startBystander(server, 5);
  const before = server.descriptors();
  for (let round = 0; round < 40; round++) {
    const peers = await connectMany(25, server.port);
    await Promise.all(peers.map((peer) => peer.send(associateRequest(), find())));
    for (const peer of peers) peer.reset();
    await Promise.all(peers.map((peer) => peer.reaction()));
  }
  await assertServed(bystander);
  const left = (await server.descriptorsAtMost(before + 1)) - before;
  assert.ok(left <= 1, `${left} descriptors are left`);
  assert.deepEqual(server.bugs(), []);
});

/** What costs most memory for the time that an association lasts. */
const HOARDS: readonly (readonly [name: string, hoard: (peer: RawPeer) => Promise<void>])[] = [
  [
    'identifiers that never end',
    async (peer) => {
      await openAssociation(peer);
      await peer.send(dataPdu(pdv(FIND_COMMAND, { command: true })));
      await peer.send(fragments(Buffer.alloc(65_000), { command: false, last: false }));
    },
  ],
  [
    'queries of 511 keys whose answers are not read',
    async (peer) => {
      await openAssociation(peer, { contexts: [context(1, WORKLIST, [IMPLICIT])] });
      peer.pauseReading();
      const keys = Array.from({ length: 511 }, (_, index) => implicit(0x00110000 + index, ''));
      const query = find(Buffer.concat(keys));
      void peer.send(...new Array<Buffer>(60).fill(query));
      await wait(20);
    },
  ],
  [
    'deflate bombs',
    async (peer) => {
      await openAssociation(peer, { contexts: [context(1, WORKLIST, [DEFLATED])] });
      peer.pauseReading();
      void peer.send(...new Array<Buffer>(20).fill(find(BOMB)));
      await wait(20);
    },
  ],
];

const BOMB = deflateRawSync(Buffer.alloc(50 * 1024 * 1024));

for (const [name, hoard] of HOARDS) {
  test(`49 associations of ${name} cost less than ${MAX_GROWTH_MIB} MiB`, async (t) => {
    const server = await startServer(t, PATIENT, COMMENT_LENGTH);
    await ordinaryLoad({ port: server.port, entries: ENTRIES, withComments: true });
    const bystander = startBystander(server, 1_000_000);
    server.forgetPeak();
    const before = server.memory().now;
    const peers = await connectMany(49, server.port);
    for (const peer of peers) await hoard(peer);
    await wait(3_000);
    const growth = server.memory().peak - before;
    for (const peer of peers) peer.leave();
    await assertServed(bystander);
    t.diagnostic(`grew by ${growth.toFixed(1)} MiB`);
    assert.ok(growth < MAX_GROWTH_MIB, `grew by ${growth.toFixed(1)} MiB`);
    assert.deepEqual(server.bugs(), []);
  });
}

test('128 association requests of 160 KiB that never end cost less than 64 MiB', async (t) => {
  const server = await startServer(t, PATIENT);
  await ordinaryLoad({ port: server.port, entries: ENTRIES });
  const bystander = startBystander(server, 1_000_000);
  server.forgetPeak();
  const before = server.memory().now;
  const peers = await connectMany(128, server.port);
  for (const peer of peers) await peer.send(Buffer.from('010000028000', 'hex'), Buffer.alloc(160 * 1024 - 1, 1));
  await wait(500);
  const growth = server.memory().peak - before;
  for (const peer of peers) peer.leave();
  await assertServed(bystander);
  t.diagnostic(`grew by ${growth.toFixed(1)} MiB`);
  assert.ok(growth < MAX_GROWTH_MIB, `grew by ${growth.toFixed(1)} MiB`);
});

test('peers that come, release, and never close go away by themselves', async (t) => {
  const server = await startServer(t, SHORT_DEADLINES);
  const before = server.descriptors();
  const peers = await connectMany(50, server.port);
  for (const peer of peers) {
    peer.pauseReading();
    await peer.send(associateRequest(), RELEASE_REQUEST);
  }
  assert.equal(await server.descriptorsAtMost(before), before);
  for (const peer of peers) peer.leave();
});
