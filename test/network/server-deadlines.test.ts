/** Deadlines of the server, on a clock moved by hand; the end of the server, and its limits. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FileError } from '../../src/errors.ts';
import { WorklistServer } from '../../src/network/worklist-server.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { associateRequest, echoRequest, findRequest, RELEASE_REQUEST } from '../support/pdus.ts';
import { recordedLog } from '../support/recorded-log.ts';
import { ScriptedPeer } from '../support/scripted-peer.ts';
import { type ServerUnderTest, startServer } from '../support/worklist-server.ts';

const TIMEOUT = { timeout: 20_000 };
const LIMITS = { acseTimeoutMs: 30_000, dimseTimeoutMs: 60_000, idleTimeoutMs: 600_000 };

/** Waits in real time until something holds, as the socket brings it about. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 1));
}

/** Lets what was sent arrive. */
function arrived(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 30));
}

async function associated({ port }: ServerUnderTest, bytes = associateRequest()): Promise<ScriptedPeer> {
  const peer = await ScriptedPeer.connect(port);
  peer.send(bytes);
  assert.equal((await peer.receive())?.type, 2);
  return peer;
}

test('a silent connection is closed when the association timeout ends, not before', TIMEOUT, async (t) => {
  const clock = fakeClock();
  const { port } = await startServer(t, undefined, { ...LIMITS, clock });
  const peer = await ScriptedPeer.connect(port);
  await until(() => clock.pending > 0);
  clock.advance(29_999);
  await arrived();
  assert.ok(!peer.socket.closed);
  clock.advance(1);
  assert.equal(await peer.receiveText(), 'closed');
});

test('an association request that trickles gets no more time', TIMEOUT, async (t) => {
  const clock = fakeClock();
  const { port } = await startServer(t, undefined, { ...LIMITS, clock });
  const peer = await ScriptedPeer.connect(port);
  await until(() => clock.pending > 0);
  for (const byte of associateRequest().subarray(0, 29)) {
    peer.send(Buffer.from([byte]));
    await arrived();
    clock.advance(1000);
  }
  assert.ok(!peer.socket.closed);
  clock.advance(1000);
  assert.equal(await peer.receiveText(), 'closed');
});

test('a message that trickles is aborted when its time ends', TIMEOUT, async (t) => {
  const clock = fakeClock();
  const server = await startServer(t, undefined, { ...LIMITS, clock });
  const peer = await associated(server);
  for (const byte of findRequest().subarray(0, 6)) {
    peer.send(Buffer.from([byte]));
    await arrived();
    clock.advance(9_000);
  }
  peer.send(findRequest().subarray(6, 7));
  await arrived();
  clock.advance(6_000);
  assert.equal(await peer.receiveText(), '7 00000000');
  assert.ok(server.log.lines.some((line) => line.includes('a message was not completed in time')));
});

test('an identifier that never comes is waited for as long as a message', TIMEOUT, async (t) => {
  const clock = fakeClock();
  const server = await startServer(t, undefined, { ...LIMITS, clock });
  const peer = await associated(server);
  const commandAlone = findRequest().subarray(0, 6 + findRequest().readUInt32BE(2));
  peer.send(commandAlone);
  await arrived();
  clock.advance(59_999);
  await arrived();
  assert.ok(!peer.socket.closed);
  clock.advance(1);
  assert.equal(await peer.receiveText(), '7 00000000');
});

test('each message has its own time', TIMEOUT, async (t) => {
  const clock = fakeClock();
  const server = await startServer(t, undefined, { ...LIMITS, clock });
  const peer = await associated(server);
  for (let messageId = 1; messageId <= 5; messageId += 1) {
    const request = echoRequest(messageId);
    peer.send(request.subarray(0, 10));
    await arrived();
    clock.advance(50_000);
    // The next one begins in the same chunk that completes this one.
    peer.send(request.subarray(10));
    assert.equal(await peer.receiveStatus(), `${messageId} 0`);
  }
  peer.close();
});

test('an idle association is aborted when the idle timeout ends', TIMEOUT, async (t) => {
  const clock = fakeClock();
  const server = await startServer(t, undefined, { ...LIMITS, clock });
  const peer = await associated(server);
  clock.advance(500_000);
  peer.send(echoRequest());
  assert.equal(await peer.receiveStatus(), '1 0');
  await arrived();
  clock.advance(599_999);
  await arrived();
  assert.ok(!peer.socket.closed);
  clock.advance(1);
  assert.equal(await peer.receiveText(), '7 00000000');
});

test('a query may take longer than an idle association may be silent', TIMEOUT, async (t) => {
  const clock = fakeClock();
  let finish = (): void => {};
  const server = await startServer(
    t,
    async function* () {
      await new Promise<void>((resolve) => {
        finish = resolve;
      });
      yield Buffer.alloc(8);
      return { status: 0 };
    },
    { ...LIMITS, clock },
  );
  const peer = await associated(server);
  peer.send(findRequest());
  await until(() => server.requests.length === 1);
  clock.advance(10_000_000);
  finish();
  assert.equal(await peer.receiveStatus(), '1 ff00');
  assert.equal(await peer.receiveStatus(), '1 0');
  peer.close();
});

