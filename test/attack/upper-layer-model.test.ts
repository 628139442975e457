/**
 * The acceptor's side of PS3.8 Table 9-10 as a model, against the server over real sockets: fast-check puts PDUs,
 * garbage, deadlines and disconnections in any order, and the server must react as the model does.
 */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import fc from 'fast-check';
import {
  ABORT,
  associateRequest,
  dataPdu,
  echo,
  FIND_COMMAND,
  find,
  fragments,
  IDENTIFIER,
  pdu,
  pdv,
  RELEASE_REQUEST,
  RELEASE_RESPONSE,
} from '../support/attack-pdu.ts';
import { type FakeClock, fakeClock } from '../support/fake-clock.ts';
import { RawPeer } from '../support/raw-peer.ts';
import { runs, SEED } from '../support/seed.ts';
import { entryDataSet } from '../support/worklist-entries.ts';
import { answering, startServer } from '../support/worklist-server.ts';

const ACSE_MS = 30_000;
const DIMSE_MS = 60_000;
const IDLE_MS = 600_000;

/** Long enough for what was sent to arrive, all of it being in one process. */
const QUIET_MS = 5;

/** Sta1 (no connection), Sta2 (awaiting A-ASSOCIATE-RQ), Sta6 (established); `inMessage`: a command without its identifier. */
interface Model {
  state: 'none' | 'awaiting' | 'open';
  inMessage: boolean;
}

interface Real {
  readonly port: number;
  readonly clock: FakeClock;
  peer: RawPeer | undefined;
}

type Step = fc.AsyncCommand<Model, Real>;

/** What the server says to one PDU, and whether that was the end. */
interface Answer {
  readonly words: readonly string[];
  readonly ends: boolean;
}

const NOTHING: Answer = { words: [], ends: false };
const UNEXPECTED: Answer = { words: ['abort 2/2'], ends: true };
const USER_ABORT: Answer = { words: ['abort 0/0'], ends: true };

class Connect implements Step {
  check({ state }: Readonly<Model>): boolean {
    return state === 'none';
  }
  async run(model: Model, real: Real): Promise<void> {
    real.peer = await RawPeer.connect(real.port);
    // Until the server has seen it and ARTIM runs (AE-5).
    await wait(QUIET_MS);
    model.state = 'awaiting';
    model.inMessage = false;
  }
  toString(): string {
    return 'connect';
  }
}

/** A PDU, and what Table 9-10 says to it in Sta2 and Sta6. */
class Send implements Step {
  readonly #name: string;
  readonly #bytes: Buffer;
  readonly #awaiting: Answer;
  readonly #open: (model: Model) => Answer;
  readonly #then: (model: Model) => void;

  constructor(
    name: string,
    bytes: Buffer,
    awaiting: Answer,
    open: (model: Model) => Answer,
    then: (model: Model) => void = () => undefined,
  ) {
    this.#name = name;
    this.#bytes = bytes;
    this.#awaiting = awaiting;
    this.#open = open;
    this.#then = then;
  }

  check({ state }: Readonly<Model>): boolean {
    return state !== 'none';
  }

