import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, renameSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { type TestContext, test } from 'node:test';
import { plainText } from '../../../src/dicom/data-set.ts';
import { TAG } from '../../../src/dicom/tag.ts';
import { FileError } from '../../../src/errors.ts';
import { Store, type StoreOptions } from '../../../src/worklist/store.ts';
import { type RecordedLog, recordedLog } from '../../support/recorded-log.ts';
import { tempDir } from '../../support/temp-dir.ts';
import { entryDataSet, entryFile } from '../../support/worklist-entries.ts';

const isRoot = process.getuid?.() === 0;

async function openStore(
  context: TestContext,
  folder: string,
  options: Partial<StoreOptions> = {},
): Promise<{ store: Store; log: RecordedLog }> {
  const log = recordedLog();
  const store = await Store.open({ folder, layout: 'auto', incomplete: 'serve', fallbackCharset: '', log, ...options });
  context.after(() => store.close());
  return { store, log };
}

function write(path: string, accession = 'A1'): void {
  writeFileSync(path, entryFile(entryDataSet(accession)));
}

async function accessions(store: Store, title = 'ANY'): Promise<string[]> {
  const steps = await store.steps(title);
  return steps.map(({ entry }) => plainText(entry.dataSet, TAG.AccessionNumber));
}

for (const notification of [true, false]) {
  const way = notification ? 'with notification' : 'without notification';

  test(`a file that is added, rewritten in place, renamed, deleted is seen by the next query, ${way}`, async (t) => {
    const folder = await tempDir(t);
    write(`${folder}/a.wl`, 'A1');
    const { store } = await openStore(t, folder, { notification });
    assert.deepEqual(await accessions(store), ['A1']);
    write(`${folder}/b.wl`, 'B1');
    assert.deepEqual(await accessions(store), ['A1', 'B1']);
    write(`${folder}/b.wl`, 'B2');
    assert.deepEqual(await accessions(store), ['A1', 'B2']);
    write(`${folder}/b.wl`, 'B3');
    assert.deepEqual(await accessions(store), ['A1', 'B3']);
    renameSync(`${folder}/b.wl`, `${folder}/a.wl`);
    assert.deepEqual(await accessions(store), ['B3']);
    renameSync(`${folder}/a.wl`, `${folder}/a.done`);
    assert.deepEqual(await accessions(store), []);
  });

  test(`subfolders come and go while serving, ${way}`, async (t) => {
    const folder = await tempDir(t);
    mkdirSync(`${folder}/CT1`);
    write(`${folder}/CT1/a.wl`, 'A1');
    const { store } = await openStore(t, folder, { notification });
    assert.equal(store.layout, 'ae');
    assert.equal(store.serves('CT2'), false);
    mkdirSync(`${folder}/CT2`);
    assert.equal(store.serves('CT2'), true);
    assert.deepEqual(await accessions(store, 'CT2'), []);
    write(`${folder}/CT2/b.wl`, 'B1');
    assert.deepEqual(await accessions(store, 'CT2'), ['B1']);
    rmSync(`${folder}/CT2`, { recursive: true });
    assert.equal(store.serves('CT2'), false);
    await assert.rejects(accessions(store, 'CT2'), FileError);
    renameSync(`${folder}/CT1`, `${folder}/CT3`);
    assert.equal(store.serves('CT1'), false);
    assert.deepEqual(await accessions(store, 'CT3'), ['A1']);
  });

  test(`the folder itself is replaced, removed and made again, ${way}`, async (t) => {
    const root = await tempDir(t);
    mkdirSync(`${root}/db`);
    mkdirSync(`${root}/new`);
    write(`${root}/db/a.wl`, 'A1');
    write(`${root}/new/a.wl`, 'N1');
    const { store, log } = await openStore(t, `${root}/db`, { notification });
    assert.deepEqual(await accessions(store), ['A1']);
    renameSync(`${root}/db`, `${root}/old`);
    renameSync(`${root}/new`, `${root}/db`);
    assert.deepEqual(await accessions(store), ['N1']);
    rmSync(`${root}/db`, { recursive: true });
    await assert.rejects(accessions(store), FileError);
    await assert.rejects(accessions(store), FileError);
    mkdirSync(`${root}/db`);
    write(`${root}/db/b.wl`, 'B1');
    assert.deepEqual(await accessions(store), ['B1']);
    assert.equal(log.lines.filter((line) => line.startsWith('warn')).length, 1, 'named once');
  });

  test(`a half-copied file: the last good version serves, and it is named once, ${way}`, async (t) => {
    const folder = await tempDir(t);
    write(`${folder}/a.wl`, 'A1');
    const whole = entryFile(entryDataSet('A2'));
    const { store, log } = await openStore(t, folder, { notification });
    for (const length of [0, 100, 200, whole.length - 7]) {
      writeFileSync(`${folder}/a.wl`, whole.subarray(0, length));
      assert.deepEqual(await accessions(store), ['A1'], `${length} bytes`);
    }
    writeFileSync(`${folder}/a.wl`, whole);
    assert.deepEqual(await accessions(store), ['A2']);
    assert.match(log.lines.at(-1) ?? '', /is whole now/);
  });

  test(`a symbolic link follows its target, whichever way that changes, ${way}`, async (t) => {
    const folder = await tempDir(t);
    const elsewhere = await tempDir(t);
    symlinkSync(`${elsewhere}/target`, `${folder}/link.wl`);
    const { store } = await openStore(t, folder, { layout: 'flat', notification });
    assert.deepEqual(await accessions(store), []);
    write(`${elsewhere}/target`, 'A1');
    assert.deepEqual(await accessions(store), ['A1']);
    write(`${elsewhere}/target`, 'A2');
    assert.deepEqual(await accessions(store), ['A2']);
    unlinkSync(`${elsewhere}/target`);
    assert.deepEqual(await accessions(store), []);
  });
}

