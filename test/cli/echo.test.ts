import assert from 'node:assert/strict';
import { test } from 'node:test';
import { freePort } from '../support/free-port.ts';
import { reject } from '../support/pdus.ts';
import { scriptedServer } from '../support/scripted-peer.ts';
import { runCli } from '../support/spawn-cli.ts';
import { startServer } from '../support/worklist-server.ts';

const TIMEOUT = { timeout: 60_000 };

test('echo prints what was negotiated and the round-trip time', TIMEOUT, async (t) => {
  const { port } = await startServer(t, undefined, { maxPdu: 32768 });
  const { code, stdout, stderr } = await runCli(['echo', '--aec', 'RIS', '127.0.0.1', String(port)]);
  assert.equal(code, 0, stderr);
  assert.match(
    stdout,
    new RegExp(
      `^peer: +RIS at 127\\.0\\.0\\.1:${port}\nimplementation: +WLTOOL_1 2\\.25\\.\\d+\n` +
        'transfer syntax: +Little Endian Explicit\nmax PDU: +32768\nround trip: +\\d+\\.\\d ms\n$',
    ),
  );
});

test("echoscu's spellings are taken", TIMEOUT, async (t) => {
  const { port, log } = await startServer(t);
  const { code } = await runCli(['echo', '-aet', 'CT1', '-aec', 'RIS', '-to', '5', '-d', '127.0.0.1', String(port)]);
  assert.equal(code, 0);
  assert.ok(log.lines.includes('notice: association released'));
});

const OF_ECHOSCU: readonly (readonly [args: readonly string[], code: number, stderr: RegExp])[] = [
  [['--abort'], 0, /^warning: --abort: ignored; the association is released\n$/],
  [['--repeat', '3'], 2, /--repeat is not supported: one C-ECHO is sent a run/],
  [['-pts', '4'], 2, /-pts is not supported/],
  [['--propose-pc', '4'], 2, /--propose-pc is not supported/],
  [['+vc', 'cert.pem'], 2, /\+vc is not supported.*openssl verify/],
];

for (const [args, status, said] of OF_ECHOSCU) {
  test(`echoscu's ${args.join(' ')} ends with ${status} and says why`, TIMEOUT, async (t) => {
    const { port } = await startServer(t);
    const { code, stderr } = await runCli(['echo', ...args, '127.0.0.1', String(port)]);
    assert.match(stderr, said);
    assert.equal(code, status);
  });
}

test('nobody there is exit 4', TIMEOUT, async () => {
  const { code, stdout, stderr } = await runCli(['echo', '127.0.0.1', String(await freePort())]);
  assert.equal(code, 4);
  assert.equal(stdout, '');
  assert.match(stderr, /connection refused/);
});

test('a rejection is exit 4 with its words', TIMEOUT, async (t) => {
  const port = await scriptedServer(t, async (caller) => {
    await caller.receive();
    caller.send(reject(1, 1, 3));
  });
  const { code, stderr } = await runCli(['echo', '--aet', 'ME', '127.0.0.1', String(port)]);
  assert.equal(code, 4);
  assert.match(stderr, /calling AE title not recognised \(permanent, by the service user\)\n +hint: register "ME"/);
});
