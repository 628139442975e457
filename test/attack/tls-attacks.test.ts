/** The TLS port: handshakes that are none, never end, use what is broken, or show no certificate. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { type ConnectionOptions, connect } from 'node:tls';
import { TAG } from '../../src/dicom/tag.ts';
import { type ClientTls, WorklistClient } from '../../src/network/worklist-client.ts';
import { Bystander } from '../support/attack-bystander.ts';
import { associateRequest, find } from '../support/attack-pdu.ts';
import { AttackServer, SHORT_DEADLINES } from '../support/attack-server.ts';
import { type Certificates, certificates } from '../support/certificates.ts';
import { missing } from '../support/peers.ts';
import { OTHER_HOST, RawPeer } from '../support/raw-peer.ts';
import { dataSetOf } from '../support/worklist-entries.ts';

const ENTRIES = 20;
const skip = missing('openssl');

/** The beginning of a handshake, its length field true. */
const CLIENT_HELLO = Buffer.from(`1603010200010001fc0303${'07'.repeat(501)}`, 'hex');

/** Bytes in the clear on the TLS port; each ends with the connection closed, and nothing that a DICOM peer could read. */
const IN_THE_CLEAR: Readonly<Record<string, (peer: RawPeer) => Promise<void>>> = {
  'an association without TLS': (peer) => peer.send(associateRequest(), find()),
  'an HTTP request': (peer) => peer.send(Buffer.from('GET / HTTP/1.1\r\n\r\n')),
  noise: (peer) => peer.send(Buffer.alloc(100_000, 0xa5)),
  'a ClientHello of noise': (peer) => peer.send(CLIENT_HELLO),
  'a record of 64 KiB': (peer) => peer.send(Buffer.from('160301ffff', 'hex'), Buffer.alloc(65_535)),
  silence: async () => undefined,
  'half a ClientHello': (peer) => peer.send(CLIENT_HELLO.subarray(0, 50)),
  'a ClientHello of one byte every 50 ms': (peer) => peer.trickle(CLIENT_HELLO, 50),
  'SSLv2 ClientHello': (peer) =>
    peer.send(Buffer.from('802e0100020015000000100100800200800300800400800500800600400700c0', 'hex')),
};

describe('attacks on the TLS port', { skip }, () => {
  let server: AttackServer;
  let bystander: Bystander;
  let files: Certificates;
  const cleanUps: (() => Promise<void>)[] = [];

  before(async () => {
    files = await certificates({ after: (cleanUp) => cleanUps.push(cleanUp) });
    server = await AttackServer.start({
      entries: ENTRIES,
      args: [
        ...SHORT_DEADLINES,
        ...[`--tls-key=${files.server.key}`, `--tls-cert=${files.server.cert}`, `--tls-ca=${files.ca}`],
      ],
    });
    bystander = new Bystander({ port: server.port, entries: ENTRIES, tls: clientTls(files) });
  });

  after(async () => {
    await bystander.stop();
    await server.stop();
    for (const cleanUp of cleanUps) await cleanUp();
  });

  for (const [name, attack] of Object.entries(IN_THE_CLEAR)) {
    test(name, async () => {
      const peer = await RawPeer.connect(server.port);
      await attack(peer);
      const transcript = await peer.reaction();
      assert.equal(transcript.at(-1), 'closed');
      assert.ok(!transcript.some((word) => word.startsWith('accept') || word.startsWith('find')));
    });
  }

  const REFUSED: Readonly<Record<string, () => ConnectionOptions>> = {
    'TLS 1.1': () => ({
      ...identity(files.client),
      minVersion: 'TLSv1',
      maxVersion: 'TLSv1.1',
      ciphers: 'ALL@SECLEVEL=0',
    }),
    'a cipher suite without forward secrecy': () => ({
      ...identity(files.client),
      maxVersion: 'TLSv1.2',
      ciphers: 'AES128-GCM-SHA256',
    }),
    'a CBC cipher suite': () => ({
      ...identity(files.client),
      maxVersion: 'TLSv1.2',
      ciphers: 'ECDHE-ECDSA-AES128-SHA',
    }),
    'no certificate': () => ({}),
    'a certificate signed by itself': () => identity(files.selfSigned),
    'an expired certificate': () => identity(files.expired),
  };
  for (const [name, options] of Object.entries(REFUSED)) {
    test(`${name} is refused`, async () => {
      const socket = connect({ host: '127.0.0.1', port: server.port, rejectUnauthorized: false, ...options() });
      let heard = 0;
      socket.on('data', (chunk) => {
        heard += chunk.length;
      });
      socket.on('error', () => undefined);
      socket.on('secureConnect', () => socket.write(associateRequest()));
      await new Promise<void>((resolve) => socket.once('close', () => resolve()));
      assert.equal(heard, 0);
    });
  }

  test('300 handshakes that never end keep nobody out', async () => {
    const asked = bystander.asked;
    const peers: RawPeer[] = [];
    for (let count = 0; count < 300; count++) {
      const peer = await RawPeer.connect(server.port, OTHER_HOST);
      await peer.send(CLIENT_HELLO.subarray(0, 50));
      peers.push(peer);
    }
    while (bystander.asked < asked + 20 && bystander.failures.length === 0) await wait(20);
    for (const peer of peers) peer.leave();
  });

  test('after all that every query of the client with a certificate was answered', async () => {
    await bystander.stop();
    assert.deepEqual(bystander.failures, []);
    assert.ok(bystander.answered > 20);
    assert.ok(server.alive);
    assert.deepEqual(server.bugs(), []);
    assert.doesNotMatch(server.log(), /[\0-\x09\x0b-\x1f\x7f-\x9f]/);
  });
});

test('SIGTERM lets queries over TLS end, too', { skip }, async (t) => {
  const files = await certificates(t);
  const args = [`--tls-key=${files.server.key}`, `--tls-cert=${files.server.cert}`, '--sleep-during=0.05'];
  const server = await AttackServer.start({ entries: ENTRIES, args });
  t.after(async () => {
    await server.stop();
  });
  const client = await WorklistClient.connect({
    host: '127.0.0.1',
    port: server.port,
    callingAeTitle: 'CT01',
    calledAeTitle: 'WORKLIST',
    service: 'find',
    tls: clientTls(files),
  });
  let answers = 0;
  for await (const _ of client.find(dataSetOf({ [TAG.AccessionNumber]: 'A*' }))) {
    answers += 1;
    if (answers === 1) server.signal('SIGTERM');
  }
  assert.equal(answers, ENTRIES);
  assert.equal(await server.exitStatus(), 0);
});

function clientTls(files: Certificates): ClientTls {
  const { key, cert } = files.client;
  const credentials = { key: readFileSync(key), cert: readFileSync(cert), ca: readFileSync(files.ca) };
  return { credentials, verify: true };
}

function identity({ key, cert }: { readonly key: string; readonly cert: string }): ConnectionOptions {
  return { key: readFileSync(key), cert: readFileSync(cert) };
}
