/** `wltool check`: what of a folder would be served, what is wrong with it, what a query finds. */

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { TAG } from '../../src/dicom/tag.ts';
import { runCli } from '../support/spawn-cli.ts';
import { tempDir } from '../support/temp-dir.ts';
import { entryDataSet, entryFile } from '../support/worklist-entries.ts';

test('a good folder is exit status 0, and its type 2 attributes are named', async (t) => {
  const folder = await tempDir(t);
  writeFileSync(`${folder}/a.wl`, entryFile(entryDataSet('A1')));
  const { code, stdout } = await runCli(['check', folder]);
  assert.equal(code, 0, stdout);
  assert.match(
    stdout,
    /a\.wl: \d+ warnings\n {2}\d+ warnings: .*\(0010,0030\) PatientBirthDate.* are missing \(type 2\)/,
  );
  assert.match(stdout, /^1 file, 1 served, 0 errors, \d+ warnings$/m);
});

test('each kind of trouble is named by its tag path, and is exit status 1', async (t) => {
  const folder = await tempDir(t);
  const entries = {
    'lacks.wl': entryDataSet('L1', { [TAG.PatientID]: '' }, { [TAG.ScheduledProcedureStepID]: '' }),
    'date.wl': entryDataSet('D1', {}, { [TAG.ScheduledProcedureStepStartDate]: '20261399' }),
    'text.wl': entryDataSet('T1', { [TAG.PatientName]: 'M\u00dcLLER' }),
    'twin.wl': entryDataSet('D1', { [TAG.PatientID]: 'OTHER', [TAG.StudyInstanceUID]: '1.2.9' }),
    'nostep.wl': entryDataSet('N1', { [TAG.ScheduledProcedureStepSequence]: [] }),
  };
  for (const [name, dataSet] of Object.entries(entries)) writeFileSync(`${folder}/${name}`, entryFile(dataSet));
  writeFileSync(`${folder}/cut.wl`, entryFile(entryDataSet('C1')).subarray(0, 400));
  writeFileSync(`${folder}/ignored.txt`, 'no entry');
  execFileSync('mkfifo', [`${folder}/pipe.wl`]);
  const { code, stdout } = await runCli(['check', folder]);
  assert.equal(code, 1);
  const report = (name: string) =>
    stdout.split(new RegExp(`^${folder}/`, 'm')).find((part) => part.startsWith(name)) ?? '';
  assert.match(
    report('lacks.wl'),
    /^ {2}2 errors: \(0010,0020\) PatientID, \(0040,0100\)\[0\]\.\(0040,0009\) \w+ have no value/m,
  );
  assert.match(report('date.wl'), /error: \(0040,0100\)\[0\]\.\(0040,0002\) .*20261399/);
  assert.match(report('text.wl'), /error: .*\(0010,0010\) PatientName/);
  assert.match(
    report('twin.wl'),
    /errors: \(0008,0050\) AccessionNumber.* also that of .*date\.wl, which is of another patient/,
  );
  assert.match(report('nostep.wl'), /not served\n {2}error: \(0040,0100\)/);
  assert.match(report('cut.wl'), /not served\n {2}error: is damaged/);
  assert.match(report('pipe.wl'), /not served\n {2}error: is a named pipe/);
  assert.doesNotMatch(stdout, /ignored/);
});

test('a line for several places says of how many the counts are', async (t) => {
  const folder = await tempDir(t);
  writeFileSync(`${folder}/a.wl`, entryFile(entryDataSet('A1')));
  const { stdout } = await runCli(['check', folder]);
  const [, named] = /^.*a\.wl: (\d+) warnings$/m.exec(stdout) ?? [];
  const lines = [...stdout.matchAll(/^ {2}(?:(\d+) )?warnings?: (.*)$/gm)];
  assert.ok(lines.length > 0 && Number(named) > lines.length, stdout);
  assert.equal(String(lines.reduce((sum, [, number = '1']) => sum + Number(number), 0)), named);
  assert.match(stdout, new RegExp(`, ${named} warnings$`, 'm'));
});

test('a file that is named in several ways is looked at once, two names of one file are two', async (t) => {
  const root = await tempDir(t);
  mkdirSync(`${root}/wl`);
  writeFileSync(`${root}/wl/a.wl`, entryFile(entryDataSet('A1')));
  symlinkSync('wl', `${root}/link`);
  const once = await runCli(['check', 'wl/a.wl', './wl/', 'link', `${root}/wl/a.wl`], { cwd: root });
  assert.match(once.stdout, /^1 file, 1 served/m);
  assert.doesNotMatch(once.stdout, /also that of/);
  symlinkSync('a.wl', `${root}/wl/b.wl`);
  const twice = await runCli(['check', 'wl'], { cwd: root });
  assert.match(twice.stdout, /also that of wl\/b\.wl[\s\S]*^2 files, 2 served/m);
});

