/** The server's upper layer, asked by peers that are scripted PDU by PDU: what it accepts, rejects and aborts. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  abort,
  associateAccept,
  associateRequest,
  COMMAND_LAST,
  cancelRequest,
  command,
  DATA_LAST,
  data,
  ECHO_CONTEXT,
  echoRequest,
  element,
  FIND_CONTEXT,
  findRequest,
  pdu,
  pdv,
  RELEASE_REQUEST,
  VERIFICATION,
  WORKLIST,
} from '../support/pdus.ts';
import { ScriptedPeer } from '../support/scripted-peer.ts';
import { ending, type ServerUnderTest, startServer } from '../support/worklist-server.ts';

const TIMEOUT = { timeout: 20_000 };

/** An open association with the server. */
async function associated({ port }: ServerUnderTest): Promise<ScriptedPeer> {
  const peer = await ScriptedPeer.connect(port);
  peer.send(associateRequest());
  assert.equal((await peer.receive())?.type, 2);
  return peer;
}

/** The server lives on, and answers a peer that behaves. */
async function assertAlive(server: ServerUnderTest): Promise<void> {
  const peer = await associated(server);
  peer.send(echoRequest(), RELEASE_REQUEST);
  assert.equal(await peer.receiveStatus(), '1 0');
  assert.equal((await peer.receive())?.type, 6);
  assert.equal(await peer.receiveText(), 'closed');
}

test('titles reach the handler without insignificant blanks, and the peer by its address', TIMEOUT, async (t) => {
  const seen: unknown[] = [];
  const { port } = await startServer(t, undefined, {
    associate: (request) => {
      seen.push(request);
      return { accepted: true };
    },
  });
  const peer = await ScriptedPeer.connect(port);
  peer.send(associateRequest({ called: '  RIS  ', calling: ' CT 1' }));
  assert.equal((await peer.receive())?.type, 2);
  assert.deepEqual(seen, [
    {
      callingAeTitle: 'CT 1',
      calledAeTitle: 'RIS',
      peerAddress: '127.0.0.1',
      implementationClassUid: '1.2.3.4',
      implementationVersionName: 'SCRIPTED',
    },
  ]);
  peer.close();
});

const JPEG = '1.2.840.10008.1.2.4.50';
const CT_STORAGE = '1.2.840.10008.5.1.4.1.1.2';

/** Result, source and reason of the A-ASSOCIATE-RJ (PS3.8 9.3.4). */
const REJECTED: readonly (readonly [what: string, request: Buffer, words: string])[] = [
  ['another protocol version', associateRequest({ version: 2 }), '1 2 2'],
  ['another application context', associateRequest({ applicationContext: '1.2.3' }), '2 1 2'],
  ['a called AE title that the handler does not know', associateRequest({ called: 'UNKNOWN' }), '1 1 7'],
  ['a calling AE title that the handler does not know', associateRequest({ calling: 'STRANGER' }), '1 1 3'],
  ['a maximum PDU length of 1', associateRequest({ maxPdu: 1 }), '1 1 1'],
  ['a maximum PDU length of 6', associateRequest({ maxPdu: 6 }), '1 1 1'],
  ['a maximum PDU length of 127', associateRequest({ maxPdu: 127 }), '1 1 1'],
  ['only other services', associateRequest({ contexts: [{ ...FIND_CONTEXT, abstractSyntax: CT_STORAGE }] }), '1 1 1'],
  [
    'only other transfer syntaxes',
    associateRequest({ contexts: [{ ...FIND_CONTEXT, transferSyntaxes: [JPEG] }] }),
    '1 1 1',
  ],
];

