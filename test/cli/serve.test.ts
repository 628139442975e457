/** `wltool serve` as an administrator runs it: its options, what it says, how it stops. */

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { type TestContext, test } from 'node:test';
import { readDataSet } from '../../src/codec/read-data-set.ts';
import { type DataSet, plainText } from '../../src/dicom/data-set.ts';
import { TAG } from '../../src/dicom/tag.ts';
import { PeerError } from '../../src/errors.ts';
import { findWorklist, type WorklistClientOptions } from '../../src/network/worklist-client.ts';
import { identifierOf } from '../support/serve-cases.ts';
import { startServe } from '../support/serve-folder.ts';
import { runCli } from '../support/spawn-cli.ts';
import { tempDir } from '../support/temp-dir.ts';
import { entryDataSet, entryFile, type Values } from '../support/worklist-entries.ts';

const LATIN1_NAME = 'M\u00dcLLER^J\u00d6RG';

async function folderOf(t: TestContext, entries: Readonly<Record<string, DataSet>>): Promise<string> {
  const folder = await tempDir(t);
  for (const [name, dataSet] of Object.entries(entries)) {
    mkdirSync(`${folder}/${name}`.replace(/\/[^/]*$/, ''), { recursive: true });
    writeFileSync(`${folder}/${name}`, entryFile(dataSet));
  }
  return folder;
}

function atTime(accession: string, date: string, changes: Values = {}): DataSet {
  return entryDataSet(accession, {}, { [TAG.ScheduledProcedureStepStartDate]: date, ...changes });
}

async function ask(
  port: number,
  keys: readonly string[],
  peer: Partial<WorklistClientOptions> = {},
): Promise<DataSet[]> {
  const identifier = identifierOf(['AccessionNumber', ...keys]);
  const options = { host: '127.0.0.1', port, calledAeTitle: 'ANY', callingAeTitle: 'CT01', ...peer, identifier };
  const answers: DataSet[] = [];
  for await (const answer of findWorklist(options)) {
    answers.push(readDataSet(answer.identifier, answer.syntax).dataSet);
  }
  return answers;
}

function accessions(answers: readonly DataSet[]): string[] {
  return answers.map((answer) => plainText(answer, TAG.AccessionNumber));
}

test('says the layout, the entries and problems of each area, and where it listens', async (t) => {
  const folder = await folderOf(t, {
    'CT1/a.wl': entryDataSet('A1'),
    'CT1/b.WL': entryDataSet('B1'),
    'US1/c.wl': entryDataSet('C1'),
  });
  writeFileSync(`${folder}/CT1/bad.wl`, 'no DICOM file at all, nor the beginning of one');
  const serve = await startServe(t, ['-p', '0', folder]);
  const { stdout, stderr, code } = await serve.stop();
  assert.equal(code, 0);
  assert.match(stdout, /^listening on 127\.0\.0\.1:\d+\n$/);
  assert.match(stderr, /layout ae, 2 AE titles/);
  assert.match(stderr, /CT1: 2 entries, 1 file with problems/);
  assert.match(stderr, /US1: 1 entry\n/);
  assert.equal(stderr.split('bad.wl').length, 2, 'a bad file is named once');
});

test('stops with exit status 0 on SIGINT too', async (t) => {
  const serve = await startServe(t, ['-p', '0', await folderOf(t, { 'a.wl': entryDataSet('A1') })]);
  assert.equal((await serve.stop('SIGINT')).code, 0);
});

test('a port in use is exit status 3 and says so', async (t) => {
  const holder = createServer().listen(0, '127.0.0.1');
  await once(holder, 'listening');
  t.after(() => void holder.close());
  const address = holder.address();
  assert.ok(address !== null && typeof address === 'object');
  const folder = await tempDir(t);
  const { code, stdout, stderr } = await runCli(['serve', '--host', '127.0.0.1', '-p', `${address.port}`, folder]);
  assert.equal(code, 3);
  assert.equal(stdout, '');
  assert.match(stderr, /cannot listen on 127\.0\.0\.1:\d+: the port is in use/);
});

