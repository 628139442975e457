import assert from 'node:assert/strict';
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { readDataSet } from '../../../src/codec/read-data-set.ts';
import { EXPLICIT_LITTLE } from '../../../src/codec/transfer-syntax.ts';
import { writeDataSet } from '../../../src/codec/write-data-set.ts';
import { RequestFolder } from '../../../src/commands/serve/request-folder.ts';
import { recordedLog } from '../../support/recorded-log.ts';
import { tempDir } from '../../support/temp-dir.ts';
import { entryDataSet } from '../../support/worklist-entries.ts';

const READING = readDataSet(writeDataSet(entryDataSet('A1'), EXPLICIT_LITTLE), EXPLICIT_LITTLE);

test('keeps the newest thousand of its own files, across starts, and touches no other', async (t) => {
  const folder = await tempDir(t);
  writeFileSync(`${folder}/mine.dump`, 'not from us');
  let second = 0;
  const now = () => new Date(Date.UTC(2026, 0, 1, 0, 0, second++));
  for (let start = 0; start < 2; start += 1) {
    const requests = await RequestFolder.open(folder, recordedLog(), now);
    for (let count = 0; count < 600; count += 1) requests.keep('CT01', READING, EXPLICIT_LITTLE);
    await requests.settled();
  }
  const names = readdirSync(folder).sort();
  assert.equal(names.length, 1001);
  assert.ok(names.includes('mine.dump'));
  assert.match(names[0] ?? '', /^20260101-000320000-/, 'the oldest two hundred are gone');
});

test('a disk that fails is said once and costs nothing else', async (t) => {
  const folder = `${await tempDir(t)}/requests`;
  const log = recordedLog();
  const requests = await RequestFolder.open(folder, log, () => new Date());
  rmSync(folder, { recursive: true });
  requests.keep('CT01', READING, EXPLICIT_LITTLE);
  requests.keep('CT01', READING, EXPLICIT_LITTLE);
  await requests.settled();
  assert.equal(log.lines.length, 1);
  assert.match(log.lines[0] ?? '', /a query was not kept: no such file or folder/);
});