for (const [what, request, words] of REJECTED) {
  test(`${what} is rejected with ${words}`, TIMEOUT, async (t) => {
    const server = await startServer(t, undefined, {
      associate: ({ calledAeTitle, callingAeTitle }) => {
        if (calledAeTitle === 'UNKNOWN') return { accepted: false, result: 1, source: 1, reason: 7, why: 'unknown' };
        if (callingAeTitle === 'STRANGER') return { accepted: false, result: 1, source: 1, reason: 3, why: 'stranger' };
        return { accepted: true };
      },
    });
    const peer = await ScriptedPeer.connect(server.port);
    peer.send(request);
    assert.equal(
      await peer.receiveText(),
      `3 00${words
        .split(' ')
        .map((word) => `0${word}`)
        .join('')}`,
    );
    assert.equal(await peer.receiveText(), 'closed');
    assert.ok(server.log.lines.some((line) => line.startsWith('warn: association rejected')));
    await assertAlive(server);
  });
}

test('the surplus over the association limit is asked to retry, until a place is free', TIMEOUT, async (t) => {
  const server = await startServer(t, undefined, { maxAssociations: 2 });
  const [first, second, third] = [
    await associated(server),
    await associated(server),
    await ScriptedPeer.connect(server.port),
  ];
  third.send(associateRequest());
  assert.equal(await third.receiveText(), '3 00020302');
  first.send(RELEASE_REQUEST);
  assert.equal((await first.receive())?.type, 6);
  await assertAlive(server);
  second.close();
});

const PROVIDER = (reason: number): string => `7 000002${reason.toString().padStart(2, '0')}`;
const USER = '7 00000000';

/** The A-ABORT that answers bytes sent on an open association. */
const ABORTED: readonly (readonly [what: string, bytes: readonly Buffer[], words: string])[] = [
  ['a second association request', [associateRequest()], PROVIDER(2)],
  ['an association accept', [associateAccept([])], PROVIDER(2)],
  ['a release response', [pdu(6, Buffer.alloc(4))], PROVIDER(2)],
  ['an unknown PDU type', [pdu(0x42, Buffer.alloc(4))], PROVIDER(1)],
  ['a PDU beyond the agreed length', [pdu(4, Buffer.alloc(0), 1 << 30)], PROVIDER(6)],
  ['data without a PDV', [pdu(4, Buffer.alloc(0))], PROVIDER(6)],
  ['a PDV that overruns', [pdu(4, pdv(1, 3, Buffer.alloc(4), 400))], PROVIDER(6)],
  ['an unknown context', [echoRequest(1, 99)], PROVIDER(6)],
  ['a data set without command', [data(1, DATA_LAST, Buffer.alloc(8))], PROVIDER(6)],
  ['a command of garbage', [data(1, COMMAND_LAST, Buffer.from('no command set at all'))], USER],
  ['a command without field', [data(3, COMMAND_LAST, command({ messageId: 1 }))], USER],
  ['a command without message id', [data(3, COMMAND_LAST, command({ field: 0x30 }))], USER],
  ['a response to nothing', [data(1, COMMAND_LAST, command({ field: 0x8020, respondedTo: 1, status: 0 }))], USER],
  ['a command set beyond 64 KiB', Array.from({ length: 5 }, () => data(1, 1, Buffer.alloc(16000))), USER],
];

for (const [what, bytes, words] of ABORTED) {
  test(`${what} is aborted, the server lives on`, TIMEOUT, async (t) => {
    const server = await startServer(t);
    const peer = await associated(server);
    peer.send(...bytes);
    assert.equal(await peer.receiveText(), words);
    assert.equal(await peer.receiveText(), 'closed');
    assert.ok(server.log.lines.some((line) => line.startsWith('warn: association aborted')));
    await assertAlive(server);
  });
}

for (const [what, bytes] of [
  ['data', data(1, COMMAND_LAST, Buffer.alloc(8))],
  ['a release request', RELEASE_REQUEST],
  ['an association request of garbage', pdu(1, Buffer.alloc(80, 0xff))],
  ['an association request cut short', pdu(1, Buffer.alloc(20))],
  ['an association request of 1 GiB', Buffer.from('010040000000', 'hex')],
  ['an HTTP request', Buffer.from('GET / HTTP/1.1\r\n\r\n')],
] as const) {
  test(`${what} before an association is aborted by the service user`, TIMEOUT, async (t) => {
    const server = await startServer(t);
    const peer = await ScriptedPeer.connect(server.port);
    peer.send(bytes);
    assert.equal(await peer.receiveText(), USER);
    assert.equal(await peer.receiveText(), 'closed');
    await assertAlive(server);
  });
}

