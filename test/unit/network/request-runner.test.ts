import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EXPLICIT_LITTLE } from '../../../src/codec/transfer-syntax.ts';
import type { FindOutcome, FindRequest, WorklistHandler } from '../../../src/network/handler.ts';
import type { Request } from '../../../src/network/request.ts';
import { RequestRunner } from '../../../src/network/request-runner.ts';
import { readCommand, VERIFICATION, WORKLIST } from '../../support/pdus.ts';

type FindScript = (request: FindRequest) => AsyncGenerator<Uint8Array, FindOutcome>;

interface Bench {
  readonly runner: RequestRunner;
  /** "messageId status" of each response, in the order sent. */
  readonly responses: string[];
  readonly writes: Buffer[];
  readonly failures: unknown[];
  /** Resolves once everything taken was answered. */
  settled(): Promise<void>;
}

function bench(find: FindScript, send: (bytes: Buffer) => Promise<boolean> = async () => true): Bench {
  const responses: string[] = [];
  const writes: Buffer[] = [];
  const failures: unknown[] = [];
  const handler: WorklistHandler = { associate: () => ({ accepted: true }), find };
  const runner = new RequestRunner({
    handler,
    association: {
      callingAeTitle: 'CT',
      calledAeTitle: 'RIS',
      peerAddress: '127.0.0.1',
      implementationClassUid: '',
      implementationVersionName: '',
    },
    fragmentLength: 16378,
    send: (bytes) => {
      writes.push(bytes);
      responses.push(...statusesIn(bytes));
      return send(bytes);
    },
    answered: () => {},
    queryFailed: (error) => failures.push(error),
    failed: (error) => failures.push(error),
  });
  const settled = async (): Promise<void> => {
    while (!runner.idle) await new Promise((resolve) => setImmediate(resolve));
  };
  return { runner, responses, writes, failures, settled };
}

function statusesIn(bytes: Buffer): string[] {
  const statuses: string[] = [];
  for (let at = 0; at < bytes.length; at += 6 + bytes.readUInt32BE(at + 2)) {
    if ((bytes.readUInt8(at + 11) & 1) === 0) continue;
    const command = readCommand(bytes.subarray(at + 12, at + 6 + bytes.readUInt32BE(at + 2)));
    statuses.push(`${command.get(0x0120)?.readUInt16LE(0)} ${command.get(0x0900)?.readUInt16LE(0).toString(16)}`);
  }
  return statuses;
}

function find(messageId: number, identifier: Buffer = Buffer.alloc(0)): Request {
  const reply = { contextId: 1, messageId, commandField: 0x8020, sopClass: WORKLIST };
  return { kind: 'find', reply, syntax: EXPLICIT_LITTLE, identifier };
}

function echo(messageId: number): Request {
  return { kind: 'echo', reply: { contextId: 3, messageId, commandField: 0x8030, sopClass: VERIFICATION } };
}

async function* answers(count: number, length = 10): AsyncGenerator<Uint8Array, FindOutcome> {
  for (let index = 0; index < count; index += 1) yield Buffer.alloc(length);
  return { status: 0 };
}

test('requests are answered in the order they came', async () => {
  const { runner, responses, settled } = bench((request) => answers(request.messageId === 1 ? 2 : 1));
  for (const request of [find(1), echo(2), find(3)]) runner.take(request);
  await settled();
  assert.deepEqual(responses, ['1 ff00', '1 ff00', '1 0', '2 0', '3 ff00', '3 0']);
});

test('few answers and the final status go out in one write', async () => {
  const { runner, writes, settled } = bench(() => answers(20));
  runner.take(find(1));
  await settled();
  assert.equal(writes.length, 1);
});

test('many answers go out in writes of about 64 KiB', async () => {
  const { runner, writes, responses, settled } = bench(() => answers(1000, 1000));
  runner.take(find(1));
  await settled();
  assert.equal(responses.length, 1001);
  assert.ok(writes.length >= 10 && writes.length <= 20, `${writes.length} writes`);
  assert.ok(writes.every((write) => write.length <= 64 * 1024 + 2000));
});

test('an answer does not wait for the next one', async () => {
  let goOn = (): void => {};
  const { runner, responses, settled } = bench(async function* () {
    yield Buffer.alloc(2);
    await new Promise<void>((resolve) => {
      goOn = resolve;
    });
    return { status: 0 };
  });
  runner.take(find(1));
  while (responses.length === 0) await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(responses, ['1 ff00']);
  goOn();
  await settled();
  assert.deepEqual(responses, ['1 ff00', '1 0']);
});

