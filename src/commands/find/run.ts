/** `wltool find`: queries over one association, their answers printed as they come. */

import {
  DEFLATED_LITTLE,
  EXPLICIT_BIG,
  EXPLICIT_LITTLE,
  IMPLICIT_LITTLE,
  type TransferSyntax,
} from '../../codec/transfer-syntax.ts';
import type { DataSet } from '../../dicom/data-set.ts';
import { EXIT, type ExitCode, PeerError } from '../../errors.ts';
import { formatKeyPath, type Key } from '../../keys/key.ts';
import { parseKey } from '../../keys/parse-key.ts';
import { WorklistClient } from '../../network/worklist-client.ts';
import type { Io } from '../../terminal/io.ts';
import { buildQuery } from '../build-query.ts';
import { knownCharset } from '../known-charset.ts';
import { peerOptions } from '../peer-options.ts';
import { readQueryFile } from '../query-files.ts';
import { AnswerDoubts } from './answer-doubts.ts';
import { AnswerReader } from './answer-reader.ts';
import { createPrinter } from './create-printer.ts';
import { AnswerFolder } from './extract-answer.ts';
import type { FindOptions } from './options.ts';

const SYNTAXES: Readonly<Record<NonNullable<FindOptions['propose']>, TransferSyntax>> = {
  explicit: EXPLICIT_LITTLE,
  implicit: IMPLICIT_LITTLE,
  big: EXPLICIT_BIG,
  deflated: DEFLATED_LITTLE,
};

export async function run(
  host: string,
  port: number,
  files: readonly string[],
  options: FindOptions,
  io: Io,
): Promise<ExitCode> {
  const keys = readKeys(options, io);
  const queries = await buildQueries(files, keys, options, io);
  const peer = await peerOptions(host, port, options, io);
  const fallback = knownCharset(options.fallbackCharset, '--fallback-charset') ?? '';
  const folder = await openFolder(options);
  const isDefaultQuery = files.length === 0 && options.key === undefined;
  const format = options.format ?? (io.stdout.isTerminal ? 'table' : 'dump');
  const printer = await createPrinter(format, keys, isDefaultQuery, fallback, io);
  const syntaxes = options.propose === undefined ? undefined : [SYNTAXES[options.propose]];
  const client = await WorklistClient.connect({ ...peer, service: 'find', syntaxes });
  const { implementationVersionName: implementation, maxPdu } = client.association;
  io.log.info(`associated with ${client.peer}`, { implementation, maxPdu, syntax: client.syntax.name });
  const doubts = new AnswerDoubts({
    fallbackCharset: fallback,
    decodes: format !== 'dump' || io.stdout.isTerminal,
    extracts: options.extract !== undefined && options.extractLikeFindscu !== true,
  });
  const label = format === 'dump' ? '' : fallback;
  const reader = new AnswerReader(client, { printer, folder, doubts, label, limit: options.limit, io });
  let isLookedAt = true;
  try {
    const times: number[] = [];
    for (let round = 1; round <= (options.repeat ?? 1); round += 1) {
      const startedAt = performance.now();
      // Every round is the same; one is enough to look at.
      for (const query of queries) await (round === 1 ? reader.show(query) : reader.count(query));
      times.push(performance.now() - startedAt);
    }
    await client.release();
    if (options.repeat !== undefined) reportTimes(times, io);
  } catch (error) {
    // A failed or cancelled query leaves an association that can be released in order.
    await client.release().catch(() => {});
    isLookedAt = error instanceof PeerError;
    throw error;
  } finally {
    client.abort();
    await printer.end();
    if (isLookedAt) reader.tellDoubts();
  }
  reader.conclude();
  return EXIT.done;
}

function readKeys(options: FindOptions, io: Io): readonly Key[] {
  const keys = (options.key ?? []).map((text) => parseKey(text, { today: io.now(), bareKeywords: 'worklist' }));
  for (const key of keys) if (key.placed) explainPlace(key, io);
  return keys;
}

async function buildQueries(
  files: readonly string[],
  keys: readonly Key[],
  options: FindOptions,
  io: Io,
): Promise<readonly DataSet[]> {
  const { charset, force = false } = options;
  const build = { charset, force, forceHint: '--force sends it as it is' };
  if (files.length === 0) return [buildQuery(undefined, keys, build)];
  const queries: DataSet[] = [];
  for (const file of files) {
    for (const query of await readQueryFile(file, io)) queries.push(buildQuery(query, keys, build));
  }
  return queries;
}

function explainPlace(key: Key, io: Io): void {
  io.log.info(`key ${formatKeyPath(key)}: the keyword alone means the scheduled procedure step`);
}

async function openFolder({ extract, extractLikeFindscu = false }: FindOptions): Promise<AnswerFolder | undefined> {
  if (extractLikeFindscu) return AnswerFolder.open(extract ?? '.', true);
  return extract === undefined ? undefined : AnswerFolder.open(extract, false);
}

function reportTimes(times: readonly number[], io: Io): void {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number): string => (sorted[Math.floor((sorted.length - 1) * share)] ?? 0).toFixed(1);
  io.log.notice(`asked ${sorted.length} times: fastest ${at(0)} ms, median ${at(0.5)} ms, slowest ${at(1)} ms`);
}
