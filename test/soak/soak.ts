/**
 * `npm run soak`: a server under the load of a hospital, for SOAK_MINUTES (20): a hundred modalities, a folder that
 * changes all the time, and peers that misbehave. Prints memory, descriptors and latencies each minute and a summary;
 * exits 1 if an answer was lost, a change was not seen, or memory or descriptors went on growing.
 */

import { availableParallelism } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { Bystander, percentile } from '../support/attack-bystander.ts';
import { AttackServer } from '../support/attack-server.ts';
import { FolderChanger } from './folder-changer.ts';
import { Rowdies } from './rowdies.ts';

const MINUTES = Number(process.env['SOAK_MINUTES'] ?? 20);
const MODALITIES = 100;
const ENTRIES = 200;
const SAMPLE_MS = 5_000;
/** A heap takes its size in the first part of the run; after it nothing may grow. */
const WARM_UP = 0.25;
const MAX_GROWTH_MIB = 16;

interface Sample {
  readonly atMs: number;
  readonly memory: number;
  readonly descriptors: number;
}

const server = await AttackServer.start({ entries: ENTRIES, args: ['--max-associations=150'] });
const startedAt = performance.now();
const elapsed = (): number => performance.now() - startedAt;

const modalities: Bystander[] = [];
for (let index = 0; index < MODALITIES; index++) {
  // Some ask every second over one association, most open one for each query or two.
  modalities.push(
    new Bystander({
      port: server.port,
      entries: ENTRIES,
      queriesPerAssociation: index % 4 === 0 ? 1_000 : 1 + (index % 3),
      pauseMs: 700 + 13 * index,
      callingAeTitle: `MOD${index}`,
    }),
  );
  await wait(20);
}
const changer = new FolderChanger(server);
const rowdies = new Rowdies(server.port);

const samples: Sample[] = [];
say(
  `${MODALITIES} modalities, ${ENTRIES} entries, ${MINUTES} minutes, ${availableParallelism()} cores, Node ${process.version}`,
);
let minute = 0;
while (elapsed() < MINUTES * 60_000 && server.alive) {
  await wait(SAMPLE_MS);
  samples.push({ atMs: elapsed(), memory: server.memory().now, descriptors: server.descriptors() });
  if (elapsed() < (minute + 1) * 60_000) continue;
  minute += 1;
  const { memory, descriptors } = samples.at(-1) as Sample;
  say(`minute ${minute}: ${memory.toFixed(1)} MiB, ${descriptors} descriptors, ${sum('answered')} answered`);
}

const alive = server.alive;
const peak = server.memory().peak;
await Promise.all([...modalities.map((modality) => modality.stop()), changer.stop(), rowdies.stop()]);
const failures = [...modalities.flatMap((modality) => modality.failures), ...changer.failures];
const latencies = modalities.flatMap((modality) => modality.latencies);
const steady = samples.filter(({ atMs }) => atMs > WARM_UP * MINUTES * 60_000);
const growth = mean(lastHalf(steady), 'memory') - mean(firstHalf(steady), 'memory');
const descriptorGrowth = mean(lastHalf(steady), 'descriptors') - mean(firstHalf(steady), 'descriptors');
const bugs = server.bugs();
const status = await server.stop();

say(
  `associations ${sum('associations')}, queries ${sum('asked')}, answered ${sum('answered')}, lost ${failures.length}`,
);
say(`latency p50 ${ms(50)}, p99 ${ms(99)}, longest ${ms(100)}`);
say(`file changes ${changer.changes}, seen by the next query ${changer.seen}`);
say(`misbehaving peers ${rowdies.count}`);
say(`memory peak ${peak.toFixed(1)} MiB, second half against first half ${growth.toFixed(1)} MiB`);
say(`descriptors ${range('descriptors')}, second half against first half ${descriptorGrowth.toFixed(1)}`);
say(`bugs logged ${bugs.length}, exit status ${status}`);
for (const failure of [...failures.slice(0, 10), ...bugs.slice(0, 10)]) say(`  ${failure}`);

const flat = growth < MAX_GROWTH_MIB && descriptorGrowth < 5;
process.exitCode = alive && failures.length === 0 && bugs.length === 0 && flat && status === 0 ? 0 : 1;

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function sum(what: 'asked' | 'answered' | 'associations'): number {
  return modalities.reduce((total, modality) => total + modality[what], 0);
}

function ms(percent: number): string {
  return `${percentile(latencies, percent).toFixed(1)} ms`;
}

function mean(list: readonly Sample[], what: 'memory' | 'descriptors'): number {
  return list.reduce((total, sample) => total + sample[what], 0) / Math.max(1, list.length);
}

function range(what: 'descriptors'): string {
  const values = steady.map((sample) => sample[what]);
  return `${Math.min(...values)} to ${Math.max(...values)}`;
}

function firstHalf(list: readonly Sample[]): readonly Sample[] {
  return list.slice(0, Math.floor(list.length / 2));
}

function lastHalf(list: readonly Sample[]): readonly Sample[] {
  return list.slice(Math.floor(list.length / 2));
}