test('a half-copied file is left out wherever it is cut, but not for line ends and zeros behind its end', async (t) => {
  const folder = await tempDir(t);
  const whole = entryFile(entryDataSet('A1'));
  const lastElement = 10;
  const { store, log } = await openStore(t, folder, { layout: 'flat' });
  for (let cut = 1; cut < lastElement; cut += 1) {
    writeFileSync(`${folder}/cut-${cut}.wl`, whole.subarray(0, whole.length - cut));
  }
  assert.deepEqual(await accessions(store), []);
  assert.equal(log.lines.filter((line) => /left out: damaged/.test(line)).length, lastElement - 1);
  writeFileSync(`${folder}/filled.wl`, Buffer.concat([whole, Buffer.from('\r\n\0 \x1a', 'latin1')]));
  assert.deepEqual(await accessions(store), ['A1']);
});

test('only .wl files are entries, whatever their case', async (t) => {
  const folder = await tempDir(t);
  write(`${folder}/a.WL`, 'UP');
  for (const name of ['b.wl.tmp', 'c.wl~', 'd.dump', '.e.wl.swp', '.wl', '._f.wl', 'lockfile'])
    write(`${folder}/${name}`);
  const { store, log } = await openStore(t, folder);
  assert.deepEqual(await accessions(store), ['UP']);
  assert.deepEqual(log.lines, []);
});

