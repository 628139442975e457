/** The client against peers that misbehave in each phase: the right failure, in words, within its time, and no leak. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DataSet, valueElement } from '../../src/dicom/data-set.ts';
import { PeerError } from '../../src/errors.ts';
import {
  type Answer,
  echo,
  findWorklist,
  type PeerOptions,
  WorklistClient,
} from '../../src/network/worklist-client.ts';
import { freePort } from '../support/free-port.ts';
import {
  abort,
  associateAccept,
  COMMAND_LAST,
  command,
  DATA_LAST,
  data,
  EXPLICIT,
  findResponse,
  IMPLICIT,
  PATIENT_NAME_KEY,
  pdu,
  pdv,
  RELEASE_REQUEST,
  RELEASE_RESPONSE,
  reject,
  VERIFICATION,
} from '../support/pdus.ts';
import { type ScriptedPeer, scriptedServer } from '../support/scripted-peer.ts';

const TIMEOUT = { timeout: 20_000 };
const ACCEPT = associateAccept([{ id: 1, result: 0, syntax: EXPLICIT }]);
const QUERY = new DataSet([valueElement(0x00100010, 'PN', new Uint8Array(0))]);
/** For peers that are to be waited for in vain. */
const SHORT = { connectMs: 200, associationMs: 200, answerMs: 200, releaseMs: 200 };

type Script = (caller: ScriptedPeer) => Promise<void> | void;

function peerAt(port: number, timeouts: PeerOptions['timeouts'] = {}): PeerOptions {
  return { host: '127.0.0.1', port, callingAeTitle: 'WLTOOL', calledAeTitle: 'RIS', timeouts };
}

/** All answers, and how it ended. */
async function findAll(options: PeerOptions & { limit?: number }) {
  const answers: Answer[] = [];
  const query = findWorklist({ ...options, identifier: QUERY });
  for (;;) {
    const step = await query.next();
    if (step.done === true) return { answers, result: step.value };
    answers.push(step.value);
  }
}

async function assertFails(running: Promise<unknown>, phase: PeerError['phase'], message: RegExp): Promise<PeerError> {
  let failure: PeerError | undefined;
  await assert.rejects(running, (error) => {
    assert.ok(error instanceof PeerError, String(error));
    assert.equal(error.phase, phase);
    assert.match(error.message, message);
    failure = error;
    return true;
  });
  return failure as PeerError;
}

/** Accepts, then sends these bytes when the query has come. */
function afterQuery(...bytes: readonly Buffer[]): Script {
  return async (caller) => {
    await caller.receive();
    caller.send(ACCEPT);
    await caller.receiveMessage();
    caller.send(...bytes);
  };
}

/** The same, and releases in order. */
function answeringWith(...bytes: readonly Buffer[]): Script {
  return async (caller) => {
    await afterQuery(...bytes)(caller);
    const next = await caller.receive();
    if (next?.type === 5) caller.send(RELEASE_RESPONSE);
  };
}

test('answers come as they were sent, in the syntax the peer chose', TIMEOUT, async (t) => {
  const implicit = Buffer.from('1000100002000000412a', 'hex');
  const port = await scriptedServer(t, async (caller) => {
    await caller.receive();
    caller.send(associateAccept([{ id: 1, result: 0, syntax: IMPLICIT }]));
    const query = await caller.receiveMessage();
    assert.deepEqual(query.dataSet, Buffer.from('1000100000000000', 'hex'));
    caller.send(findResponse(1, 0xff00, implicit), findResponse(1, 0xff01, implicit), findResponse(1, 0));
    assert.equal((await caller.receive())?.type, 5);
    caller.send(RELEASE_RESPONSE);
  });
  const { answers, result } = await findAll(peerAt(port));
  assert.deepEqual(
    answers.map(({ status, syntax, identifier }) => [status, syntax.uid, Buffer.from(identifier)]),
    [
      [0xff00, IMPLICIT, implicit],
      [0xff01, IMPLICIT, implicit],
    ],
  );
  assert.deepEqual(result, { status: 0, answers: 2, cancelled: false });
});

test('nobody listening', TIMEOUT, async () => {
  const failure = await assertFails(findAll(peerAt(await freePort())), 'connect', /connection refused/);
  assert.match(failure.hint ?? '', /is the server running/);
});

test('a name that does not exist', TIMEOUT, async () => {
  const peer = { ...peerAt(104), host: 'no-such-host.invalid' };
  await assertFails(findAll(peer), 'connect', /no such host|looked up/);
});