  async run(model: Model, real: Real): Promise<void> {
    const answer = model.state === 'awaiting' ? this.#awaiting : this.#open(model);
    const peer = real.peer as RawPeer;
    const before = peer.transcript.length;
    await peer.send(this.#bytes);
    await hears(peer, before, answer);
    if (answer.ends) {
      model.state = 'none';
      peer.leave();
    } else if (model.state === 'awaiting') model.state = 'open';
    else this.#then(model);
  }

  toString(): string {
    return this.#name;
  }
}

/** Time goes by: ARTIM, the deadline of a message, or idleness. */
class Elapse implements Step {
  check({ state }: Readonly<Model>): boolean {
    return state !== 'none';
  }
  async run(model: Model, real: Real): Promise<void> {
    const peer = real.peer as RawPeer;
    const before = peer.transcript.length;
    const due = model.state === 'awaiting' ? ACSE_MS : model.inMessage ? DIMSE_MS : IDLE_MS;
    real.clock.advance(due - 1);
    await hears(peer, before, NOTHING);
    real.clock.advance(1);
    // AA-2 in Sta2: closed without a word.
    await hears(peer, before, model.state === 'awaiting' ? { words: [], ends: true } : USER_ABORT);
    model.state = 'none';
    peer.leave();
  }
  toString(): string {
    return 'elapse';
  }
}

class Leave implements Step {
  readonly #how: 'reset' | 'leave';
  constructor(how: 'reset' | 'leave') {
    this.#how = how;
  }
  check({ state }: Readonly<Model>): boolean {
    return state !== 'none';
  }
  async run(model: Model, real: Real): Promise<void> {
    real.peer?.[this.#how]();
    await real.peer?.reaction();
    model.state = 'none';
  }
  toString(): string {
    return this.#how;
  }
}

const ENDS: Answer = { words: [], ends: true };
const ACCEPTED: Answer = { words: ['accept'], ends: false };
const INVALID: Answer = { words: ['abort 2/6'], ends: true };

/** A message where the identifier of another was due is an invalid parameter; else it is answered. */
function message(...words: string[]): (model: Model) => Answer {
  return ({ inMessage }) => (inMessage ? INVALID : { words, ends: false });
}

const CONNECT = new Connect();
const REQUEST = new Send('A-ASSOCIATE-RQ', associateRequest(), ACCEPTED, () => UNEXPECTED);
const REFUSED_REQUEST = new Send(
  'A-ASSOCIATE-RQ refused',
  associateRequest({ protocolVersion: 2 }),
  { words: ['reject 1/2/2'], ends: true },
  () => UNEXPECTED,
);
const ECHO = new Send('C-ECHO', echo(), USER_ABORT, message('echo 0000'));
const FIND = new Send('C-FIND', find(), USER_ABORT, message('pending', 'find 0000'));
const COMMAND_ALONE = new Send(
  'C-FIND command alone',
  dataPdu(pdv(FIND_COMMAND, { command: true })),
  USER_ABORT,
  message(),
  (model) => {
    model.inMessage = true;
  },
);
const IDENTIFIER_ALONE = new Send(
  'identifier alone',
  fragments(IDENTIFIER, { command: false }),
  USER_ABORT,
  ({ inMessage }) => (inMessage ? { words: ['pending', 'find 0000'], ends: false } : INVALID),
  (model) => {
    model.inMessage = false;
  },
);

/** What leads on is drawn oftener than what ends the connection. */
const STEPS: readonly Step[] = [
  ...[CONNECT, CONNECT, CONNECT, REQUEST, REQUEST, REQUEST, ECHO, ECHO, FIND, FIND],
  ...[COMMAND_ALONE, COMMAND_ALONE, IDENTIFIER_ALONE, IDENTIFIER_ALONE, REFUSED_REQUEST],
  new Send('A-ASSOCIATE-AC', pdu(2, Buffer.alloc(68)), USER_ABORT, () => UNEXPECTED),
  new Send('A-ASSOCIATE-RJ', pdu(3, Buffer.of(0, 1, 1, 1)), USER_ABORT, () => UNEXPECTED),
  new Send('empty P-DATA', pdu(4, Buffer.alloc(0)), USER_ABORT, () => INVALID),
  new Send('A-RELEASE-RQ', RELEASE_REQUEST, USER_ABORT, () => ({ words: ['release'], ends: true })),
  new Send('A-RELEASE-RP', RELEASE_RESPONSE, USER_ABORT, () => UNEXPECTED),
  new Send('A-ABORT', ABORT, ENDS, () => ENDS),
  new Send('unknown PDU', pdu(0x42, Buffer.alloc(4)), USER_ABORT, () => ({ words: ['abort 2/1'], ends: true })),
  new Send('too long a PDU', pdu(4, Buffer.alloc(0), 2 ** 30), USER_ABORT, () => INVALID),
  new Elapse(),
  new Leave('reset'),
  new Leave('leave'),
];

/** Waits until the server has said just this, and nothing more. */
async function hears(peer: RawPeer, before: number, { words, ends }: Answer): Promise<void> {
  const wanted = ends ? [...words, 'closed'] : words;
  const deadline = Date.now() + 5_000;
  while (peer.transcript.length < before + wanted.length && Date.now() < deadline) await wait(1);
  await wait(wanted.length === 0 ? QUIET_MS : 0);
  assert.deepEqual(peer.transcript.slice(before), wanted);
}

function newModel(): Model {
  return { state: 'none', inMessage: false };
}

test('the server is in the states of PS3.8 Table 9-10, whatever comes in whatever order', async (t) => {
  const clock = fakeClock();
  const deadlines = { acseTimeoutMs: ACSE_MS, dimseTimeoutMs: DIMSE_MS, idleTimeoutMs: IDLE_MS };
  const entry = entryDataSet('A1');
  const { port, server, log } = await startServer(t, answering(entry), { ...deadlines, clock });
  let steps = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.commands(
        STEPS.map((step) => fc.constant(step)),
        { maxCommands: 100, size: 'max' },
      ),
      async (commands) => {
        const real: Real = { port, clock, peer: undefined };
        await fc.asyncModelRun(() => ({ model: newModel(), real }), commands);
        steps += String(commands).split(',').length;
        real.peer?.leave();
      },
    ),
    { seed: SEED, numRuns: runs(1_000), endOnFailure: false },
  );
  t.diagnostic(`seed ${SEED}, ${runs(1_000)} runs, ${steps} steps`);
  await wait(50);
  assert.equal(server.associations, 0);
  assert.deepEqual(
    log.lines.filter((line) => line.startsWith('error')),
    [],
  );
});
