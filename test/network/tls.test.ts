/** TLS on both sides: who is trusted, who is not and why, slow handshakes, new certificates while running. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { PeerError } from '../../src/errors.ts';
import { type ClientTls, echo } from '../../src/network/worklist-client.ts';
import type { ServerTls } from '../../src/network/worklist-server.ts';
import { type Certificates, certificates, type KeyPair } from '../support/certificates.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { missing } from '../support/peers.ts';
import { ScriptedPeer } from '../support/scripted-peer.ts';
import { runCli } from '../support/spawn-cli.ts';
import { startServer } from '../support/worklist-server.ts';

const OPTIONS = { timeout: 60_000, skip: missing('openssl') };

let made: Promise<Certificates> | undefined;

/** Made once for the tests of this file. */
function pki(scope: { after(cleanUp: () => Promise<void>): void }): Promise<Certificates> {
  made ??= certificates(scope);
  return made;
}

function credentials({ key, cert }: KeyPair, ca?: string): ServerTls['credentials'] {
  return { key: readFileSync(key), cert: readFileSync(cert), ca: ca === undefined ? undefined : readFileSync(ca) };
}

function echoOver(port: number, tls: ClientTls | undefined, host = '127.0.0.1') {
  const timeouts = { connectMs: 5000, associationMs: 5000, answerMs: 5000, releaseMs: 5000 };
  return echo({ host, port, callingAeTitle: 'A', calledAeTitle: 'B', timeouts, tls });
}

test('TLS', OPTIONS, async (t) => {
  const { ca, server, client, otherName, expired, selfSigned } = await pki(t);
  const trusting: ClientTls = { credentials: { ca: readFileSync(ca) }, verify: true };
  const start = (pair: KeyPair, clients: ServerTls['clients'] = 'none') =>
    startServer(t, undefined, { tls: { credentials: credentials(pair, ca), clients } });

  await t.test('a trusted server is talked to, by name and by address', async () => {
    const { port } = await start(server);
    assert.ok((await echoOver(port, trusting)).ms > 0);
    assert.ok((await echoOver(port, trusting, 'localhost')).ms > 0);
  });

  const refused: readonly (readonly [what: string, pair: KeyPair, tls: ClientTls, message: RegExp])[] = [
    ['a certificate for another name', otherName, trusting, /not for the address 127\.0\.0\.1/],
    ['an expired certificate', expired, trusting, /has expired/],
    ['a self-signed certificate', selfSigned, trusting, /self-signed and not trusted here/],
    ['an authority that is not trusted', server, { credentials: {}, verify: true }, /authority not trusted here/],
  ];
  for (const [what, pair, tls, message] of refused) {
    await t.test(`${what} is refused, and taken only where nobody looks`, async () => {
      const { port } = await start(pair);
      await assert.rejects(echoOver(port, tls), (error) => {
        assert.ok(error instanceof PeerError, String(error));
        assert.equal(error.phase, 'tls');
        assert.match(error.message, message);
        return true;
      });
      assert.ok((await echoOver(port, { credentials: {}, verify: false })).ms > 0);
    });
  }

  await t.test('a caller must show a certificate where that is required', async () => {
    const { port, log } = await start(server, 'require');
    await assert.rejects(echoOver(port, trusting), (error) => {
      assert.ok(error instanceof PeerError);
      assert.equal(error.phase, 'tls');
      assert.match(error.message, /wants a certificate from us/);
      return true;
    });
    assert.ok(log.lines.some((line) => line.startsWith('warn: no TLS connection')));
    const warned = (why: RegExp): boolean =>
      log.lines.some((line) => line.startsWith('warn: no TLS') && why.test(line));
    assert.ok(warned(/the caller shows no certificate/));
    const stranger = { credentials: credentials(selfSigned, ca), verify: true };
    await assert.rejects(echoOver(port, stranger), PeerError);
    assert.ok(warned(/the caller's certificate is self-signed/));
    assert.ok((await echoOver(port, { credentials: credentials(client, ca), verify: true })).ms > 0);
  });

  await t.test('optional certificates may be left out', async () => {
    const { port } = await start(server, 'optional');
    assert.ok((await echoOver(port, trusting)).ms > 0);
  });

  await t.test('plain DICOM to a TLS port, and TLS to a plain one, say what is wrong', async () => {
    const secure = await start(server);
    await assert.rejects(echoOver(secure.port, undefined), (error) => {
      assert.ok(error instanceof PeerError);
      assert.match(error.hint ?? '', /does it want TLS/);
      return true;
    });
    assert.ok(secure.log.lines.includes('warn: no TLS connection: the caller does not speak TLS'));
    const plain = await startServer(t);
    await assert.rejects(echoOver(plain.port, trusting), (error) => {
      assert.ok(error instanceof PeerError);
      assert.equal(error.phase, 'tls');
      return true;
    });
  });

  await t.test('a handshake that trickles gets no more time', async () => {
    const clock = fakeClock();
    const { port, log } = await startServer(t, undefined, {
      tls: { credentials: credentials(server), clients: 'none' },
      acseTimeoutMs: 30_000,
      clock,
    });
    const peer = await ScriptedPeer.connect(port);
    while (clock.pending === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    // The first bytes of a record that announces a ClientHello.
    for (const byte of Buffer.from('1603010200', 'hex')) {
      peer.send(Buffer.from([byte]));
      await new Promise((resolve) => setTimeout(resolve, 10));
      clock.advance(6000);
    }
    assert.equal(await peer.receiveText(), 'closed');
    assert.ok(log.lines.includes('warn: no TLS connection: the handshake took too long'));
  });

  await t.test('a new certificate serves the next caller', async () => {
    const { port, server: running } = await start(expired);
    await assert.rejects(echoOver(port, trusting), PeerError);
    running.reloadTls(credentials(server));
    assert.ok((await echoOver(port, trusting)).ms > 0);
  });

  await t.test('wltool echo speaks it', async () => {
    const { port } = await start(server, 'require');
    const peer = ['127.0.0.1', String(port)];
    const identity = ['--tls-key', client.key, '--tls-cert', client.cert];
    const good = await runCli(['echo', '--tls-ca', ca, ...identity, ...peer]);
    assert.equal(good.code, 0, good.stderr);
    assert.match(good.stdout, /\(TLS\)/);
    const bad = await runCli(['echo', '--tls', ...peer]);
    assert.equal(bad.code, 4);
    assert.match(bad.stderr, /authority not trusted here\n +hint: .*--tls-ca/);
    const missingFile = await runCli(['echo', '--tls-ca', '/no/such/file', ...peer]);
    assert.equal(missingFile.code, 3);
  });
});