test('an abort of the peer ends the association and its query', TIMEOUT, async (t) => {
  let signal: AbortSignal | undefined;
  const server = await startServer(t, async function* (request) {
    signal = request.signal;
    await new Promise((resolve) => request.signal.addEventListener('abort', resolve));
    yield Buffer.alloc(0);
    return { status: 0 };
  });
  const peer = await associated(server);
  peer.send(findRequest(), abort(0, 0));
  assert.equal(await peer.receiveText(), 'closed');
  assert.ok(signal?.aborted);
  await assertAlive(server);
});

test('queries that come with the release request are answered before it', TIMEOUT, async (t) => {
  const server = await startServer(t, async function* () {
    yield Buffer.alloc(8);
    return { status: 0 };
  });
  const peer = await associated(server);
  peer.send(findRequest(1), findRequest(2), RELEASE_REQUEST);
  const statuses = [];
  for (let count = 0; count < 4; count += 1) statuses.push(await peer.receiveStatus());
  assert.deepEqual(statuses, ['1 ff00', '1 0', '2 ff00', '2 0']);
  assert.equal((await peer.receive())?.type, 6);
});

test('a hundred pipelined queries are answered in order', TIMEOUT, async (t) => {
  const server = await startServer(t);
  const peer = await associated(server);
  peer.send(...Array.from({ length: 100 }, (_, index) => findRequest(index + 1)));
  for (let messageId = 1; messageId <= 100; messageId += 1) assert.equal(await peer.receiveStatus(), `${messageId} 0`);
  peer.close();
});

test('fragments of one byte, one PDU each, make a query', TIMEOUT, async (t) => {
  const server = await startServer(t);
  const peer = await associated(server);
  const request = command({ sopClass: WORKLIST, field: 0x20, messageId: 1, dataSetType: 1 });
  const identifier = Buffer.from('10001000504e0200412a', 'hex');
  for (const [bytes, bit] of [
    [request, 1],
    [identifier, 0],
  ] as const) {
    Array.from(bytes).forEach((byte, index) => {
      peer.send(data(1, bit | (index === bytes.length - 1 ? 2 : 0), Buffer.from([byte])));
    });
  }
  assert.equal(await peer.receiveStatus(), '1 0');
  assert.deepEqual(Buffer.from(server.requests[0]?.identifier ?? []), identifier);
  peer.close();
});

test('command and data set in one PDU, sent byte by byte, make a query', TIMEOUT, async (t) => {
  const server = await startServer(t);
  const peer = await associated(server);
  const request = command({ sopClass: WORKLIST, field: 0x20, messageId: 1, dataSetType: 1 });
  const both = pdu(4, Buffer.concat([pdv(1, 3, request), pdv(1, 2, Buffer.alloc(8))]));
  for (const byte of both) {
    peer.send(Buffer.from([byte]));
    await new Promise((resolve) => setImmediate(resolve));
  }
  assert.equal(await peer.receiveStatus(), '1 0');
  peer.close();
});

/** Final statuses without the handler's part. */
const REFUSED: readonly (readonly [what: string, bytes: Buffer, status: string])[] = [
  ['C-STORE', data(1, COMMAND_LAST, command({ sopClass: CT_STORAGE, field: 0x0001, messageId: 5 })), '5 211'],
  ['N-GET', data(1, COMMAND_LAST, command({ field: 0x0110, messageId: 6 })), '6 211'],
  [
    'C-FIND of another class',
    data(1, COMMAND_LAST, command({ sopClass: CT_STORAGE, field: 0x20, messageId: 7 })),
    '7 122',
  ],
  [
    'C-FIND on the Verification context',
    data(3, COMMAND_LAST, command({ sopClass: WORKLIST, field: 0x20, messageId: 8 })),
    '8 122',
  ],
  [
    'C-ECHO of another class',
    data(3, COMMAND_LAST, command({ sopClass: CT_STORAGE, field: 0x30, messageId: 9 })),
    '9 122',
  ],
  [
    'C-FIND without identifier',
    data(1, COMMAND_LAST, command({ sopClass: WORKLIST, field: 0x20, messageId: 10 })),
    '10 a900',
  ],
  [
    'C-ECHO on the worklist context',
    data(1, COMMAND_LAST, command({ sopClass: VERIFICATION, field: 0x30, messageId: 11 })),
    '11 0',
  ],
];