test('a folder that is not there is exit status 3, a wrong option 2', async (t) => {
  const folder = await tempDir(t);
  assert.equal((await runCli(['serve', '-p', '0', `${folder}/missing`])).code, 3);
  const wrong = [
    ['--hide-before', 'last-week'],
    ['--allow-host', '10.0.0.0/33'],
    ['--charset', 'LATIN1'],
    ['--charset-for', 'CT01'],
    ['--limit', '0'],
    ['--tls-key', 'key.pem'],
    ['--port', '70000'],
  ];
  for (const options of wrong) {
    const { code, stderr } = await runCli(['serve', ...options, folder]);
    assert.equal(code, 2, `${options.join(' ')}: ${stderr}`);
    assert.match(stderr, new RegExp(options[0] ?? ''));
  }
});

test("wlmscpfs's command line is taken as it is", async (t) => {
  const folder = await folderOf(t, {
    'CT1/a.wl': entryDataSet('A1'),
    'CT1/b.wl': entryDataSet('B1', { [TAG.PatientID]: '' }),
  });
  const options = [
    '-v',
    '-s',
    '-dfp',
    folder,
    '-csk',
    '-nse',
    '+xe',
    '-ta',
    '20',
    '-td',
    '20',
    '-pdu',
    '16384',
    '-efr',
    '0',
  ];
  const { port, stop } = await startServe(t, options);
  assert.deepEqual(accessions(await ask(port, [], { calledAeTitle: 'CT1' })), ['A1'], 'incomplete ones are rejected');
  await assert.rejects(ask(port, []), PeerError);
  assert.equal((await stop()).code, 0);
});

test('--aet, --allow-aet: who may call whom', async (t) => {
  const folder = await folderOf(t, { 'a.wl': entryDataSet('A1') });
  const { port } = await startServe(t, [
    '-p',
    '0',
    '--aet',
    'RIS',
    '--allow-aet',
    'CT01',
    '--allow-aet',
    'CT02',
    folder,
  ]);
  assert.deepEqual(accessions(await ask(port, [], { calledAeTitle: 'RIS' })), ['A1']);
  assert.deepEqual(accessions(await ask(port, [], { calledAeTitle: 'RIS', callingAeTitle: 'CT02' })), ['A1']);
  await assert.rejects(ask(port, [], { calledAeTitle: 'RIS', callingAeTitle: 'CT03' }), /[Cc]alling/);
  await assert.rejects(ask(port, [], { calledAeTitle: 'OTHER' }), /[Cc]alled/);
});

test('--allow-host: who may connect', async (t) => {
  const folder = await folderOf(t, { 'a.wl': entryDataSet('A1') });
  const inside = await startServe(t, ['-p', '0', '--allow-host', '10.0.0.0/8', '--allow-host', '127.0.0.0/8', folder]);
  assert.deepEqual(accessions(await ask(inside.port, [])), ['A1']);
  const outside = await startServe(t, ['-p', '0', '--allow-host', '10.0.0.0/8', folder]);
  await assert.rejects(ask(outside.port, []), PeerError);
});

test('--for-caller: the steps of the caller, unless the query names a station', async (t) => {
  const station = (aeTitle: string) => ({ [TAG.ScheduledStationAETitle]: aeTitle });
  const folder = await folderOf(t, {
    'a.wl': entryDataSet('A1', {}, station('CT01')),
    'b.wl': entryDataSet('B1', {}, station('CT02')),
    'c.wl': entryDataSet('C1', {}, station('CT09\\ CT01 ')),
  });
  const { port } = await startServe(t, ['-p', '0', '--for-caller', folder]);
  assert.deepEqual(accessions(await ask(port, [])), ['A1', 'C1']);
  assert.deepEqual(accessions(await ask(port, ['0040,0100[0].0040,0001=CT02'])), ['B1']);
  assert.deepEqual(accessions(await ask(port, ['0040,0100[0].0040,0001'])), ['A1', 'C1'], 'asking for it names none');
});

