/** dump2wl as a user runs it: arguments, files and exit statuses. */

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { plainText } from '../../src/dicom/data-set.ts';
import { TAG } from '../../src/dicom/tag.ts';
import { readPart10 } from '../../src/part10/read-part10.ts';
import { type ProgramResult, runInProcess } from '../support/run-in-process.ts';
import { runCli } from '../support/spawn-cli.ts';
import { tempDir } from '../support/temp-dir.ts';

const DUMP = `(0008,0005) CS [ISO_IR 192]
(0008,0018) UI [1.2.3]
(0010,0010) PN [Müller^Jörg]
(0010,0020) LO [P-17]
(0040,0100) SQ
(fffe,e000) -
(0008,0060) CS [CT]
(fffe,e00d) -
(fffe,e0dd) -
`;
const BAD = '(0010,0010) PN [ROE\n(0010,0020) US 70000\n';

interface Folder {
  readonly path: (name: string) => string;
  readonly run: (...args: string[]) => Promise<ProgramResult>;
}

async function folderWith(context: TestContext, files: Readonly<Record<string, string>>): Promise<Folder> {
  const folder = await tempDir(context);
  const path = (name: string) => join(folder, name);
  for (const [name, text] of Object.entries(files)) await writeFile(path(name), text);
  return { path, run: (...args) => runInProcess(['dump2wl', '--check', 'off', ...args]) };
}

async function nameIn(file: string): Promise<string> {
  const { dataSet } = readPart10(await readFile(file));
  return Buffer.from(plainText(dataSet, TAG.PatientName), 'latin1').toString('utf8');
}

