/** `wltool dump` as a user runs it. */

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { EXPLICIT_LITTLE } from '../../src/codec/transfer-syntax.ts';
import { runProgram } from '../../src/commands/program.ts';
import { DataSet, sequenceElement, valueElement } from '../../src/dicom/data-set.ts';
import { TAG } from '../../src/dicom/tag.ts';
import { writePart10 } from '../../src/part10/write-part10.ts';
import { fakeIo } from '../support/fake-io.ts';
import { sampleDataSet } from '../support/sample-data-set.ts';
import { runCli, WLTOOL } from '../support/spawn-cli.ts';
import { tempDir } from '../support/temp-dir.ts';

function fileOf(dataSet: DataSet): Uint8Array {
  const meta = new DataSet([valueElement(TAG.TransferSyntaxUID, 'UI', Buffer.from(`${EXPLICIT_LITTLE.uid}\0`))]);
  return writePart10({ preamble: new Uint8Array(128), meta, dataSet, syntax: EXPLICIT_LITTLE });
}

function patientFile(name: string): Uint8Array {
  return fileOf(new DataSet([valueElement(TAG.PatientName, 'PN', Buffer.from(name, 'latin1'))]));
}

test('prints a file, a folder by name, and stdin', async (context) => {
  const folder = await tempDir(context);
  await mkdir(join(folder, 'sub'));
  await writeFile(join(folder, 'b.wl'), patientFile('Second'));
  await writeFile(join(folder, 'a.WL'), patientFile('First^'));
  await writeFile(join(folder, 'notes.txt'), 'not for us');
  await writeFile(join(folder, 'sub', 'c.wl'), patientFile('Hidden'));

  const names = (stdout: string): string[] => [...stdout.matchAll(/PN \[(.*?)\]/g)].map((match) => match[1] ?? '');
  const one = await runCli(['dump', 'b.wl'], { cwd: folder });
  assert.deepEqual([one.code, names(one.stdout), one.stderr], [0, ['Second'], '']);
  const all = await runCli(['dump', '.'], { cwd: folder });
  assert.deepEqual([all.code, names(all.stdout)], [0, ['First^', 'Second']]);
  const deep = await runCli(['dump', '--recursive', '--pattern', '?.wl', '.'], { cwd: folder });
  assert.deepEqual(names(deep.stdout), ['Second', 'Hidden']);
  const piped = await runCli(['dump', '-'], { input: patientFile('Piped^') });
  assert.deepEqual([piped.code, names(piped.stdout)], [0, ['Piped^']]);
});

test('a file that fails does not keep the others from being printed', async (context) => {
  const folder = await tempDir(context);
  await writeFile(join(folder, 'good.wl'), patientFile('Good^A'));
  await writeFile(join(folder, 'cut.wl'), fileOf(sampleDataSet()).subarray(0, 280));
  const both = await runCli(['dump', 'cut.wl', 'missing.wl', 'good.wl'], { cwd: folder });
  assert.equal(both.code, 1);
  assert.match(both.stdout, /PN \[Good\^A\]/);
  assert.match(both.stderr, /^error: cut\.wl: .*offset \d+/m);
  assert.match(both.stderr, /^error: cannot read missing\.wl/m);
  assert.equal((await runCli(['dump', 'missing.wl', 'good.wl'], { cwd: folder })).code, 3);
  const forced = await runCli(['dump', '--force', 'cut.wl'], { cwd: folder });
  assert.equal(forced.code, 1);
  assert.match(forced.stdout, /AccessionNumber/);
});

test('what is no DICOM file is called by its name', async (context) => {
  const folder = await tempDir(context);
  const files: Readonly<Record<string, readonly [content: string | Uint8Array, message: RegExp]>> = {
    'empty.wl': ['', /the file is empty/],
    'letter.wl': ['Dear colleague,\nplease find enclosed\n', /a text file/],
    'dump.wl': ['# Dicom-Data-Set\n(0010,0010) PN [A^B]\n', /dump text[\s\S]*wltool dump2wl/],
    'data.wl': ['{"00100010":{"vr":"PN"}}', /JSON[\s\S]*wltool dump2wl/],
    'archive.wl': ['PK\x03\x04 and more', /ZIP/],
    'zipped.wl': [gzipSync('x'), /gzip/],
    'zeros.wl': [new Uint8Array(300), /nothing but zeros/],
    'short.wl': ['ab', /offset 0/],
  };
  for (const [name, [content]] of Object.entries(files)) await writeFile(join(folder, name), content);
  for (const [name, [, message]] of Object.entries(files)) {
    const { code, stdout, stderr } = await runCli(['dump', name], { cwd: folder });
    assert.deepEqual([code, stdout], [1, ''], name);
    assert.match(stderr, message, name);
    assert.ok(stderr.includes(name), stderr);
  }
});

test('bytes behind the data set are reported with their offset, and it is printed', async (context) => {
  const folder = await tempDir(context);
  const file = patientFile('Muster');
  await writeFile(join(folder, 'a.wl'), Buffer.concat([file, Buffer.from('\r\n')]));
  const { code, stdout, stderr } = await runCli(['dump', 'a.wl'], { cwd: folder });
  assert.equal(code, 1);
  assert.match(stdout, /PN \[Muster\]/);
  assert.ok(stderr.includes(`offset ${file.length}`), stderr);
});

