/** Queries by DCMTK's findscu, and what came back. */

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DataSet, plainText } from '../../src/dicom/data-set.ts';
import { TAG } from '../../src/dicom/tag.ts';
import { readPart10 } from '../../src/part10/read-part10.ts';
import { runPeer } from './peers.ts';
import { entryFile } from './worklist-entries.ts';

export interface FindscuResult {
  /** "accepted", or the reject's result, source and reason in findscu's words. */
  readonly association: string;
  /** Final status; undefined where none came. */
  readonly status: string | undefined;
  /** Statuses of the answers, each once. */
  readonly pending: readonly string[];
  readonly count: number;
  readonly offending: readonly string[];
  readonly answers: readonly DataSet[];
  readonly log: string;
}

let runs = 0;

/** Writes an identifier as a file for findscu to send: its -k can pass no bytes that are not UTF-8. */
export function queryFile(identifier: DataSet, scratch: string): string {
  const path = join(scratch, `query-${runs++}.dcm`);
  writeFileSync(path, entryFile(identifier));
  return path;
}

/** Sends the query file `query`; answers are written to and read from a new folder in `scratch`. */
export async function findscu(
  port: number,
  calledAe: string,
  query: string,
  scratch: string,
  options: readonly string[] = [],
): Promise<FindscuResult> {
  const folder = join(scratch, `answers-${runs++}`);
  mkdirSync(folder);
  const usual = ['-d', '-W', '-X', '-od', folder, '-aec', calledAe];
  const { stdout, stderr } = await runPeer('findscu', [...usual, ...options, '127.0.0.1', `${port}`, query]);
  const log = stdout.toString('latin1') + stderr;
  const statuses = [...log.matchAll(/DIMSE Status\s*: (0x[0-9a-f]{4})/g)].map(([, status = '']) => status);
  const final = statuses.filter((status) => !status.startsWith('0xff'));
  const [, ...rejection] = /Result: (.*), Source: (.*)\n.*Reason: (.*)/.exec(log) ?? [];
  const [, offending = ''] = /AT ((?:\([0-9a-f]{4},[0-9a-f]{4}\)\\?)+).*OffendingElement/.exec(log) ?? [];
  const names = readdirSync(folder).sort();
  return {
    association: rejection.length > 0 ? `rejected: ${rejection.join(', ')}` : 'accepted',
    status: final.at(-1),
    pending: [...new Set(statuses.filter((status) => status.startsWith('0xff')))],
    count: statuses.length - final.length,
    offending: offending === '' ? [] : offending.split('\\'),
    answers: names.map((name) => readPart10(readFileSync(join(folder, name))).dataSet),
    log,
  };
}

export function accessionNumbers(answers: readonly DataSet[]): string[] {
  return answers.map((answer) => plainText(answer, TAG.AccessionNumber)).sort();
}