test('a slow peer holds the handler back', async () => {
  let yielded = 0;
  const stuck = new Promise<boolean>(() => {});
  const { runner } = bench(
    async function* () {
      for (; ; yielded += 1) yield Buffer.alloc(1000);
    },
    () => stuck,
  );
  runner.take(find(1));
  for (let turn = 0; turn < 50; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  assert.ok(yielded < 200, `${yielded} answers`);
});

test('a slow peer holds back a handler that gives one answer a turn, too', async () => {
  let yielded = 0;
  const stuck = new Promise<boolean>(() => {});
  const { runner } = bench(
    async function* () {
      for (; ; yielded += 1) {
        await new Promise((resolve) => setImmediate(resolve));
        yield Buffer.alloc(1000);
      }
    },
    () => stuck,
  );
  runner.take(find(1));
  for (let turn = 0; turn < 200; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  assert.ok(yielded < 10, `${yielded} answers`);
});

test('a cancelled query ends with FE00 within one batch, and the next one is answered', async () => {
  let signal: AbortSignal | undefined;
  const { runner, responses, settled } = bench((request) => {
    signal ??= request.signal;
    return request.messageId === 1 ? answers(1_000_000, 1000) : answers(0);
  });
  runner.take(find(1));
  runner.take(find(2));
  while (responses.length === 0) await new Promise((resolve) => setImmediate(resolve));
  const before = responses.length;
  runner.take({ kind: 'cancel', messageId: 1 });
  await settled();
  assert.ok(signal?.aborted);
  assert.ok(responses.length - before < 2 * 66, `${responses.length - before} more`);
  assert.deepEqual(responses.slice(-2), ['1 fe00', '2 0']);
});

test('a query cancelled before its turn is not run', async () => {
  const asked: number[] = [];
  const { runner, responses, settled } = bench((request) => {
    asked.push(request.messageId);
    return answers(1);
  });
  runner.take(find(1));
  runner.take(find(2));
  runner.take({ kind: 'cancel', messageId: 2 });
  await settled();
  assert.deepEqual(asked, [1]);
  assert.deepEqual(responses, ['1 ff00', '1 0', '2 fe00']);
});

test('a cancel for nothing is ignored', async () => {
  const { runner, responses, settled } = bench(() => answers(0));
  runner.take({ kind: 'cancel', messageId: 9 });
  runner.take(find(1));
  await settled();
  assert.deepEqual(responses, ['1 0']);
});

test('a handler that throws costs its query alone', async () => {
  const { runner, responses, failures, settled } = bench((request) => {
    if (request.messageId === 1) throw new Error('first');
    return request.messageId === 2 ? failing() : answers(0);
  });
  async function* failing(): AsyncGenerator<Uint8Array, FindOutcome> {
    yield Buffer.alloc(2);
    throw new Error('second');
  }
  for (const messageId of [1, 2, 3]) runner.take(find(messageId));
  await settled();
  assert.deepEqual(responses, ['1 c001', '2 ff00', '2 c001', '3 0']);
  assert.deepEqual(failures.map(String), ['Error: first', 'Error: second']);
});

test('when the association ends, the handler is told and cleans up', async () => {
  let signal: AbortSignal | undefined;
  let cleaned = false;
  const { runner, settled } = bench(
    async function* (request) {
      signal = request.signal;
      try {
        for (;;) yield Buffer.alloc(1000);
      } finally {
        cleaned = true;
      }
    },
    async () => false,
  );
  runner.take(find(1));
  runner.take(find(2));
  await new Promise((resolve) => setImmediate(resolve));
  runner.stop();
  await settled();
  assert.ok(signal?.aborted);
  assert.ok(cleaned);
});

test('it is full once more requests wait than are read ahead', () => {
  const { runner } = bench(async function* () {
    await new Promise(() => {});
    yield Buffer.alloc(0);
    return { status: 0 };
  });
  for (let messageId = 1; messageId <= 16; messageId += 1) runner.take(find(messageId));
  assert.ok(!runner.full);
  runner.take(find(17));
  assert.ok(runner.full);
});

test('it is full once the requests that wait are larger together than one may be', async () => {
  let answer = (): void => {};
  const { runner, settled } = bench(async function* () {
    await new Promise<void>((resolve) => {
      answer = resolve;
    });
    yield Buffer.alloc(0);
    return { status: 0 };
  });
  runner.take(find(1, Buffer.alloc(60_000)));
  runner.take(find(2, Buffer.alloc(60_000)));
  assert.ok(!runner.full);
  runner.take(find(3, Buffer.alloc(60_000)));
  assert.ok(runner.full);
  answer();
  await new Promise((resolve) => setTimeout(resolve, 10));
  assert.ok(!runner.full);
  runner.stop();
  answer();
  await settled();
});
