/** wltool find against wlmscpfs and Orthanc, held against what findscu gets from them. */

import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { EXPLICIT_LITTLE } from '../../src/codec/transfer-syntax.ts';
import { writeDataSet } from '../../src/codec/write-data-set.ts';
import type { DataSet } from '../../src/dicom/data-set.ts';
import { readDicomJson } from '../../src/dicom-json/read-json.ts';
import { readPart10 } from '../../src/part10/read-part10.ts';
import { dcmtkSamples, missing, runPeer, startOrthanc, startWlmscpfs } from '../support/peers.ts';
import { sampleQueries, sampleWorklist } from '../support/sample-worklist.ts';
import { runCli } from '../support/spawn-cli.ts';
import { tempDir } from '../support/temp-dir.ts';

const skip = dcmtkSamples().skip || missing('wlmscpfs', 'findscu', 'dump2dcm');
const TIMEOUT = { timeout: 120_000 };

/** Elements with their values, whatever the lengths of sequences; one line an answer. */
function plainBytes(dataSets: readonly DataSet[]): string[] {
  return dataSets
    .map((dataSet) =>
      Buffer.from(writeDataSet(dataSet, EXPLICIT_LITTLE, { lengths: 'explicit', groupLengths: 'remove' })),
    )
    .map((bytes) => bytes.toString('latin1'))
    .sort();
}

async function dataSetsIn(folder: string): Promise<DataSet[]> {
  const names = await readdir(folder);
  return Promise.all(names.map(async (name) => readPart10(await readFile(join(folder, name))).dataSet));
}

test("DCMTK's sample queries get from wlmscpfs what findscu gets", { ...TIMEOUT, skip }, async (t) => {
  const { root } = await sampleWorklist(t);
  const server = await startWlmscpfs(t, root);
  for (const query of await sampleQueries()) {
    const [theirs, ours, file] = [await tempDir(t), await tempDir(t), join(await tempDir(t), 'query.dcm')];
    await runPeer('dump2dcm', ['-g', query, file]);
    const peer = ['-aec', 'OFFIS', '127.0.0.1', String(server.port)];
    const findscu = await runPeer('findscu', ['-W', '-X', '-od', theirs, ...peer, file]);
    assert.equal(findscu.code, 0, findscu.stderr);
    const expected = plainBytes(await dataSetsIn(theirs));
    for (const input of [query, file]) {
      const found = await runCli(['find', '-X', '-od', ours, '--format', 'json', ...peer, input]);
      assert.equal(found.code, 0, found.stderr);
      assert.deepEqual(plainBytes(await dataSetsIn(ours)), expected, query);
      assert.deepEqual(plainBytes(readDicomJson(found.stdoutBytes).dataSets), expected, query);
    }
  }
});

for (const propose of ['explicit', 'implicit', 'big', 'deflated']) {
  test(`wlmscpfs answers in ${propose}`, { ...TIMEOUT, skip }, async (t) => {
    const { root } = await sampleWorklist(t);
    const server = await startWlmscpfs(t, root, ['+xd']);
    const peer = ['--aec', 'OFFIS', '127.0.0.1', String(server.port)];
    const found = await runCli(['find', ...peer, '--propose', propose, '-k', 'PatientName', '--format', 'ndjson']);
    assert.equal(found.code, 0, found.stderr);
    assert.equal(readDicomJson(found.stdoutBytes).dataSets.length, 10);
  });
}

test('wlmscpfs refuses an unknown AE title; so does find, with exit 4', { ...TIMEOUT, skip }, async (t) => {
  const { root } = await sampleWorklist(t);
  const server = await startWlmscpfs(t, root);
  const found = await runCli(['find', '--aec', 'WRONG', '127.0.0.1', String(server.port)]);
  assert.equal(found.code, 4);
  assert.equal(found.stdout, '');
  assert.match(found.stderr, /called AE title not recognised \(permanent, by the service user\)/);
  assert.match(found.stderr, /hint: .*"WRONG".*--aec/);
});

test('a failure of wlmscpfs is exit 4 with its comment and element', { ...TIMEOUT, skip }, async (t) => {
  const { root } = await sampleWorklist(t);
  const server = await startWlmscpfs(t, root);
  const peer = ['--aec', 'OFFIS', '127.0.0.1', String(server.port)];
  const found = await runCli(['find', ...peer, '--force', '-k', 'ScheduledProcedureStepStartDate=2026-13-99']);
  assert.equal(found.code, 4);
  assert.match(found.stderr, /A900H.*"Invalid value for an attribute with VR=DA".*\(0040,0002\)/);
});

test('--limit cancels at wlmscpfs, and prints exactly so many', { ...TIMEOUT, skip }, async (t) => {
  const { root } = await sampleWorklist(t);
  const server = await startWlmscpfs(t, root);
  const peer = ['--aec', 'OFFIS', '127.0.0.1', String(server.port)];
  const found = await runCli(['find', ...peer, '-k', 'PatientID', '--limit', '3', '--format', 'ndjson']);
  assert.equal(found.code, 0, found.stderr);
  assert.equal(found.stdout.trimEnd().split('\n').length, 3);
});

test("Orthanc's plugin answers find", { ...TIMEOUT, skip: skip || missing('Orthanc') }, async (t) => {
  const { folder } = await sampleWorklist(t);
  const orthanc = await startOrthanc(t, { worklistFolder: folder });
  const peer = ['--aec', 'ORTHANC', '127.0.0.1', String(orthanc.port)];
  const all = await runCli(['find', ...peer, '--format', 'json', '-k', 'PatientName', '-k', 'Modality']);
  assert.equal(all.code, 0, all.stderr);
  assert.equal(readDicomJson(all.stdoutBytes).dataSets.length, 10);
  const some = await runCli(['find', ...peer, '--format', 'json', '-k', 'PatientName=VIVALDI*', '-k', 'Modality=CT']);
  assert.equal(readDicomJson(some.stdoutBytes).dataSets.length, 1);
});

test('find, folder, serve, find is the identity', { ...TIMEOUT, skip }, async (t) => {
  const { root } = await sampleWorklist(t);
  const wlmscpfs = await startWlmscpfs(t, root);
  const peer = ['--aec', 'OFFIS', '127.0.0.1'];
  const [first, second] = [await tempDir(t), await tempDir(t)];
  await runCli(['find', ...peer, String(wlmscpfs.port), '-x', first]);
  const { startCli } = await import('../support/spawn-cli.ts');
  const serve = startCli(['serve', first, '--port', '0', '--host', '127.0.0.1']);
  t.after(async () => {
    await serve.stop();
  });
  const [, port = ''] = await serve.waitFor(/listening on 127\.0\.0\.1:(\d+)/);
  const again = await runCli(['find', ...peer, port, '-x', second]);
  assert.equal(again.code, 0, again.stderr);
  assert.deepEqual((await readdir(second)).sort(), (await readdir(first)).sort());
  assert.deepEqual(plainBytes(await dataSetsIn(second)), plainBytes(await dataSetsIn(first)));
});