test('a peer that stops reading is dropped after the deadline, and the handler stops', TIMEOUT, async (t) => {
  const clock = fakeClock();
  let yielded = 0;
  let stopped = false;
  const server = await startServer(
    t,
    async function* () {
      try {
        for (; ; yielded += 1) yield Buffer.alloc(10_000);
      } finally {
        stopped = true;
      }
    },
    { ...LIMITS, clock },
  );
  const peer = await associated(server);
  peer.socket.pause();
  peer.send(findRequest());
  let before = -1;
  await until(() => {
    const stalled = yielded === before && yielded > 0;
    before = yielded;
    return stalled;
  });
  await arrived();
  assert.ok(yielded * 10_000 < 16 * 1024 * 1024, `${yielded} answers of 10 kB`);
  clock.advance(60_000);
  await until(() => stopped);
  assert.ok(server.log.lines.some((line) => line.includes('the peer takes no more data')));
  assert.equal(server.server.associations, 0);
  peer.close();
});

test('a flood of silent connections keeps nobody out, and costs a bounded number of sockets', TIMEOUT, async (t) => {
  const server = await startServer(t);
  const silent: ScriptedPeer[] = [];
  for (let count = 0; count < 300; count += 1) silent.push(await ScriptedPeer.connect(server.port));
  const peer = await associated(server);
  peer.send(RELEASE_REQUEST);
  assert.equal((await peer.receive())?.type, 6);
  await until(() => silent.filter(({ socket }) => socket.closed).length >= 300 - 128);
  for (const each of silent) each.close();
});

test('a host that may not call is not heard at all', TIMEOUT, async (t) => {
  const server = await startServer(t, undefined, { allowAddress: (address) => address === '10.1.1.1' });
  const peer = await ScriptedPeer.connect(server.port);
  peer.send(associateRequest());
  assert.equal(await peer.receiveText(), 'closed');
  assert.deepEqual(server.log.lines, ['warn: connection closed: not among the hosts that may call']);
});

test('a handler that throws when asked to associate costs that association alone', TIMEOUT, async (t) => {
  let asked = 0;
  const server = await startServer(t, undefined, {
    associate: () => {
      asked += 1;
      if (asked === 1) throw new Error('broken');
      return { accepted: true };
    },
  });
  const peer = await ScriptedPeer.connect(server.port);
  peer.send(associateRequest());
  assert.equal(await peer.receiveText(), '7 00000200');
  assert.ok(server.log.lines.some((line) => line.startsWith('error: a bug: Error: broken')));
  (await associated(server)).close();
});

test('at its end a server aborts who is idle and lets running queries end', TIMEOUT, async (t) => {
  let finish = (): void => {};
  const server = await startServer(t, async function* () {
    await new Promise<void>((resolve) => {
      finish = resolve;
    });
    yield Buffer.alloc(8);
    return { status: 0 };
  });
  const idle = await associated(server);
  const busy = await associated(server);
  const silent = await ScriptedPeer.connect(server.port);
  busy.send(findRequest(1), findRequest(2));
  await until(() => server.requests.length === 1);
  const closed = server.server.close(10_000);
  assert.equal(await idle.receiveText(), '7 00000000');
  assert.equal(await silent.receiveText(), 'closed');
  finish();
  assert.equal(await busy.receiveStatus(), '1 ff00');
  assert.equal(await busy.receiveStatus(), '1 0');
  assert.equal(await busy.receiveText(), '7 00000000');
  await closed;
  assert.equal(server.requests.length, 1);
});

test('queries that do not end in time are aborted', TIMEOUT, async (t) => {
  const server = await startServer(t, async function* (request) {
    await new Promise((resolve) => request.signal.addEventListener('abort', resolve));
    yield Buffer.alloc(0);
    return { status: 0 };
  });
  const peers = await Promise.all(Array.from({ length: 20 }, () => associated(server)));
  for (const peer of peers) peer.send(findRequest());
  await until(() => server.requests.length === 20);
  const startedAt = performance.now();
  const closed = server.server.close(100);
  for (const peer of peers) assert.equal(await peer.receiveText(), '7 00000000');
  await closed;
  assert.ok(performance.now() - startedAt < 5000);
});

test('a port in use is a failure that says what to do', TIMEOUT, async (t) => {
  const { port } = await startServer(t);
  const handler = { associate: () => ({ accepted: true }) as const, find: () => Promise.reject() as never };
  const second = new WorklistServer({ handler, log: recordedLog(), host: '127.0.0.1', port });
  await assert.rejects(second.listen(), (error) => {
    assert.ok(error instanceof FileError);
    assert.match(error.message, /the port is in use/);
    assert.match(error.hint ?? '', /--port/);
    return true;
  });
});