describe('inputs and outputs', () => {
  it('one dump to one file', async (context) => {
    const { path, run } = await folderWith(context, { 'a.txt': DUMP });
    assert.deepEqual(await run(path('a.txt'), path('a.wl')), { code: 0, stdout: Buffer.alloc(0), stderr: '' });
    assert.equal(await nameIn(path('a.wl')), 'Müller^Jörg');
  });

  it('stdin to stdout', async () => {
    const { code, stdoutBytes } = await runCli(['dump2wl', '-q', '-', '-'], { input: DUMP });
    assert.equal(code, 0);
    assert.equal(stdoutBytes.toString('latin1', 128, 132), 'DICM');
  });

  it('no binary on a terminal', async () => {
    const { code, stderr } = await runInProcess(['dump2wl', '-'], { stdin: DUMP, isTerminal: true });
    assert.equal(code, 2);
    assert.match(stderr, /terminal/);
  });

  it('many dumps to a folder that is made; one that fails costs the others nothing', async (context) => {
    const { path, run } = await folderWith(context, { 'a.txt': DUMP, 'b.dump': BAD, 'c.txt': DUMP });
    const out = path('made/db');
    const { code, stderr } = await run(
      '--out-dir',
      out,
      path('a.txt'),
      path('b.dump'),
      path('none.txt'),
      path('c.txt'),
    );
    assert.equal(code, 1);
    assert.deepEqual(await readdir(out), ['a.wl', 'c.wl']);
    assert.match(stderr, /b\.dump:1:16 error: the bracket is not closed/);
    assert.match(stderr, /none\.txt: no such file/);
    assert.match(stderr, /2 of 4 inputs written to .*, 2 failed/);
  });

  it('two inputs for one name are refused before anything is written', async (context) => {
    const { path, run } = await folderWith(context, { 'a.txt': DUMP, 'a.dump': DUMP });
    const { code } = await run('--out-dir', path('db'), path('a.txt'), path('a.dump'));
    assert.equal(code, 2);
    assert.deepEqual((await readdir(path('.'))).sort(), ['a.dump', 'a.txt']);
  });

  it('three names without a folder are refused', async (context) => {
    const { path, run } = await folderWith(context, { 'a.txt': DUMP, 'b.txt': DUMP, 'c.txt': DUMP });
    const { code, stderr } = await run(path('a.txt'), path('b.txt'), path('c.txt'));
    assert.equal(code, 2);
    assert.match(stderr, /--out-dir/);
  });

  it('a target that is no DICOM file is not eaten', async (context) => {
    const { path, run } = await folderWith(context, { 'a.txt': DUMP, 'b.txt': BAD, 'empty.wl': '' });
    assert.equal((await run(path('a.txt'), path('b.txt'))).code, 3);
    assert.equal(await readFile(path('b.txt'), 'utf8'), BAD);
    assert.equal((await run(path('a.txt'), path('empty.wl'))).code, 0);
    assert.equal((await run(path('a.txt'), path('empty.wl'))).code, 0);
    assert.equal((await run('--force', path('a.txt'), path('b.txt'))).code, 0);
    assert.equal(await nameIn(path('b.txt')), 'Müller^Jörg');
  });

  it('a bare data set may be replaced', async (context) => {
    const { path, run } = await folderWith(context, { 'a.txt': DUMP });
    for (const syntax of ['explicit', 'implicit', 'big']) {
      assert.equal((await run('--no-meta', '-t', syntax, path('a.txt'), path('a.wl'))).code, 0);
    }
  });

  it('a failed run leaves the old file as it was', async (context) => {
    const { path, run } = await folderWith(context, { 'a.txt': DUMP, 'b.txt': BAD });
    await run(path('a.txt'), path('a.wl'));
    const before = await readFile(path('a.wl'));
    assert.equal((await run(path('b.txt'), path('a.wl'))).code, 1);
    assert.deepEqual(await readFile(path('a.wl')), before);
    assert.deepEqual((await readdir(path('.'))).sort(), ['a.txt', 'a.wl', 'b.txt']);
  });

  it('a missing file, a folder, a target that is a folder', async (context) => {
    const { path, run } = await folderWith(context, { 'a.txt': DUMP });
    await mkdir(path('folder'));
    assert.equal((await run(path('none.txt'), path('a.wl'))).code, 3);
    assert.equal((await run(path('folder'), path('a.wl'))).code, 3);
    assert.equal((await run(path('a.txt'), path('folder'))).code, 3);
    assert.equal((await run(path('a.txt'), path('none/a.wl'))).code, 3);
  });

  it('what is wrong with a target is said with what to do', async (context) => {
    const { path, run } = await folderWith(context, { 'a.txt': DUMP });
    await mkdir(path('folder'));
    assert.match((await run(path('a.txt'), path('folder'))).stderr, /is a folder[\s\S]*--out-dir .*folder/);
    const slash = await run(path('a.txt'), `${path('new')}/`);
    assert.equal(slash.code, 2);
    assert.match(slash.stderr, /is a folder[\s\S]*--out-dir .*new\//);
    assert.equal(existsSync(path('new')), false);
    assert.match((await run(path('a.txt'), path('none/a.wl'))).stderr, /there is no folder .*none\n.*make it first/);
  });

  it('a value of --new-uids behind a blank is no file name', async (context) => {
    const { path, run } = await folderWith(context, { 'a.txt': DUMP });
    for (const args of [
      ['--new-uids', 'all', path('a.txt')],
      [path('a.txt'), '--new-uids', 'missing'],
      ['--new-uids', 'all'],
    ]) {
      const { code, stderr } = await run(...args);
      assert.equal(code, 2);
      assert.match(stderr, /"(all|missing)" stands where a file name does[\s\S]*--new-uids=\1/);
    }
    assert.equal((await run(path('a.txt'), path('all'), '--new-uids')).code, 0);
  });

  it('files of other kinds are named', async (context) => {
    const { path, run } = await folderWith(context, {
      'a.docx': 'PK\x03\x04rest',
      'a.pdf': '%PDF-1.7\n',
      'a.rtf': '{\\rtf1 text}',
      'a.txt': 'MSH|^~\\&|RIS\r',
      'empty.txt': '',
    });
    assert.match(
      (await run(path('a.docx'), path('a.wl'))).stderr,
      /a\.docx is a ZIP archive, not dump text\n.*plain text/,
    );
    assert.match((await run(path('a.pdf'), path('a.wl'))).stderr, /a\.pdf is a PDF document/);
    assert.match((await run(path('a.rtf'), path('a.wl'))).stderr, /a\.rtf is an RTF document/);
    assert.match((await run(path('a.txt'), path('a.wl'))).stderr, /a\.txt is an HL7 message.*\n.*--from hl7/);
    assert.match((await run(path('empty.txt'), path('a.wl'))).stderr, /no element found\n[\s\S]*the input is empty/);
  });

  it('quotes in place of brackets are told', async (context) => {
    const dump =
      '(0010,0010) PN “Doe^Jane”\n(0010,0020) LO "P1"\n(0010,0040) CS [M]\n(0040,1001) SH ［R1］\n(0010,4000) LT 5" screw\n';
    const { path, run } = await folderWith(context, { 'a.txt': dump });
    const { code, stderr } = await run(path('a.txt'), path('a.wl'));
    assert.equal(code, 0);
    assert.deepEqual(
      stderr.match(/:\d+:16 warning: the marks around it/g),
      [1, 2, 4].map((line) => `:${line}:16 warning: the marks around it`),
    );
  });

  it('a Latin-1 text is told how to become a good one', async (context) => {
    const { path, run } = await folderWith(context, {});
    await writeFile(path('a.txt'), Buffer.from('(0008,0005) CS [ISO_IR 192]\n(0010,0010) PN [M\xfcller]\n', 'latin1'));
    assert.match(
      (await run('--check', 'warn', path('a.txt'), path('a.wl'))).stderr,
      /fc is not UTF-8\n.*\n.*save the text as UTF-8/,
    );
    const recoded = (await run('--charset', 'ISO_IR 100', path('a.txt'), path('a.wl'))).stderr;
    assert.match(recoded, /\(0010,0010\) is not UTF-8, which --charset takes the text of a dump for/);
    assert.doesNotMatch(recoded, /lacks/);
  });

  it('errors show the line, a caret and a hint', async (context) => {
    const { path, run } = await folderWith(context, { 'b.txt': BAD });
    const { stderr } = await run(path('b.txt'), path('b.wl'));
    assert.equal(
      stderr.replaceAll(path('b.txt'), 'b.txt'),
      `b.txt:1:16 error: the bracket is not closed
  1 | (0010,0010) PN [ROE
    |                ^ add the ] that ends the value
b.txt:2:13 warning: VR US is written, but PatientID has LO
  2 | (0010,0020) US 70000
    |             ^~
b.txt:2:16 error: 70000 is out of range for US
  2 | (0010,0020) US 70000
    |                ^~~~~ US goes from 0 to 65535
`,
    );
  });
});

describe('changes', () => {
  async function entry(context: TestContext): Promise<Folder> {
    const folder = await folderWith(context, { 'a.txt': DUMP });
    await folder.run(folder.path('a.txt'), folder.path('a.wl'));
    return folder;
  }

  it('a tag in square brackets is no JSON', async (context) => {
    const { path, run } = await folderWith(context, { 'in.txt': '[0010,0010] PN [A]\n', 'in.json': ' [\n] ' });
    assert.match((await run(path('in.txt'), path('out.wl'))).stderr, /in\.txt:1:1 error: no tag found/);
    const empty = await run(path('in.json'), path('out.wl'));
    assert.equal(empty.code, 1);
    assert.match(empty.stderr, /in\.json: no data set found: the array is empty/);
  });

  it('DICOM JSON without elements is refused unless --set gives it some', async (context) => {
    const { path, run } = await folderWith(context, { 'a.json': '{}' });
    const refused = await run(path('a.json'), path('a.wl'));
    assert.equal(refused.code, 1);
    assert.match(refused.stderr, /a\.json: no element found/);
    assert.equal((await run(path('a.json'), path('a.wl'), '--set', 'PatientName=ROE')).code, 0);
    assert.equal(await nameIn(path('a.wl')), 'ROE');
  });

  it('warnings about an element name it', async (context) => {
    const json = '{"00020010":{"vr":"UI","Value":["1.2"]},"00100010":{"vr":"PN"}}';
    const { path, run } = await folderWith(context, { 'a.json': json });
    assert.match((await run(path('a.json'), path('a.wl'))).stderr, /\(0002,0010\) stands in group 0002/);
  });

  it('files of an array are guarded like any target', async (context) => {
    const object = '{"00100010":{"vr":"PN","Value":[{"Alphabetic":"ROE"}]}}';
    const { path, run } = await folderWith(context, { 'a.json': `[${object},${object}]`, 'a-2.wl': 'my notes' });
    const { code } = await run(path('a.json'), path('a.wl'));
    assert.notEqual(code, 0);
    assert.equal(await readFile(path('a-2.wl'), 'utf8'), 'my notes');
  });

  it('a DICOM file with nothing to change is refused', async (context) => {
    const { path, run } = await entry(context);
    const { code, stderr } = await run(path('a.wl'), path('b.wl'));
    assert.equal(code, 1);
    assert.match(stderr, /already a DICOM file/);
  });

  it('an entry is edited in place', async (context) => {
    const { path, run } = await entry(context);
    const { code } = await run(path('a.wl'), path('a.wl'), '--set', 'PatientName=Åkesson^Åsa', '--set', 'Modality=MR');
    assert.equal(code, 0);
    assert.equal(await nameIn(path('a.wl')), 'Åkesson^Åsa');
    const { dataSet } = readPart10(await readFile(path('a.wl')));
    const [step] = dataSet.items(TAG.ScheduledProcedureStepSequence);
    assert.equal(step && plainText(step.dataSet, TAG.Modality), 'MR');
  });

  it('attributes are removed; one that is not there is told', async (context) => {
    const { path, run } = await entry(context);
    const { code, stderr } = await run(path('a.wl'), path('a.wl'), '--remove', 'PatientID', '--remove', 'PatientSex');
    assert.equal(code, 0);
    assert.equal(readPart10(await readFile(path('a.wl'))).dataSet.has(TAG.PatientID), false);
    assert.match(stderr, /\(0010,0040\) is not there/);
  });

  it('new UIDs, all or where missing, and the meta information follows', async (context) => {
    const { path, run } = await entry(context);
    const uids = async () => {
      const { meta, dataSet } = readPart10(await readFile(path('a.wl')));
      assert.ok(meta);
      assert.equal(plainText(meta, TAG.MediaStorageSOPInstanceUID), plainText(dataSet, TAG.SOPInstanceUID));
      return [TAG.SOPInstanceUID, TAG.StudyInstanceUID, TAG.SeriesInstanceUID].map((tag) => plainText(dataSet, tag));
    };
    await run(path('a.wl'), path('a.wl'), '--new-uids=missing');
    const first = await uids();
    assert.equal(first[0], '1.2.3');
    assert.equal(new Set(first).size, 3);
    await run(path('a.wl'), path('a.wl'), '--new-uids');
    const second = await uids();
    assert.ok(second.every((uid, index) => /^2\.25\.\d+$/.test(uid) && uid !== first[index]));
  });

  it('text is encoded in another character set', async (context) => {
    const { path, run } = await folderWith(context, { 'a.txt': DUMP });
    await run(path('a.txt'), path('a.wl'), '--charset', 'ISO_IR 100');
    const { dataSet } = readPart10(await readFile(path('a.wl')));
    assert.equal(plainText(dataSet, TAG.SpecificCharacterSet), 'ISO_IR 100');
    assert.equal(plainText(dataSet, TAG.PatientName), 'Müller^Jörg');
    const { code, stderr } = await run(path('a.txt'), path('b.wl'), '--charset', 'ISO_IR 101', '--set', '0010,2000=x');
    assert.equal(code, 0);
    assert.equal(stderr, '');
  });

  it('an item that leaves a gap is named', async (context) => {
    const { path, run } = await folderWith(context, { 'a.txt': DUMP });
    const { code, stderr } = await run(path('a.txt'), path('a.wl'), '--set', '(0008,1110)[1].(0008,1150)=1.2');
    assert.equal(code, 0);
    assert.match(
      stderr,
      /\(0008,1110\)\[1\]\.\(0008,1150\): an empty item was made in front of it; items count from 0/,
    );
  });

  it('a character that --set cannot write is an error under --check error', async (context) => {
    const { path, run } = await folderWith(context, { 'a.txt': '(0010,0010) PN [A]\n' });
    const set = ['--set', 'PatientName=Bär'];
    assert.equal((await run(path('a.txt'), path('a.wl'), ...set)).code, 0);
    const { code, stderr } = await run(path('a.txt'), path('b.wl'), ...set, '--check', 'error');
    assert.equal(code, 1);
    assert.match(stderr, /error: .*\(0010,0010\): the character set lacks/);
    assert.equal(existsSync(path('b.wl')), false);
  });

  it('characters that the set lacks are named', async (context) => {
    const { path, run } = await folderWith(context, { 'a.txt': '(0010,0010) PN [Łukasz]\n' });
    const { code, stderr } = await run(path('a.txt'), path('a.wl'), '--charset', 'ISO_IR 100');
    assert.equal(code, 0);
    assert.match(stderr, /a\.txt:1:1 warning: \(0010,0010\): ISO_IR 100 lacks "Ł"/);
  });

  it('the last of several syntax options counts, and +t= is one', async (context) => {
    const { path, run } = await folderWith(context, { 'a.txt': DUMP });
    const syntaxWith = async (...options: string[]) => {
      await run(...options, path('a.txt'), path('a.wl'));
      return readPart10(await readFile(path('a.wl'))).syntax.name;
    };
    assert.equal(await syntaxWith('+ti', '+t='), 'Little Endian Explicit');
    assert.equal(await syntaxWith('+t=', '+te', '+ti'), 'Little Endian Implicit');
  });

  it('a file of compressed pixel data is one with file meta information', async (context) => {
    const { path, run } = await folderWith(context, { 'a.txt': `(0002,0010) UI [1.2.840.10008.1.2.5]\n${DUMP}` });
    const { code, stderr } = await run('-F', path('a.txt'), path('a.wl'));
    assert.equal(code, 0);
    assert.match(stderr, /--no-meta is ignored/);
    assert.equal(readPart10(await readFile(path('a.wl'))).syntax.name, 'RLE Lossless');
  });

  it('a log level that DCMTK has not', async (context) => {
    const { path, run } = await folderWith(context, { 'a.txt': DUMP });
    const { code, stderr } = await run('-ll', 'loud', path('a.txt'), path('a.wl'));
    assert.equal(code, 2);
    assert.match(stderr, /no log level loud[\s\S]*fatal, error, warn/);
  });

  it('a misspelt key names the nearest one', async (context) => {
    const { path, run } = await entry(context);
    const { code, stderr } = await run(path('a.wl'), path('a.wl'), '--set', 'PatientNam=X');
    assert.equal(code, 2);
    assert.match(stderr, /PatientName/);
  });

  it('DICOM JSON, one object or an array', async (context) => {
    const object = { '00100010': { vr: 'PN', Value: [{ Alphabetic: 'ROE^JANE' }] } };
    const { path, run } = await folderWith(context, {
      'a.json': JSON.stringify(object),
      'two.json': JSON.stringify([object, object]),
    });
    assert.equal((await run(path('a.json'), path('a.wl'))).code, 0);
    assert.equal(await nameIn(path('a.wl')), 'ROE^JANE');
    assert.equal((await run('--out-dir', path('db'), path('two.json'))).code, 0);
    assert.deepEqual(await readdir(path('db')), ['two-1.wl', 'two-2.wl']);
  });
});

describe('checks and force', () => {
  const WRONG = '(0010,0030) DA [2030-01-05]\n(0010,0020) LO [P]\n';

  it('--check warns, refuses or is silent', async (context) => {
    const { path, run } = await folderWith(context, { 'a.txt': WRONG });
    const warned = await run(path('a.txt'), path('a.wl'), '--check', 'warn');
    assert.equal(warned.code, 0);
    assert.match(warned.stderr, /a\.txt:1:1 warning: DA value "2030-01-05" is not YYYYMMDD\n.*\n.*try 20300105/);
    const refused = await run(path('a.txt'), path('b.wl'), '--check', 'error');
    assert.equal(refused.code, 1);
    assert.match(refused.stderr, /a\.txt:1:1 error:/);
    assert.deepEqual((await readdir(path('.'))).sort(), ['a.txt', 'a.wl']);
    assert.equal((await run(path('a.txt'), path('b.wl'))).stderr, '');
  });

  it('a term that the standard lacks is a warning at every level, a value that it forbids is not', async (context) => {
    const { path, run } = await folderWith(context, { 'a.txt': DUMP });
    const check = (level: string, ...sets: string[]) =>
      run(path('a.txt'), path(`${level}.wl`), '--check', level, ...sets.flatMap((set) => ['--set', set]));
    const lacking = await check('error');
    const rad = await check('error', 'Modality=RAD');
    assert.match(rad.stderr, /warning: .*"RAD" is no term .* for Modality/);
    assert.equal(rad.stderr.match(/error:/g)?.length, lacking.stderr.match(/error:/g)?.length);
    const wrong = ['PatientSex=X', 'AccessionNumber=a\\b'];
    assert.match(
      (await check('warn', ...wrong)).stderr,
      /warning: .*\(0008,0050\): 2 values, but AccessionNumber has VM 1/,
    );
    assert.match(
      (await check('error', ...wrong)).stderr,
      /error: .*"X" is no value .* for PatientSex .*write M, F or O/,
    );
    assert.equal((await check('off', ...wrong)).stderr, '');
  });

  it('--quiet leaves errors', async (context) => {
    const { path, run } = await folderWith(context, { 'a.txt': WRONG, 'b.txt': BAD });
    assert.equal((await run('-q', path('a.txt'), path('a.wl'), '--check', 'warn')).stderr, '');
    assert.match((await run('-q', path('b.txt'), path('b.wl'))).stderr, /error: the bracket/);
  });

  it('--force writes what parses', async (context) => {
    const { path, run } = await folderWith(context, { 'b.txt': `${BAD}(0008,0050) SH [A1]\n` });
    const { code, stderr } = await run('--force', path('b.txt'), path('b.wl'));
    assert.equal(code, 0);
    assert.match(stderr, /error: the bracket is not closed/);
    const { dataSet } = readPart10(await readFile(path('b.wl')));
    assert.deepEqual(
      dataSet.elements.map(({ tag }) => tag),
      [TAG.AccessionNumber],
    );
  });
});
