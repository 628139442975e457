/** What sites ran into with other worklist servers, asked of the matcher. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { type DataSet, plainText } from '../../src/dicom/data-set.ts';
import { makeTag, TAG, type Tag } from '../../src/dicom/tag.ts';
import { readPart10 } from '../../src/part10/read-part10.ts';
import { viewEntry } from '../../src/worklist/entry-view.ts';
import { matchEntry } from '../../src/worklist/match.ts';
import { readQuery } from '../../src/worklist/query.ts';
import { respond } from '../../src/worklist/respond.ts';

interface FieldCase {
  readonly name: string;
  readonly title: string;
  /** Part 10 files, base64. */
  readonly query: string;
  readonly entries: Readonly<Record<string, string>>;
  readonly expect: {
    readonly patientIds: readonly string[];
    readonly charset?: string;
    readonly patientNameHex?: string;
    readonly mustReturn?: Readonly<Record<string, string>>;
    readonly sequenceItems?: Readonly<Record<string, number | string>>;
    readonly zeroLength?: readonly string[];
  };
}

function cases(): FieldCase[] {
  const file = new URL('../../fixtures/serve/field.ndjson', import.meta.url);
  return readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as FieldCase);
}

function read(base64: string): DataSet {
  return readPart10(Buffer.from(base64, 'base64')).dataSet;
}

function tagOf(hex: string): Tag {
  return makeTag(Number.parseInt(hex.slice(0, 4), 16), Number.parseInt(hex.slice(4), 16));
}

/** The text at a path such as "00400100[0].00080060". */
function textAt(dataSet: DataSet, path: string): string {
  const segments = path.split('.');
  const target = segments.slice(0, -1).reduce((parent, segment) => {
    const [, hex = '', item = '0'] = /^(\w{8})\[(\d+)\]$/.exec(segment) ?? [];
    return parent.items(tagOf(hex))[Number(item)]?.dataSet ?? assert.fail(`no ${segment}`);
  }, dataSet);
  return plainText(target, tagOf(segments.at(-1) ?? ''));
}

function answersOf({ query: identifier, entries }: FieldCase): DataSet[] {
  const { query } = readQuery(read(identifier));
  assert.ok(query, 'the query was refused');
  return Object.values(entries).flatMap((file) => {
    const view = viewEntry(read(file));
    return matchEntry(query, view).map(({ step }) => respond(query, view, step).dataSet);
  });
}

for (const fieldCase of cases()) {
  const { expect } = fieldCase;
  test(`${fieldCase.name}: ${fieldCase.title}`, () => {
    const answers = answersOf(fieldCase);
    assert.deepEqual(answers.map((answer) => plainText(answer, TAG.PatientID)).sort(), [...expect.patientIds].sort());
    for (const answer of answers) {
      if (expect.charset !== undefined) assert.equal(plainText(answer, TAG.SpecificCharacterSet), expect.charset);
      if (expect.patientNameHex !== undefined) {
        const name = Buffer.from(answer.value(TAG.PatientName) ?? []).toString('hex');
        assert.equal(name, expect.patientNameHex.replaceAll(' ', ''));
      }
      for (const [path, text] of Object.entries(expect.mustReturn ?? {})) assert.equal(textAt(answer, path), text);
      for (const [tag, count] of Object.entries(expect.sequenceItems ?? {})) {
        assert.equal(answer.items(tagOf(tag)).length, typeof count === 'number' ? count : 0);
      }
      for (const tag of expect.zeroLength ?? []) assert.equal(answer.value(tagOf(tag))?.length, 0);
    }
  });
}