test('a value beyond the lists of the standard is an error where they are closed, else a warning', async (t) => {
  const folder = await tempDir(t);
  const [sex, priority] = [0x00100040, 0x00401003];
  writeFileSync(`${folder}/sex.wl`, entryFile(entryDataSet('A1', { [sex]: 'X ' })));
  writeFileSync(`${folder}/rad.wl`, entryFile(entryDataSet('A2', { [priority]: 'ASAP' }, { [TAG.Modality]: 'RAD ' })));
  const first = await runCli(['check', `${folder}/sex.wl`]);
  assert.equal(first.code, 1);
  assert.match(first.stdout, /error: \(0010,0040\) PatientSex "X" is no value .*\(write M, F or O\)/);
  const second = await runCli(['check', `${folder}/rad.wl`]);
  assert.equal(second.code, 0);
  assert.match(second.stdout, /warning: \(0040,0100\)\[0\]\.\(0008,0060\) Modality "RAD" is no term/);
  assert.match(second.stdout, /warning: \(0040,1003\) RequestedProcedurePriority "ASAP" is no term/);
});

test('steps of one request may share its numbers over several files, other entries not', async (t) => {
  const folder = await tempDir(t);
  const put = (name: string, request: string, step: string) => {
    const dataSet = entryDataSet(
      'A1',
      { [TAG.RequestedProcedureID]: request },
      { [TAG.ScheduledProcedureStepID]: step },
    );
    writeFileSync(`${folder}/${name}.wl`, entryFile(dataSet));
  };
  put('first', 'RP1', 'SPS1');
  put('second', 'RP1', 'SPS2');
  assert.doesNotMatch((await runCli(['check', folder])).stdout, /also that of/);
  put('other', 'RP2', 'SPS3');
  assert.match((await runCli(['check', folder])).stdout, /warnings: \(0008,0050\) AccessionNumber.* also that of/);
  put('other', 'RP1', 'SPS2');
  assert.match((await runCli(['check', folder])).stdout, /warnings?: .*\(0040,0009\) \w+.* also that of/);
});

test('with keys: which entries match, and what excluded the others', async (t) => {
  const folder = await tempDir(t);
  mkdirSync(`${folder}/CT1`);
  writeFileSync(`${folder}/CT1/a.wl`, entryFile(entryDataSet('A1')));
  writeFileSync(
    `${folder}/CT1/b.wl`,
    entryFile(entryDataSet('B1', { [TAG.StudyInstanceUID]: '1.2.5' }, { [TAG.Modality]: 'MR' })),
  );
  const text = await runCli(['check', folder, '-k', 'Modality=MR', '-k', 'PatientName']);
  assert.equal(text.code, 0, text.stdout);
  assert.match(text.stdout, /a\.wl: .*; does not match: \(0040,0100\)\[0\]\.\(0008,0060\) is "CT", asked was "MR"/);
  assert.match(text.stdout, /b\.wl: .*; matches\n/);
  assert.match(text.stdout, /2 files, 2 served, 1 matching/);

  const json = await runCli(['check', '--format', 'json', folder, '-k', 'Modality=MR']);
  const { files } = JSON.parse(json.stdout) as { files: { file: string; matches: boolean; excludedBy?: object }[] };
  assert.deepEqual(
    files.map(({ matches }) => matches),
    [false, true],
  );
  assert.deepEqual(files[0]?.excludedBy, { tagPath: '(0040,0100)[0].(0008,0060)', asked: 'MR', stored: 'CT' });
});

test('a path that is not there is exit status 3; the others are still checked', async (t) => {
  const folder = await tempDir(t);
  writeFileSync(`${folder}/a.wl`, entryFile(entryDataSet('A1')));
  const { code, stdout, stderr } = await runCli(['check', `${folder}/missing.wl`, `${folder}/a.wl`]);
  assert.equal(code, 3);
  assert.match(stderr, /missing\.wl: no such file or folder/);
  assert.match(stdout, /a\.wl/);
});

test('a misspelt key is exit status 2 and names the nearest', async (t) => {
  const { code, stderr } = await runCli(['check', await tempDir(t), '-k', 'PatientNam=X']);
  assert.equal(code, 2);
  assert.match(stderr, /PatientName/);
});

test('a query that cannot be asked names its file, and no option that check does not have', async (t) => {
  const folder = await tempDir(t);
  const file = `${folder}/bad.txt`;
  writeFileSync(file, '(0040,0100) SQ\n(fffe,e000) -\n(0040,0002) DA [soon]\n(fffe,e00d) -\n(fffe,e0dd) -\n');
  const fromFile = await runCli(['check', folder, '--query', file]);
  assert.equal(fromFile.code, 2);
  assert.match(fromFile.stderr, new RegExp(`^error: ${file}: malformed key: \\(0040,0002\\)`));
  const typed = await runCli(['check', folder, '-k', `PatientID=${'x'.repeat(65)}`]);
  assert.match(typed.stderr, /^error: malformed key: \(0010,0020\) PatientID: 65 characters are too many for LO/);
  for (const { stderr } of [fromFile, typed]) assert.doesNotMatch(stderr, /--force/);
});
