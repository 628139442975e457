/** The recorded cases of fixtures/serve: worklist files, queries as findscu sent them, and wlmscpfs's answers. */

import { readFileSync } from 'node:fs';
import { DataSet, valueElement } from '../../src/dicom/data-set.ts';
import { decidedVr, vrTraits } from '../../src/dicom/vr.ts';
import { applyKey } from '../../src/keys/apply-key.ts';
import { parseKey } from '../../src/keys/parse-key.ts';
import { readPart10 } from '../../src/part10/read-part10.ts';

export type RecordedValue = readonly [vr: string, value: string | readonly number[] | readonly RecordedDataSet[]];
export interface RecordedDataSet {
  readonly [tag: string]: RecordedValue;
}

export interface ServeRecord {
  readonly folder: string;
  readonly name: string;
  readonly what: string;
  readonly dataSet: DataSet;
}

export interface ServeCase {
  readonly name: string;
  readonly calledAe: string;
  readonly server?: readonly string[];
  readonly findscuOptions?: readonly string[];
  readonly keys: readonly string[];
  readonly encoding?: BufferEncoding;
  readonly queryDump?: string;
  readonly recorded: {
    readonly association?: string;
    readonly status?: string;
    readonly pending?: string;
    readonly count: number;
    readonly accessions?: readonly string[];
    readonly offending?: readonly string[];
    readonly comment?: string;
    readonly responses?: readonly RecordedDataSet[] | null;
  };
  readonly verdict: 'same' | 'allowed' | 'differs';
  readonly right?: { readonly status?: string; readonly accessions?: readonly string[]; readonly count?: number };
}

const FOLDER = new URL('../../fixtures/serve/', import.meta.url);

function lines(name: string): string[] {
  return readFileSync(new URL(name, FOLDER), 'utf8').trimEnd().split('\n');
}

export function serveRecords(): ServeRecord[] {
  return lines('records.ndjson').map((line) => {
    const { wl, ...about } = JSON.parse(line) as Omit<ServeRecord, 'dataSet'> & { readonly wl: string };
    return { ...about, dataSet: readPart10(Buffer.from(wl, 'base64')).dataSet };
  });
}

export function serveCases(): ServeCase[] {
  return lines('queries.ndjson').map((line) => JSON.parse(line) as ServeCase);
}

/** The identifier of findscu's `-k` arguments: their bytes are sent as they are, whatever they mean. */
export function identifierOf(keys: readonly string[], encoding: BufferEncoding = 'latin1'): DataSet {
  const identifier = new DataSet();
  for (const text of keys) {
    const key = parseKey(text, { bareKeywords: 'literal' });
    applyKey(identifier, { ...key, value: key.value === undefined ? undefined : '' });
    if (!key.value) continue;
    const target = key.path.reduce(
      (dataSet, step) => dataSet.items(step.tag)[step.item ?? 0]?.dataSet ?? dataSet,
      identifier,
    );
    const vr = decidedVr(target.get(key.tag)?.vr ?? 'UN');
    const bytes = Buffer.from(key.value, encoding);
    const padding = Buffer.alloc(bytes.length % 2, vrTraits(vr).pad);
    target.set(valueElement(key.tag, vr, Buffer.concat([bytes, padding])));
  }
  return identifier;
}

/** A query that -k cannot state, as lines "(gggg,eeee) VR [value]". */
export function identifierOfDump(dump: string): DataSet {
  return new DataSet(
    [...dump.matchAll(/^\((\w{4}),(\w{4})\) (\w\w) \[(.*)\]$/gm)].map(([, group, element, vr, value = '']) => {
      const tag = Number.parseInt(`${group}${element}`, 16);
      return valueElement(
        tag,
        decidedVr(vr as 'LO'),
        Buffer.from(value.length % 2 === 0 ? value : `${value} `, 'latin1'),
      );
    }),
  );
}

export function identifierOfCase({ keys, encoding, queryDump }: ServeCase): DataSet {
  return queryDump === undefined ? identifierOf(keys, encoding) : identifierOfDump(queryDump);
}