for (const [what, bytes, status] of REFUSED) {
  test(`${what} is answered with ${status.split(' ')[1]}, and the association goes on`, TIMEOUT, async (t) => {
    const server = await startServer(t);
    const peer = await associated(server);
    peer.send(bytes, echoRequest(99));
    assert.equal(await peer.receiveStatus(), status);
    assert.equal(await peer.receiveStatus(), '99 0');
    assert.equal(server.requests.length, 0);
    peer.close();
  });
}

test('a failure carries offending elements and a comment of at most 64 characters', TIMEOUT, async (t) => {
  const server = await startServer(
    t,
    ending({ status: 0xa900, comment: `${'x'.repeat(70)}\n`, offendingElements: [0x00080060, 0x00400002] }),
  );
  const peer = await associated(server);
  peer.send(findRequest(3));
  const { command: response, status } = await peer.receiveMessage();
  assert.equal(status, 0xa900);
  assert.equal(response.get(0x0902)?.toString(), 'x'.repeat(64));
  assert.equal(response.get(0x0901)?.toString('hex'), '0800600040000200');
  peer.close();
});

test('an answer is cut into the PDUs that the peer takes', TIMEOUT, async (t) => {
  const identifier = Buffer.from(Array.from({ length: 1000 }, (_, index) => index % 251));
  const server = await startServer(t, async function* () {
    yield identifier;
    return { status: 0 };
  });
  const peer = await ScriptedPeer.connect(server.port);
  peer.send(associateRequest({ maxPdu: 128 }), findRequest());
  assert.equal((await peer.receive())?.type, 2);
  const whole = await peer.receiveMessage();
  assert.deepEqual(whole.dataSet, identifier);
  assert.equal(await peer.receiveStatus(), '1 0');
  peer.close();
});

test('C-CANCEL stops a running query within one batch', TIMEOUT, async (t) => {
  const server = await startServer(t, async function* () {
    for (;;) yield Buffer.alloc(1000);
  });
  const peer = await associated(server);
  peer.send(findRequest(1));
  for (let count = 0; count < 20; count += 1) assert.equal(await peer.receiveStatus(), '1 ff00');
  peer.send(cancelRequest(1), findRequest(2));
  let status = await peer.receiveStatus();
  while (status === '1 ff00') status = await peer.receiveStatus();
  assert.equal(status, '1 fe00');
  peer.close();
});

test('a log line cannot be forged by an AE title', TIMEOUT, async (t) => {
  const lines: string[] = [];
  const say = (message: string, fields?: Record<string, unknown>) =>
    void lines.push(`${message} ${JSON.stringify(fields)}`);
  const log = { error: say, warn: say, notice: say, info: say, debug: say };
  const server = await startServer(t, undefined, { log });
  const peer = await ScriptedPeer.connect(server.port);
  peer.send(associateRequest({ calling: 'CT\nerror: \x1b[2J' }), RELEASE_REQUEST);
  await peer.receive();
  await peer.receive();
  assert.match(lines.join(), /CT\\\\x0aerror: \\\\x1b\[2J/);
});

test('unknown elements of a command set and reserved bytes are ignored', TIMEOUT, async (t) => {
  const server = await startServer(t);
  const peer = await associated(server);
  const request = Buffer.concat([
    command({ sopClass: VERIFICATION, field: 0x30, messageId: 1 }),
    element(0, 0x5010, 'more'),
  ]);
  peer.send(data(ECHO_CONTEXT.id, COMMAND_LAST | 0xf0, request));
  assert.equal(await peer.receiveStatus(), '1 0');
  peer.close();
});
