/** Signals and mishaps of a server that is at work: nothing half, nothing lost, nothing that ends it but the request to. */

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { openAssociation } from '../support/attack.ts';
import { Bystander } from '../support/attack-bystander.ts';
import { associateRequest, find, RELEASE_REQUEST } from '../support/attack-pdu.ts';
import { AttackServer } from '../support/attack-server.ts';
import { RawPeer } from '../support/raw-peer.ts';
import { WLTOOL } from '../support/spawn-cli.ts';
import { tempDir } from '../support/temp-dir.ts';
import { entryDataSet, entryFile } from '../support/worklist-entries.ts';

const FINDS = 50;
const MOST_MS = 6_000;

interface Scope {
  after(cleanUp: () => Promise<void>): void;
}

async function startServer(t: Scope, entries: number, args: readonly string[], env?: NodeJS.ProcessEnv) {
  const server = await AttackServer.start({ entries, args, ...(env && { env }) });
  t.after(async () => {
    await server.stop();
  });
  return server;
}

/** Fifty finds under way, then SIGTERM; how each ended, and how long the server took. */
async function terminated(server: AttackServer) {
  const peers: RawPeer[] = [];
  for (let count = 0; count < FINDS; count++) {
    const peer = await RawPeer.connect(server.port);
    await openAssociation(peer);
    peers.push(peer);
  }
  await Promise.all(peers.map((peer) => peer.send(find())));
  await Promise.all(peers.map((peer) => peer.hear('pending')));
  const startedAt = performance.now();
  server.signal('SIGTERM');
  const transcripts = await Promise.all(peers.map((peer) => peer.reaction()));
  const status = await server.exitStatus();
  return { peers, transcripts, status, ms: performance.now() - startedAt };
}

test(`SIGTERM during ${FINDS} finds that end in time: each is answered whole`, async (t) => {
  const entries = 100;
  const server = await startServer(t, entries, ['--sleep-during=0.01']);
  const { peers, transcripts, status, ms } = await terminated(server);
  for (const transcript of transcripts) {
    assert.deepEqual(transcript, ['accept', 'pending', 'find 0000', 'abort 0/0', 'closed']);
  }
  assert.ok(peers.every(({ answers }) => answers === entries));
  assert.equal(status, 0);
  assert.ok(ms < MOST_MS, `${ms} ms`);
});

test(`SIGTERM during ${FINDS} finds that would take longer: each ends with an abort`, async (t) => {
  const server = await startServer(t, 200, ['--sleep-during=0.2']);
  const { transcripts, status, ms } = await terminated(server);
  for (const transcript of transcripts) assert.deepEqual(transcript, ['accept', 'pending', 'abort 0/0', 'closed']);
  assert.equal(status, 0);
  assert.ok(ms < MOST_MS, `${ms} ms`);
});

test('SIGTERM does not wait for peers that are done and do not close', async (t) => {
  const server = await startServer(t, 1, []);
  const peer = await RawPeer.connect(server.port);
  peer.pauseReading();
  await peer.send(associateRequest(), RELEASE_REQUEST);
  await wait(200);
  const startedAt = performance.now();
  server.signal('SIGTERM');
  assert.equal(await server.exitStatus(), 0);
  const ms = performance.now() - startedAt;
  peer.leave();
  assert.ok(ms < 2_000, `${ms} ms`);
});

test('SIGHUP again and again costs no query', async (t) => {
  const entries = 40;
  const server = await startServer(t, entries, []);
  const bystander = new Bystander({ port: server.port, entries, pauseMs: 0 });
  for (let count = 0; count < 30; count++) {
    server.signal('SIGHUP');
    await wait(30);
  }
  await bystander.stop();
  assert.deepEqual(bystander.failures, []);
  assert.ok(bystander.answered > 10);
  assert.ok((server.log().match(/read anew/g) ?? []).length > 10);
});

const PLANTED = [
  ['a rejection that nobody handles', `void Promise.reject(new Error('planted'))`],
  ['an exception that nobody catches', `throw new Error('planted')`],
] as const;

for (const [name, statement] of PLANTED) {
  test(`${name} is logged as a bug, and the server keeps serving`, async (t) => {
    const entries = 5;
    const option = `--import=data:text/javascript,${encodeURIComponent(`setTimeout(() => { ${statement}; }, 1500)`)}`;
    const server = await startServer(t, entries, [], { NODE_OPTIONS: option });
    const bystander = new Bystander({ port: server.port, entries });
    while (!server.log().includes('planted')) await wait(50);
    const before = bystander.answered;
    while (bystander.answered < before + 20) await wait(20);
    await bystander.stop();
    assert.deepEqual(bystander.failures, []);
    assert.match(server.log(), /error: a bug in wltool.*planted/);
  });
}

test('a log that nobody reads, or can read, costs no query and a bounded amount of memory', async (t) => {
  const entries = 5;
  const folder = join(await tempDir(t), 'worklist');
  await mkdir(folder);
  for (let index = 0; index < entries; index++) {
    await writeFile(join(folder, `${index}.wl`), entryFile(entryDataSet(`A${index}`)));
  }
  const args = [...WLTOOL, 'serve', '-vv', folder, '--port=0', '--host=127.0.0.1'];
  for (const manner of ['never read', 'closed'] as const) {
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    const [said] = await once(child.stdout, 'data');
    const port = Number(/:(\d+)/.exec(String(said))?.[1]);
    if (manner === 'closed') child.stderr.destroy();
    const bystander = new Bystander({ port, entries, pauseMs: 0 });
    while (bystander.answered < 2_000 && child.exitCode === null) await wait(20);
    await bystander.stop();
    child.kill('SIGTERM');
    await wait(manner === 'never read' ? 500 : 0);
    child.stderr.resume();
    await once(child, 'close');
    assert.deepEqual(bystander.failures, [], manner);
    assert.equal(child.exitCode, 0, manner);
  }
});