test('--limit gives exactly so many answers, the first ones, and counts the rest', async (t) => {
  const folder = await folderOf(t, {
    '1.wl': atTime('LAST', '20260312'),
    '2.wl': atTime('FIRST', '20260310'),
    '3.wl': atTime('SECOND', '20260311'),
  });
  const serve = await startServe(t, ['-p', '0', '--limit', '2', folder]);
  assert.deepEqual(accessions(await ask(serve.port, [])), ['FIRST', 'SECOND']);
  assert.match((await serve.stop()).stderr, /1 matching steps were not sent to CT01/);
});

test('--hide-before leaves out what starts before', async (t) => {
  const folder = await folderOf(t, {
    'a.wl': atTime('OLD', '20260310'),
    'b.wl': atTime('NEW', '20260311'),
    'c.wl': atTime('NONE', ''),
  });
  const { port } = await startServe(t, ['-p', '0', '--hide-before', '20260311', folder]);
  assert.deepEqual(accessions(await ask(port, [])), ['NEW', 'NONE']);
});

test('--charset, --charset-for, --fallback-charset', async (t) => {
  const folder = await folderOf(t, {
    'a.wl': entryDataSet('A1', { [TAG.SpecificCharacterSet]: 'ISO_IR 100', [TAG.PatientName]: LATIN1_NAME }),
    'b.wl': entryDataSet('B1', { [TAG.PatientName]: LATIN1_NAME }),
  });
  const options = ['--charset', 'ISO_IR 192', '--charset-for', 'CT02=ISO_IR 100', '--fallback-charset', 'ISO_IR 100'];
  const { port } = await startServe(t, ['-p', '0', ...options, folder]);
  const nameOf = (answer: DataSet | undefined) => Buffer.from(answer?.value(TAG.PatientName) ?? []);
  for (const answer of await ask(port, ['PatientName'])) {
    assert.equal(plainText(answer, TAG.SpecificCharacterSet), 'ISO_IR 192');
    assert.equal(nameOf(answer).toString('utf8').trimEnd(), LATIN1_NAME);
  }
  for (const answer of await ask(port, ['PatientName'], { callingAeTitle: 'CT02' })) {
    assert.equal(plainText(answer, TAG.SpecificCharacterSet), 'ISO_IR 100');
    assert.equal(nameOf(answer).toString('latin1').trimEnd(), LATIN1_NAME);
  }
});

test('the log of a query names keys but no patient, unless asked to explain', async (t) => {
  const folder = await folderOf(t, { 'a.wl': entryDataSet('A1'), 'b.wl': entryDataSet('B1') });
  const quiet = await startServe(t, ['-p', '0', folder]);
  await ask(quiet.port, ['PatientName=NAME^A1', 'PatientID=P-A1']);
  const plain = (await quiet.stop()).stderr;
  assert.match(plain, /query .*caller=CT01 .*keys=PatientName,PatientID considered=2 matched=1 ms=/);
  assert.doesNotMatch(plain, /NAME\^|P-A1/);

  const explaining = await startServe(t, ['-p', '0', '--explain', folder]);
  await ask(explaining.port, ['PatientName=NAME^A1']);
  assert.match((await explaining.stop()).stderr, /left out b\.wl: \(0010,0010\) is "NAME\^B1", asked was "NAME\^A1"/);
});