test('says on stderr which values the text does not carry, and JSON carries them', async () => {
  const input = fileOf(new DataSet([valueElement(0x00104000, 'LT', Buffer.from('C:\\new'))]));
  const text = await runCli(['dump', '-'], { input });
  assert.equal(text.code, 0);
  assert.match(text.stderr, /\(0010,4000\).*dump text cannot carry.*backslash/);
  assert.equal((await runCli(['dump', '-q', '-'], { input })).stderr, '');
  const json = await runCli(['dump', '--format', 'json', '-'], { input });
  assert.deepEqual([json.code, json.stderr], [0, '']);
  assert.deepEqual(JSON.parse(json.stdout), { '00104000': { vr: 'LT', Value: ['C:\\new'] } });
});

test('JSON is an object for a file, an array for several, and one line each as NDJSON', async (context) => {
  const folder = await tempDir(context);
  await writeFile(join(folder, 'a.wl'), patientFile('M\xfcller'));
  await writeFile(join(folder, 'b.wl'), fileOf(sampleDataSet()));
  const one = JSON.parse((await runCli(['dump', '--format', 'json', 'b.wl'], { cwd: folder })).stdout);
  assert.equal(one['00100010'].Value[0].Alphabetic, 'Müller^Jörg');
  const several = JSON.parse((await runCli(['dump', '--format', 'json', '.'], { cwd: folder })).stdout);
  assert.equal(several.length, 2);
  // Without (0008,0005), a byte above 7f is no text.
  assert.equal(several[0]['00100010'].InlineBinary, 'TfxsbGVy');
  const lines = (await runCli(['dump', '--format', 'ndjson', '.'], { cwd: folder })).stdout.trim().split('\n');
  assert.deepEqual(
    lines.map((line) => Object.keys(JSON.parse(line)).includes('00100010')),
    [true, true],
  );
});

test('searches by keyword, tag and path, and says when nothing is there', async () => {
  const step = (modality: string): DataSet => new DataSet([valueElement(TAG.Modality, 'CS', Buffer.from(modality))]);
  const input = fileOf(new DataSet([sequenceElement(TAG.ScheduledProcedureStepSequence, [step('CT'), step('MR')])]));
  const found = async (...args: string[]): Promise<string[]> => {
    const { code, stdout } = await runCli(['dump', ...args, '-'], { input });
    assert.equal(code, 0);
    return [...stdout.matchAll(/CS \[(.*?)\]/g)].map((match) => match[1] ?? '');
  };
  assert.deepEqual(await found('--search', 'Modality'), ['CT', 'MR']);
  assert.deepEqual(await found('+P', '8,60', '-s'), ['CT']);
  assert.deepEqual(await found('--search', '(0040,0100)[1].(0008,0060)'), ['MR']);
  assert.deepEqual(await found('--search', 'ScheduledProcedureStepSequence[0]'), ['CT']);
  const missing = await runCli(['dump', '--search', 'PatientID', '-'], { input });
  assert.deepEqual([missing.code, missing.stdout], [0, '']);
  assert.match(missing.stderr, /nothing found for PatientID/);
  const misspelt = await runCli(['dump', '--search', 'PatientNmae', '-'], { input });
  assert.equal(misspelt.code, 2);
  assert.match(misspelt.stderr, /did you mean PatientName/);
});

test('options that do not go together are usage errors', async () => {
  for (const args of [
    ['--first', 'x'],
    ['--with-path', 'x'],
    ['+Fs', 'x'],
    ['+P', 'Modality', '+T', '+p', 'x'],
    ['-te', 'x'],
    ['--format', 'json', '--search', 'Modality', 'x'],
    ['--read', 'nonsense', 'x'],
    ['+R', '3', 'x'],
    ['+W', 'dir', 'x'],
  ]) {
    assert.equal((await runCli(['dump', ...args])).code, 2, args.join(' '));
  }
});

test('text that its character set does not explain fails --utf8', async () => {
  const { code, stdout, stderr } = await runCli(['dump', '--utf8', '-'], { input: patientFile('M\xfcller') });
  assert.deepEqual([code, stdout], [1, '']);
  assert.match(stderr, /\(0010,0010\): with no character set/);
});

test('on a terminal, control characters are written out; into a pipe go the bytes', async () => {
  const controls = '\x1b[2J\x07\x9b1m';
  const dataSet = new DataSet([
    valueElement(TAG.SpecificCharacterSet, 'CS', Buffer.from('ISO_IR 100')),
    valueElement(TAG.PatientName, 'PN', Buffer.from(`M\xfcller${controls}`, 'latin1')),
  ]);
  const terminal = fakeIo({ stdin: fileOf(dataSet), isTerminal: true });
  await runProgram(['dump', '-'], { io: terminal, configureLog: () => undefined });
  assert.ok(terminal.said.stdout.includes('[Müller\\x1b[2J\\x07\\x9b1m]'), terminal.said.stdout);
  assert.doesNotMatch(terminal.said.stdout, /[\x00-\x09\x0b-\x1f\x7f-\x9f]/);
  const pipe = await runCli(['dump', '-'], { input: fileOf(dataSet) });
  assert.ok(pipe.stdoutBytes.includes(Buffer.from(`M\xfcller${controls}`, 'latin1')));
});

test('a reader that goes away ends it quietly', async () => {
  const text = valueElement(0x0040a160, 'UT', Buffer.alloc(4_000_000, 'text '));
  const child = spawn(process.execPath, [...WLTOOL, 'dump', '-']);
  let stderr = '';
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  child.stdin.on('error', () => undefined);
  child.stdin.end(fileOf(new DataSet([text])));
  await once(child.stdout, 'data');
  child.stdout.destroy();
  await once(child, 'close');
  assert.equal(stderr, '');
});
