/** `wltool serve` over TLS: who is let in, and what becomes of files that are no good. */

import assert from 'node:assert/strict';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { type TestContext, test } from 'node:test';
import { PeerError } from '../../src/errors.ts';
import { type ClientTls, findWorklist } from '../../src/network/worklist-client.ts';
import { missing, runPeer } from '../support/peers.ts';
import { identifierOf } from '../support/serve-cases.ts';
import { startServe } from '../support/serve-folder.ts';
import { runCli } from '../support/spawn-cli.ts';
import { tempDir } from '../support/temp-dir.ts';
import { entryDataSet, entryFile } from '../support/worklist-entries.ts';

const skip = missing('openssl');

/** A key and a self-signed certificate; each trusts itself alone. */
async function makeIdentity(folder: string, name: string): Promise<void> {
  const files = ['-keyout', `${folder}/${name}.key`, '-out', `${folder}/${name}.pem`];
  const subject = ['-subj', `/CN=${name}`, '-addext', 'subjectAltName=IP:127.0.0.1'];
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  const { code, stderr } = await runPeer('openssl', ['req', '-x509', ...key, ...files, ...subject, '-days', '2']);
  assert.equal(code, 0, stderr);
}

async function setUp(t: TestContext) {
  const folder = await tempDir(t);
  const keys = await tempDir(t);
  writeFileSync(`${folder}/a.wl`, entryFile(entryDataSet('A1')));
  await makeIdentity(keys, 'server');
  await makeIdentity(keys, 'client');
  return { folder, keys };
}

async function count(port: number, tls: ClientTls | undefined): Promise<number> {
  const peer = { host: '127.0.0.1', port, calledAeTitle: 'ANY', callingAeTitle: 'CT01', tls };
  let answers = 0;
  for await (const _ of findWorklist({ ...peer, identifier: identifierOf(['AccessionNumber']) })) answers += 1;
  return answers;
}

test('callers with a trusted certificate are served, others are not', { skip }, async (t) => {
  const { folder, keys } = await setUp(t);
  const files = [
    '--tls-key',
    `${keys}/server.key`,
    '--tls-cert',
    `${keys}/server.pem`,
    '--tls-ca',
    `${keys}/client.pem`,
  ];
  const { port } = await startServe(t, ['-p', '0', ...files, folder]);
  const ca = readFileSync(`${keys}/server.pem`);
  const identity = { key: readFileSync(`${keys}/client.key`), cert: readFileSync(`${keys}/client.pem`) };
  assert.equal(await count(port, { credentials: { ca, ...identity }, verify: true }), 1);
  await assert.rejects(count(port, { credentials: { ca }, verify: true }), PeerError);
  await assert.rejects(count(port, undefined), PeerError);
});

test('--tls-ca and +cf repeat: whom any of them vouches for is trusted', { skip }, async (t) => {
  const { folder, keys } = await setUp(t);
  await makeIdentity(keys, 'other');
  const identity = ['--tls-key', `${keys}/server.key`, '--tls-cert', `${keys}/server.pem`];
  const trusted = ['--tls-ca', `${keys}/client.pem`, '--tls-ca', `${keys}/other.pem`];
  const { port } = await startServe(t, ['-p', '0', ...identity, ...trusted, folder]);
  for (const name of ['client', 'other']) {
    const own = ['+tls', `${keys}/${name}.key`, `${keys}/${name}.pem`];
    const whom = ['+cf', `${keys}/server.pem`, '+cf', `${keys}/other.pem`];
    const { code, stderr } = await runCli(['echo', ...own, ...whom, '127.0.0.1', String(port)]);
    assert.equal(code, 0, stderr);
  }
});

test('SIGHUP takes a new certificate, and keeps the old one where the new is no good', { skip }, async (t) => {
  const { folder, keys } = await setUp(t);
  for (const ending of ['key', 'pem']) copyFileSync(`${keys}/server.${ending}`, `${keys}/now.${ending}`);
  const serve = await startServe(t, [
    '-p',
    '0',
    '--tls-key',
    `${keys}/now.key`,
    '--tls-cert',
    `${keys}/now.pem`,
    folder,
  ]);
  const trusting = (name: string) => ({ credentials: { ca: readFileSync(`${keys}/${name}.pem`) }, verify: true });
  assert.equal(await count(serve.port, trusting('server')), 1);
  writeFileSync(`${keys}/now.pem`, 'no certificate');
  serve.child.kill('SIGHUP');
  await serve.waitFor(/not read anew: .*now\.pem is not a certificate/);
  assert.equal(await count(serve.port, trusting('server')), 1);
  for (const ending of ['key', 'pem']) copyFileSync(`${keys}/client.${ending}`, `${keys}/now.${ending}`);
  serve.child.kill('SIGHUP');
  await serve.waitFor(/\bread anew\n/);
  assert.equal(await count(serve.port, trusting('client')), 1);
});

test('files that are no key and certificate of each other are exit status 3', { skip }, async (t) => {
  const { folder, keys } = await setUp(t);
  const run = (key: string, cert: string) =>
    runCli(['serve', '-p', '0', '--tls-key', `${keys}/${key}`, '--tls-cert', `${keys}/${cert}`, folder]);
  for (const [key, cert, complaint] of [
    ['missing.key', 'server.pem', /missing\.key: no such file/],
    ['server.pem', 'server.pem', /server\.pem is not a private key/],
    ['server.key', 'server.key', /server\.key is not a certificate/],
    ['server.key', 'client.pem', /client\.pem is not the certificate of the key in/],
  ] as const) {
    const { code, stderr } = await run(key, cert);
    assert.equal(code, 3, stderr);
    assert.match(stderr, complaint);
  }
});
