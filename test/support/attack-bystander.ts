/** The well-behaved client beside an attack: queries without a pause, and counts what it is owed and what it got. */

import { setTimeout as wait } from 'node:timers/promises';
import { readDataSet } from '../../src/codec/read-data-set.ts';
import { IMPLICIT_LITTLE } from '../../src/codec/transfer-syntax.ts';
import { plainText } from '../../src/dicom/data-set.ts';
import { TAG } from '../../src/dicom/tag.ts';
import { type ClientTls, WorklistClient } from '../../src/network/worklist-client.ts';
import { PATIENT_COMMENTS } from './attack-server.ts';
import { dataSetOf } from './worklist-entries.ts';

/** Whoever waits longer for an answer has lost it. */
const TIMEOUTS = { connectMs: 10_000, associationMs: 10_000, answerMs: 10_000, releaseMs: 10_000 };

export interface BystanderOptions {
  readonly port: number;
  /** Accession numbers A0, A1, … of the server. */
  readonly entries: number;
  /** Queries over one association before the next is opened. */
  readonly queriesPerAssociation?: number;
  readonly pauseMs?: number;
  readonly callingAeTitle?: string;
  readonly tls?: ClientTls;
  /** Ask for the comments, too, which make answers long. */
  readonly withComments?: boolean;
}

export class Bystander {
  asked = 0;
  answered = 0;
  associations = 0;
  /** Why a query was not answered right, each in a line. */
  readonly failures: string[] = [];
  /** Milliseconds of each answered query. */
  readonly latencies: number[] = [];
  readonly #options: BystanderOptions;
  readonly #running: Promise<void>;
  #stopping = false;

  constructor(options: BystanderOptions) {
    this.#options = options;
    this.#running = this.#run();
  }

  /** Ends after the query under way. */
  async stop(): Promise<void> {
    this.#stopping = true;
    await this.#running;
  }

  async #run(): Promise<void> {
    while (!this.#stopping) {
      try {
        await this.#association();
      } catch (error) {
        this.failures.push(error instanceof Error ? error.message : String(error));
        await wait(50);
      }
    }
  }

  async #association(): Promise<void> {
    const { port, queriesPerAssociation = 10, pauseMs = 5, callingAeTitle = 'BYSTANDER', tls } = this.#options;
    const client = await WorklistClient.connect({
      host: '127.0.0.1',
      port,
      callingAeTitle,
      calledAeTitle: 'WORKLIST',
      service: 'find',
      timeouts: TIMEOUTS,
      tls,
      syntaxes: this.associations % 2 === 0 ? undefined : [IMPLICIT_LITTLE],
    });
    this.associations += 1;
    try {
      for (let query = 0; query < queriesPerAssociation && !this.#stopping; query++) {
        this.asked += 1;
        const startedAt = performance.now();
        await this.#query(client, this.asked);
        this.latencies.push(performance.now() - startedAt);
        if (pauseMs > 0) await wait(pauseMs);
      }
      await client.release();
    } finally {
      client.abort();
    }
  }

  /** Every third query asks for all entries whose number begins with A, the others for one entry by number. */
  async #query(client: WorklistClient, count: number): Promise<void> {
    const { entries, withComments } = this.#options;
    const all = Array.from({ length: entries }, (_, index) => `A${index}`);
    const one = all[count % entries] as string;
    const wanted = count % 3 === 0 ? all : [one];
    const identifier = dataSetOf({
      [TAG.AccessionNumber]: count % 3 === 0 ? 'A*' : one,
      [TAG.PatientName]: '',
      ...(withComments && { [PATIENT_COMMENTS]: '' }),
    });
    const got: string[] = [];
    for await (const { identifier: bytes, syntax } of client.find(identifier)) {
      const { dataSet } = readDataSet(bytes, syntax);
      const accession = plainText(dataSet, TAG.AccessionNumber);
      if (plainText(dataSet, TAG.PatientName) !== `NAME^${accession}`) throw new Error(`another patient's answer`);
      got.push(accession);
    }
    if (got.length !== wanted.length || !wanted.every((accession) => got.includes(accession))) {
      throw new Error(`asked for ${wanted.length} entries, got ${got.length}`);
    }
    this.answered += 1;
  }
}

/**
 * As many clients as a server admits, for a while. A JavaScript heap grows to what its load needs and stays there:
 * only what an attack costs beyond that tells anything.
 */
export async function ordinaryLoad(options: BystanderOptions, queries = 10_000): Promise<void> {
  const clients = Array.from({ length: 49 }, () => new Bystander({ ...options, pauseMs: 0 }));
  while (clients.reduce((sum, { answered }) => sum + answered, 0) < queries) await wait(20);
  await Promise.all(clients.map((client) => client.stop()));
}

/** The value that so many of a hundred stay below. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? 0;
}