test('the log names keys within sequences by their path, and an entry left out once for all its steps', async (t) => {
  const two = [{ [TAG.Modality]: 'CT' }, { [TAG.Modality]: 'MR' }];
  const folder = await folderOf(t, { 'a.wl': entryDataSet('A1', { [TAG.ScheduledProcedureStepSequence]: two }) });
  const { port, stop } = await startServe(t, ['-p', '0', '--explain', folder]);
  await ask(port, ['PatientSex=F', 'RequestedProcedureCodeSequence[0].CodeValue=R1']);
  const { stderr } = await stop();
  assert.match(stderr, /keys="PatientSex=F,RequestedProcedureCodeSequence\.CodeValue=R1"/);
  assert.equal(stderr.match(/left out .*/g)?.join(), 'left out a.wl: (0010,0040) is not there, asked was "F"');
});

test('--log-format json writes one object a line', async (t) => {
  const serve = await startServe(t, [
    '-p',
    '0',
    '--log-format',
    'json',
    await folderOf(t, { 'a.wl': entryDataSet('A1') }),
  ]);
  await ask(serve.port, ['PatientID=P-A1']);
  const lines = (await serve.stop()).stderr
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { message: string; keys?: string });
  assert.equal(lines.find(({ message }) => message === 'query')?.keys, 'PatientID');
});

test('a file where a folder is wanted is called one, and the folder around it is named', async (t) => {
  const folder = await folderOf(t, { 'a.wl': entryDataSet('A1') });
  const file = `${folder}/a.wl`;
  for (const [args, message] of [
    [[file], `error: cannot read ${file}: is a file, not a folder\n  hint: name the folder that holds it: ${folder}\n`],
    [
      [folder, '--request-dir', file],
      `error: cannot write ${file}: is a file, not a folder\n  hint: choose another folder\n`,
    ],
  ] as const) {
    const { code, stderr } = await runCli(['serve', '-p', '0', ...args]);
    assert.equal(code, 3);
    assert.equal(stderr, message);
  }
});

test('--request-dir keeps queries under names that no caller steers', async (t) => {
  const folder = await folderOf(t, { 'a.wl': entryDataSet('A1') });
  const requests = `${await tempDir(t)}/requests`;
  const serve = await startServe(t, ['-p', '0', '--request-dir', requests, folder]);
  await ask(serve.port, ['PatientID=../../x'], { callingAeTitle: '../../etc/x' });
  await serve.stop();
  const names = readdirSync(requests);
  assert.equal(names.length, 1);
  const [name = ''] = names;
  assert.match(name, /^\d{8}-\d{9}-\d{6}-______etc_x\.dump$/);
  assert.match(readFileSync(`${requests}/${name}`, 'latin1'), /\(0010,0020\) LO \[\.\.\/\.\.\/x\]/);
  assert.equal(statSync(`${requests}/${name}`).mode & 0o077, 0, 'queries name patients');
});

test('SIGHUP looks at everything anew', async (t) => {
  const folder = await folderOf(t, { 'a.wl': entryDataSet('A1') });
  const serve = await startServe(t, ['-p', '0', folder]);
  mkdirSync(`${folder}/CT1`);
  renameSync(`${folder}/a.wl`, `${folder}/CT1/a.wl`);
  serve.child.kill('SIGHUP');
  await serve.waitFor(/read anew/);
  assert.deepEqual(accessions(await ask(serve.port, [], { calledAeTitle: 'CT1' })), ['A1']);
  await assert.rejects(ask(serve.port, [], { calledAeTitle: 'CT9' }), PeerError);
});

test('a folder that vanishes while serving is A700, and served again when it is back', async (t) => {
  const root = await tempDir(t);
  const folder = `${root}/db`;
  mkdirSync(folder);
  writeFileSync(`${folder}/a.wl`, entryFile(entryDataSet('A1')));
  const { port } = await startServe(t, ['-p', '0', folder]);
  renameSync(folder, `${root}/away`);
  await assert.rejects(ask(port, []), (error) => error instanceof PeerError && error.status === 0xa700);
  renameSync(`${root}/away`, folder);
  assert.deepEqual(accessions(await ask(port, [])), ['A1']);
});