test('what is no readable entry is left out and named once with its reason', async (t) => {
  const folder = await tempDir(t);
  write(`${folder}/good.wl`, 'G1');
  mkdirSync(`${folder}/folder.wl`);
  execFileSync('mkfifo', [`${folder}/pipe.wl`]);
  symlinkSync('nowhere', `${folder}/dangling.wl`);
  symlinkSync('loop.wl', `${folder}/loop.wl`);
  symlinkSync('.', `${folder}/self.wl`);
  writeFileSync(`${folder}/empty.wl`, '');
  writeFileSync(`${folder}/garbage.wl`, 'this is no DICOM file at all, whatever its name says');
  writeFileSync(`${folder}/large.wl`, Buffer.alloc(5000));
  writeFileSync(`${folder}/nostep.wl`, entryFile(entryDataSet('N1', { [TAG.ScheduledProcedureStepSequence]: [] })));
  const { store, log } = await openStore(t, folder, { layout: 'flat', maxBytes: 4000 });
  assert.deepEqual(await accessions(store), ['G1']);
  assert.deepEqual(await accessions(store), ['G1']);
  const named = log.lines.map((line) => line.replace(`warn: ${folder}/`, ''));
  assert.equal(named.length, 9, named.join('\n'));
  const expected: [string, RegExp][] = [
    ['dangling.wl', /leads nowhere/],
    ['empty.wl', /empty/],
    ['folder.wl', /a folder/],
    ['garbage.wl', /./],
    ['large.wl', /5000 bytes, more than the 4000/],
    ['loop.wl', /circle/],
    ['nostep.wl', /\(0040,0100\)/],
    ['pipe.wl', /named pipe/],
    ['self.wl', /a folder/],
  ];
  for (const [index, [name, reason]] of expected.entries()) {
    assert.ok(named[index]?.startsWith(`${name}: left out`), named[index]);
    assert.match(named[index] ?? '', reason);
  }
});

test('file names may be any bytes', async (t) => {
  const folder = await tempDir(t);
  writeFileSync(
    Buffer.concat([Buffer.from(`${folder}/`), Buffer.of(0xff, 0xfe, 0x20, 0x0a), Buffer.from('.wl')]),
    entryFile(entryDataSet('F1')),
  );
  write(`${folder}/\u540d.wl`, 'F2');
  const { store } = await openStore(t, folder);
  assert.deepEqual((await accessions(store)).sort(), ['F1', 'F2']);
  write(`${folder}/\u540d.wl`, 'F3');
  assert.deepEqual((await accessions(store)).sort(), ['F1', 'F3']);
});

test('answers are ordered by start date, start time, name and file, each step on its own', async (t) => {
  const folder = await tempDir(t);
  const step = (date: string, time: string) => ({
    [TAG.ScheduledProcedureStepStartDate]: date,
    [TAG.ScheduledProcedureStepStartTime]: time,
  });
  const files: [string, Parameters<typeof entryDataSet>][] = [
    ['5.wl', ['LATE', {}, step('20260311', '0700')]],
    ['4.wl', ['ZOE', {}, step('20260310', '0900')]],
    ['3.wl', ['ADA', {}, step('2026.03.10', '09:00')]],
    ['2.wl', ['NODATE', {}, step('', '')]],
    ['1.wl', ['TWO', { [TAG.ScheduledProcedureStepSequence]: [step('20260312', '08'), step('20260309', '08')] }]],
  ];
  for (const [name, entry] of files) writeFileSync(`${folder}/${name}`, entryFile(entryDataSet(...entry)));
  const { store } = await openStore(t, folder);
  const steps = await store.steps('ANY');
  assert.deepEqual(
    steps.map(({ entry, index }) => `${plainText(entry.dataSet, TAG.AccessionNumber)} ${index}`),
    ['TWO 1', 'ADA 0', 'ZOE 0', 'LATE 0', 'TWO 0', 'NODATE 0'],
  );
});

test('layout auto: subfolders and no worklist file mean ae, an empty folder is decided by what comes first', async (t) => {
  const folder = await tempDir(t);
  mkdirSync(`${folder}/.snapshots`);
  const { store } = await openStore(t, folder);
  assert.equal(store.layout, 'flat');
  assert.deepEqual(await accessions(store, 'CT1'), []);
  mkdirSync(`${folder}/CT1`);
  write(`${folder}/CT1/a.wl`, 'A1');
  assert.deepEqual(await accessions(store, 'CT1'), ['A1']);
  assert.equal(store.layout, 'ae');
  write(`${folder}/stray.wl`, 'S1');
  assert.deepEqual(await accessions(store, 'CT1'), ['A1'], 'the layout stays as it was decided');
  await store.reload();
  assert.equal(store.layout, 'ae', 'nor does looking at everything anew change it');
  assert.deepEqual(await accessions(store, 'CT1'), ['A1']);
});

