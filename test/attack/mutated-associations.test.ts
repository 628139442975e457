/** Good associations with damage in them, by the thousand: 20,000 in the deep suite, seeded. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { DEFLATED_LITTLE, EXPLICIT_LITTLE, IMPLICIT_LITTLE } from '../../src/codec/transfer-syntax.ts';
import { TAG } from '../../src/dicom/tag.ts';
import { Bystander, ordinaryLoad, percentile } from '../support/attack-bystander.ts';
import { recordDialogue } from '../support/attack-recording.ts';
import { AttackServer, SHORT_DEADLINES } from '../support/attack-server.ts';
import { mutate } from '../support/mutate.ts';
import { RawPeer } from '../support/raw-peer.ts';
import { randomFrom, runs, SEED } from '../support/seed.ts';
import { dataSetOf, type Values } from '../support/worklist-entries.ts';

const ENTRIES = 40;
const TOGETHER = 20;
const MAX_GROWTH_MIB = 64;

/** Every kind of key: single value, wild card, range, list, sequence, character set, universal. */
const QUERIES: readonly Values[] = [
  { [TAG.AccessionNumber]: 'A1', [TAG.PatientName]: '' },
  {
    [TAG.SpecificCharacterSet]: 'ISO_IR 100',
    [TAG.PatientName]: 'NAME*',
    [TAG.StudyInstanceUID]: '1.2.3.4\\1.2.3.5',
    [TAG.ScheduledProcedureStepSequence]: [
      {
        [TAG.Modality]: 'CT',
        [TAG.ScheduledStationAETitle]: 'CT0?',
        [TAG.ScheduledProcedureStepStartDate]: '20260301-20260401',
        [TAG.ScheduledProcedureStepStartTime]: '0700-0900',
      },
    ],
  },
];

test('mutated associations harm nobody', async (t) => {
  const count = runs(20_000);
  const server = await AttackServer.start({ entries: ENTRIES, args: SHORT_DEADLINES });
  t.after(async () => {
    await server.stop();
  });
  const queries = QUERIES.map(dataSetOf);
  const dialogues = await Promise.all(
    [undefined, [IMPLICIT_LITTLE], [DEFLATED_LITTLE], [EXPLICIT_LITTLE, IMPLICIT_LITTLE]].map((syntaxes) =>
      recordDialogue(server.port, queries, syntaxes),
    ),
  );
  await ordinaryLoad({ port: server.port, entries: ENTRIES });

  server.forgetPeak();
  const before = server.memory().now;
  const descriptors = server.descriptors();
  const bystander = new Bystander({ port: server.port, entries: ENTRIES });
  const random = randomFrom('mutated-associations');
  const heard = new Map<string, number>();
  let sent = 0;
  const work = async (): Promise<void> => {
    while (sent < count) {
      const dialogue = dialogues[sent++ % dialogues.length] as Buffer[];
      const last = (await converse(server.port, damaged(dialogue, random), random)) ?? 'nothing';
      heard.set(last, (heard.get(last) ?? 0) + 1);
    }
  };
  await Promise.all(Array.from({ length: TOGETHER }, work));
  await bystander.stop();
  const growth = server.memory().peak - before;

  const words = [...heard].sort(([, a], [, b]) => b - a).map(([word, times]) => `${word} ${times}`);
  t.diagnostic(`seed ${SEED}, ${count} associations; last heard: ${words.join(', ')}`);
  t.diagnostic(`bystander: ${bystander.answered} of ${bystander.asked} queries answered`);
  const [p50, p99] = [50, 99].map((percent) => percentile(bystander.latencies, percent).toFixed(1));
  t.diagnostic(`bystander's latency: p50 ${p50} ms, p99 ${p99} ms; memory grew by ${growth.toFixed(1)} MiB`);
  assert.deepEqual(bystander.failures, []);
  assert.equal(bystander.answered, bystander.asked);
  assert.ok(server.alive);
  assert.deepEqual(server.bugs(), []);
  assert.ok(growth < MAX_GROWTH_MIB, `memory grew by ${growth.toFixed(1)} MiB`);
  const left = (await server.descriptorsAtMost(descriptors + 1)) - descriptors;
  assert.ok(left <= 1, `${left} descriptors are left`);
});

/** Damage from some PDU on; what comes before it is good, so that half of the damage is met on an open association. */
function damaged(dialogue: readonly Buffer[], random: () => number): Uint8Array {
  const good = random() < 0.3 ? 0 : 1 + Math.floor(random() * (dialogue.length - 1));
  return Buffer.concat([...dialogue.slice(0, good), mutate(Buffer.concat(dialogue.slice(good)), random)]);
}

/** Says it all, then ends in one of the ways in which peers end; the last word of the server. */
async function converse(port: number, bytes: Uint8Array, random: () => number): Promise<string | undefined> {
  const peer = await RawPeer.connect(port);
  const half = Math.floor(random() * bytes.length);
  await peer.send(bytes.subarray(0, half), bytes.subarray(half));
  const manner = random();
  if (manner < 0.1) peer.reset();
  else {
    // Time to answer: a peer that closes at once is not answered at all.
    if (manner > 0.2) await wait(15);
    if (manner < 0.6) peer.endWriting();
    else peer.leave();
  }
  const transcript = await peer.reaction(10_000);
  return transcript.filter((word) => word !== 'closed' && word !== 'left').at(-1);
}