/** What the server does, and how it is told. */
const FAILURES: readonly (readonly [what: string, script: Script, phase: PeerError['phase'], message: RegExp])[] = [
  ['hangs up at once', (caller) => caller.close(), 'association', /closed the connection|reset/],
  ['says nothing', () => {}, 'association', /did not answer within 0.2 s/],
  [
    'trickles its accept',
    async (caller) => {
      for (const byte of ACCEPT) {
        caller.send(Buffer.from([byte]));
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    'association',
    /did not answer within 0.2 s/,
  ],
  [
    'rejects',
    async (caller) => {
      await caller.receive();
      caller.send(reject(1, 1, 7));
    },
    'association',
    /called AE title not recognised \(permanent, by the service user\)/,
  ],
  [
    'aborts instead of accepting',
    async (caller) => {
      await caller.receive();
      caller.send(abort(2, 1));
    },
    'association',
    /aborted the association, by its service provider, unrecognised PDU/,
  ],
  [
    'speaks HTTP',
    (caller) => caller.send(Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n')),
    'association',
    /broke the protocol/,
  ],
  [
    'sends data instead of accepting',
    (caller) => caller.send(findResponse(1, 0)),
    'association',
    /unexpected PDU of type 4/,
  ],
  [
    'accepts with garbage',
    (caller) => caller.send(pdu(2, Buffer.alloc(100, 0xff))),
    'association',
    /broke the protocol/,
  ],
  [
    'refuses the context',
    async (caller) => {
      await caller.receive();
      caller.send(associateAccept([{ id: 1, result: 3, syntax: IMPLICIT }]));
    },
    'association',
    /accepts no presentation context: abstract syntax not supported/,
  ],
  [
    'accepts in a syntax that was not proposed',
    async (caller) => {
      await caller.receive();
      caller.send(associateAccept([{ id: 1, result: 0, syntax: '1.2.840.10008.1.2.2' }]));
    },
    'association',
    /transfer syntax that was not proposed/,
  ],
  [
    'accepts in a syntax that does not exist',
    async (caller) => {
      await caller.receive();
      caller.send(associateAccept([{ id: 1, result: 0, syntax: '1.2.3' }]));
    },
    'association',
    /transfer syntax that was not proposed/,
  ],
  [
    'takes no PDU of useful length',
    async (caller) => {
      await caller.receive();
      caller.send(associateAccept([{ id: 1, result: 0, syntax: EXPLICIT }], 6));
    },
    'association',
    /PDUs of 6 bytes only/,
  ],
  ['never answers the query', afterQuery(), 'find', /did not answer within 0.2 s/],
  [
    'stalls between answers',
    afterQuery(findResponse(1, 0xff00, PATIENT_NAME_KEY)),
    'find',
    /did not answer within 0.2 s/,
  ],
  [
    'cuts a PDU',
    afterQuery(findResponse(1, 0xff00, PATIENT_NAME_KEY).subarray(0, 40)),
    'find',
    /did not answer within 0.2 s/,
  ],
  ['aborts the query', afterQuery(abort(0, 0)), 'find', /aborted the association, by its service user/],
  ['releases instead of answering', afterQuery(RELEASE_REQUEST), 'find', /released the association/],
  ['sends garbage', afterQuery(Buffer.from('garbage garbage')), 'find', /broke the protocol/],
  ['answers on another context', afterQuery(data(7, COMMAND_LAST, command({ field: 0x8020 }))), 'find', /context 7/],
  [
    'sends a data set without command',
    afterQuery(data(1, DATA_LAST, PATIENT_NAME_KEY)),
    'find',
    /data set without a command/,
  ],
  ['sends a PDU that is too long', afterQuery(pdu(4, Buffer.alloc(0), 1 << 30)), 'find', /broke the protocol/],
  ['sends a PDV that overruns', afterQuery(pdu(4, pdv(1, 3, Buffer.alloc(4), 99))), 'find', /broke the protocol/],
  ['answers another request', afterQuery(findResponse(9, 0)), 'find', /a request that was not made/],
  [
    'sends a request itself',
    afterQuery(data(1, COMMAND_LAST, command({ field: 0x30, messageId: 1 }))),
    'find',
    /another message/,
  ],
  ['sends an answer without identifier', afterQuery(findResponse(1, 0xff00)), 'find', /without an identifier/],
  [
    'sends no status',
    afterQuery(data(1, COMMAND_LAST, command({ field: 0x8020, respondedTo: 1 }))),
    'find',
    /response without a status/,
  ],
  ['is out of resources', answeringWith(findResponse(1, 0xa700)), 'find', /A700H, refused, out of resources/],
  ['cancels by itself', answeringWith(findResponse(1, 0xfe00)), 'find', /FE00H, cancelled/],
  ['never answers the release', afterQuery(findResponse(1, 0)), 'release', /did not answer within 0.2 s/],
];

for (const [what, script, phase, message] of FAILURES) {
  test(`a peer that ${what}`, TIMEOUT, async (t) => {
    const port = await scriptedServer(t, script);
    const startedAt = performance.now();
    await assertFails(findAll(peerAt(port, SHORT)), phase, message);
    assert.ok(performance.now() - startedAt < 2000);
  });
}

test(
  'a failure status is told with offending elements and comment, after the answers that came',
  TIMEOUT,
  async (t) => {
    const failed = findResponse(1, 0xa900, undefined, {
      comment: 'odd\x1b',
      offending: Buffer.from('0800600040000200', 'hex'),
    });
    const port = await scriptedServer(t, answeringWith(findResponse(1, 0xff00, PATIENT_NAME_KEY), failed));
    const failure = await assertFails(
      findAll(peerAt(port)),
      'find',
      /A900H, the identifier does not match the SOP class; "odd\\x1b"; offending: \(0008,0060\) Modality, \(0040,0002\) Sched/,
    );
    assert.equal(failure.status, 0xa900);
  },
);

test('after the limit the query is cancelled; exactly so many answers come out', TIMEOUT, async (t) => {
  let cancelled: number | undefined;
  const port = await scriptedServer(t, async (caller) => {
    const answer = findResponse(1, 0xff00, PATIENT_NAME_KEY);
    await afterQuery(answer, answer, answer, answer, answer)(caller);
    const { command: request } = await caller.receiveMessage();
    cancelled = request.get(0x0120)?.readUInt16LE(0);
    caller.send(answer, findResponse(1, 0xfe00));
    await caller.receive();
    caller.send(RELEASE_RESPONSE);
  });
  const { answers, result } = await findAll({ ...peerAt(port), limit: 3 });
  assert.equal(answers.length, 3);
  assert.deepEqual(result, { status: 0xfe00, answers: 3, cancelled: true });
  assert.equal(cancelled, 1);
});

test('a signal cancels the query; its reason is thrown once the peer has stopped', TIMEOUT, async (t) => {
  const stop = new AbortController();
  const messages: number[] = [];
  const port = await scriptedServer(t, async (caller) => {
    await afterQuery(findResponse(1, 0xff00, PATIENT_NAME_KEY))(caller);
    messages.push((await caller.receiveMessage()).command.get(0x0100)?.readUInt16LE(0) ?? 0);
    caller.send(findResponse(1, 0xfe00));
    messages.push((await caller.receive())?.type ?? 0);
    caller.send(RELEASE_RESPONSE);
  });
  const client = await WorklistClient.connect({ ...peerAt(port), service: 'find' });
  const query = client.find(QUERY, { signal: stop.signal });
  await query.next();
  stop.abort(new Error('enough'));
  await assert.rejects(query.next(), /enough/);
  await client.release();
  assert.deepEqual(messages, [0x0fff, 5]);
});

test('a signal ends waiting for a connection and for an accept', TIMEOUT, async (t) => {
  const port = await scriptedServer(t, () => {});
  const stop = new AbortController();
  setTimeout(() => stop.abort(new Error('enough')), 50);
  await assert.rejects(findAll({ ...peerAt(port), signal: stop.signal }), /enough/);
  await assert.rejects(findAll({ ...peerAt(port), signal: stop.signal }), /enough/);
});

test('a consumer that is slow slows the peer', TIMEOUT, async (t) => {
  const answer = findResponse(
    1,
    0xff00,
    Buffer.concat([Buffer.from('10001000504e4000', 'hex'), Buffer.alloc(64, 0x41)]),
  );
  let blocked = false;
  const port = await scriptedServer(t, async (caller) => {
    await afterQuery()(caller);
    for (let count = 0; count < 200_000 && !blocked; count += 1) blocked = !caller.socket.write(answer);
  });
  const client = await WorklistClient.connect({ ...peerAt(port), service: 'find' });
  const query = client.find(QUERY);
  await query.next();
  while (!blocked) await new Promise((resolve) => setTimeout(resolve, 5));
  await query.return({ status: 0, answers: 0, cancelled: true });
});

test('a query given up in the middle ends the association', TIMEOUT, async (t) => {
  let ended: string | undefined;
  const port = await scriptedServer(t, async (caller) => {
    await afterQuery(findResponse(1, 0xff00, PATIENT_NAME_KEY))(caller);
    ended = await caller.receiveText();
    caller.close();
  });
  for await (const _ of findWorklist({ ...peerAt(port), identifier: QUERY })) break;
  while (ended === undefined) await new Promise((resolve) => setTimeout(resolve, 1));
  assert.equal(ended, '7 00000000');
});

test('C-ECHO tells what was negotiated', TIMEOUT, async (t) => {
  const port = await scriptedServer(t, async (caller) => {
    await caller.receive();
    caller.send(associateAccept([{ id: 1, result: 0, syntax: IMPLICIT }], 32768));
    const { command: request } = await caller.receiveMessage();
    assert.equal(request.get(0x0002)?.toString('latin1'), `${VERIFICATION}\0`);
    caller.send(data(1, COMMAND_LAST, command({ field: 0x8030, respondedTo: 1, status: 0 })));
    await caller.receive();
    caller.send(RELEASE_RESPONSE);
  });
  const facts = await echo(peerAt(port));
  assert.equal(facts.maxPdu, 32768);
  assert.equal(facts.syntax.uid, IMPLICIT);
  assert.equal(facts.implementationVersionName, 'SCRIPTED');
  assert.ok(facts.ms > 0);
});

test('a C-ECHO that fails is of phase echo', TIMEOUT, async (t) => {
  const port = await scriptedServer(t, async (caller) => {
    await caller.receive();
    caller.send(ACCEPT);
    await caller.receiveMessage();
    caller.send(data(1, COMMAND_LAST, command({ field: 0x8030, respondedTo: 1, status: 0x0122 })));
  });
  const failure = await assertFails(echo(peerAt(port)), 'echo', /0122H, SOP class not supported/);
  assert.equal(failure.status, 0x0122);
});