test('layout auto: folders that are not served beside worklist files are named', async (t) => {
  const folder = await tempDir(t);
  mkdirSync(`${folder}/CT1`);
  write(`${folder}/stray.wl`, 'S1');
  const { store, log } = await openStore(t, folder);
  assert.equal(store.layout, 'flat');
  assert.ok(log.lines.some((line) => /folders are not served .*CT1.*--layout ae/.test(line)));
});

test('a called AE title is a name among the subfolders, never a path', async (t) => {
  const folder = await tempDir(t);
  mkdirSync(`${folder}/CT1`);
  mkdirSync(`${folder}/.git`);
  symlinkSync('CT1', `${folder}/ALIAS`);
  symlinkSync('nowhere', `${folder}/DANGLING`);
  writeFileSync(`${folder}/FILE`, '');
  const { store } = await openStore(t, folder);
  const titles = ['CT1', 'ALIAS', 'ct1', '.', '..', 'CT1/../CT1', './CT1', 'CT1/', '', '.git', 'FILE', 'DANGLING'];
  assert.deepEqual(
    titles.filter((title) => store.serves(title)),
    ['CT1', 'ALIAS'],
  );
});

test('a missing folder, and a file in its place, are errors that say so', async (t) => {
  const folder = await tempDir(t);
  writeFileSync(`${folder}/file`, '');
  for (const layout of ['auto', 'flat', 'ae'] as const) {
    await assert.rejects(openStore(t, `${folder}/missing`, { layout }), /no such file or folder/);
    await assert.rejects(openStore(t, `${folder}/file`, { layout }), /is a file, not a folder|a file, not a folder/);
  }
});

test('permission lost and given back while serving', { skip: isRoot && 'root may read everything' }, async (t) => {
  const folder = await tempDir(t);
  write(`${folder}/a.wl`, 'A1');
  write(`${folder}/b.wl`, 'B1');
  const { store } = await openStore(t, folder);
  chmodSync(`${folder}/a.wl`, 0);
  assert.deepEqual(await accessions(store), ['B1']);
  chmodSync(`${folder}/a.wl`, 0o644);
  assert.deepEqual(await accessions(store), ['A1', 'B1']);
  chmodSync(folder, 0);
  await assert.rejects(accessions(store), /permission denied/);
  chmodSync(folder, 0o755);
  assert.deepEqual(await accessions(store), ['A1', 'B1']);
});

test('an entry without Study Instance UID gets the same one at every start', async (t) => {
  const folder = await tempDir(t);
  writeFileSync(`${folder}/a.wl`, entryFile(entryDataSet('A1', { [TAG.StudyInstanceUID]: '' })));
  const uids = [];
  for (let start = 0; start < 2; start += 1) {
    const { store, log } = await openStore(t, folder);
    const [step] = await store.steps('ANY');
    assert.ok(step);
    uids.push(plainText(step.entry.dataSet, TAG.StudyInstanceUID));
    assert.match(log.lines[0] ?? '', /no Study Instance UID/);
  }
  assert.match(uids[0] ?? '', /^2\.25\.\d+$/);
  assert.equal(uids[0], uids[1]);
});

test('unchanged files are not read again', async (t) => {
  const folder = await tempDir(t);
  write(`${folder}/a.wl`, 'A1');
  for (const notification of [true, false]) {
    const later = () => Date.now() + 60_000;
    const { store } = await openStore(t, folder, { notification, now: later });
    const [before] = await store.steps('ANY');
    const [after] = await store.steps('ANY');
    assert.equal(before?.entry, after?.entry);
  }
});
