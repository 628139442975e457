import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { EXPLICIT_LITTLE } from '../../../src/codec/transfer-syntax.ts';
import { writeDataSet } from '../../../src/codec/write-data-set.ts';
import { buildQuery } from '../../../src/commands/build-query.ts';
import { AnswerFolder } from '../../../src/commands/find/extract-answer.ts';
import { readQueryFile } from '../../../src/commands/query-files.ts';
import { type DataSet, plainText } from '../../../src/dicom/data-set.ts';
import { TAG } from '../../../src/dicom/tag.ts';
import { UsageError } from '../../../src/errors.ts';
import { parseKey } from '../../../src/keys/parse-key.ts';
import { readPart10 } from '../../../src/part10/read-part10.ts';
import { plain } from '../../support/arbitrary-data-set.ts';
import { fakeIo } from '../../support/fake-io.ts';
import { tempDir } from '../../support/temp-dir.ts';
import { dataSetOf, entryDataSet, entryFile } from '../../support/worklist-entries.ts';

const PLAIN = { charset: undefined, force: false };

function query(keys: readonly string[], options: Partial<typeof PLAIN | { charset: string }> = {}): DataSet {
  const parsed = keys.map((key) => parseKey(key, { bareKeywords: 'worklist' }));
  return buildQuery(undefined, parsed, { ...PLAIN, ...options });
}

function charsetOf(dataSet: DataSet): string {
  return plainText(dataSet, TAG.SpecificCharacterSet);
}

test('without keys the attributes a technologist looks at are asked for', () => {
  const asked = query([]);
  assert.ok(asked.has(TAG.PatientName) && asked.has(TAG.AccessionNumber));
  const step = asked.items(TAG.ScheduledProcedureStepSequence)[0]?.dataSet;
  assert.ok(step?.has(TAG.Modality) && step.has(TAG.ScheduledProcedureStepStartDate));
  assert.ok(asked.elements.every((element) => element.kind !== 'value' || element.value.length === 0));
});

test('ASCII keys declare no character set, others UTF-8', () => {
  assert.equal(charsetOf(query(['PatientName=Smith*'])), '');
  const asked = query(['PatientName=Müller*']);
  assert.equal(charsetOf(asked), 'ISO_IR 192');
  assert.equal(Buffer.from(asked.value(TAG.PatientName) ?? []).toString(), 'Müller*');
});

test('--charset encodes the keys, with code extensions too', () => {
  const latin = query(['PatientName=Müller'], { charset: 'ISO_IR 100' });
  assert.equal(charsetOf(latin), 'ISO_IR 100');
  assert.equal(Buffer.from(latin.value(TAG.PatientName) ?? []).toString('latin1'), 'M\xfcller');
  const japanese = query(['PatientName=Yamada^Tarou=山田^太郎'], { charset: '\\ISO 2022 IR 87' });
  assert.match(Buffer.from(japanese.value(TAG.PatientName) ?? []).toString('latin1'), /=\x1b\$B;3ED/);
});

test('a character that the set lacks, and a set that does not exist, are usage errors', () => {
  assert.throws(
    () => query(['PatientName=山田'], { charset: 'ISO_IR 100' }),
    /ISO_IR 100 has no "山", "田" \(in key "PatientName=山田"\)/,
  );
  assert.throws(() => query([], { charset: 'ISO_IR 999' }), UsageError);
});

test('a typed value that its VR cannot hold is a usage error, but not with wild cards, as a range, or in a file', () => {
  const refused: ReadonlyArray<readonly [string, RegExp]> = [
    ['AccessionNumber=12345678901234567', /\(0008,0050\) AccessionNumber: 17 characters are too many for SH; 16 fit/],
    ['Modality=ABCDEFGHIJKLMNOPQ', /\(0008,0060\) Modality: 17 characters/],
    ['PatientSex=M/F', /\(0010,0040\) PatientSex/],
    ['PregnancyStatus=abc', /"abc" is no integer, as US needs/],
    ['ScheduledProcedureStepStartDate=20261399', /\(0040,0002\) ScheduledProcedureStepStartDate/],
    ['ScheduledStationAETitle=CT1\\SEVENTEENLETTERSX', /\(0040,0001\) ScheduledStationAETitle: 17 characters/],
    ['StudyInstanceUID=1.2..3', /\(0020,000d\) StudyInstanceUID/],
    [`PatientName=${'é'.repeat(65)}`, /65 characters are too many for a component group of PN/],
    ['PatientName=a^b^c^d^e^f', /5 components/],
    ['PatientWeight=1.0000000000000000', /\(0010,1030\) PatientWeight/],
  ];
  for (const [key, message] of refused) {
    assert.throws(() => query([key]), { name: 'UsageError', message }, key);
    assert.throws(
      () => query([key]),
      (error) => error instanceof UsageError && error.message.endsWith(` (in key "${key}")`),
      key,
    );
    if (!key.startsWith('PregnancyStatus')) assert.doesNotThrow(() => query([key], { force: true }), key);
  }
  const taken = [
    'AccessionNumber=*12345678901234567?',
    'Modality=ct',
    'Modality=CT\\MR\\',
    `PatientName=${'é'.repeat(64)}=${'山'.repeat(64)}`,
    'ScheduledProcedureStepStartDate=20261105-20261107',
    'ScheduledProcedureStepStartDate=*',
    'ScheduledProcedureStepStartTime=0800-1000',
    'StudyInstanceUID=1.2.3\\1.2.4',
    'PregnancyStatus=4',
    'PatientName=',
  ];
  for (const key of taken) assert.doesNotThrow(() => query([key]), key);
  const file = { name: 'q.dcm', dataSet: dataSetOf({ [TAG.AccessionNumber]: '12345678901234567' }) };
  assert.doesNotThrow(() => buildQuery(file, [], PLAIN));
});

test('a malformed value is a usage error that names the key, but for --force', () => {
  assert.throws(
    () => query(['ScheduledProcedureStepStartDate=2026-13-99']),
    (error) => error instanceof UsageError && /\(0040,0002\) ScheduledProcedureStepStartDate/.test(error.message),
  );
  const keys = [parseKey('ScheduledProcedureStepStartDate=2026-13-99', { bareKeywords: 'worklist' })];
  assert.ok(buildQuery(undefined, keys, { charset: undefined, force: true }).size > 0);
});

test('keys override what a query file has', () => {
  const file = { name: 'q.dcm', dataSet: dataSetOf({ [TAG.PatientName]: 'A*', [TAG.PatientID]: '1' }) };
  const merged = buildQuery(file, [parseKey('PatientName=B*', { bareKeywords: 'worklist' })], PLAIN);
  assert.equal(plainText(merged, TAG.PatientName), 'B*');
  assert.equal(plainText(merged, TAG.PatientID), '1');
});

test('text of a file and keys in two character sets are a usage error', () => {
  const file = {
    name: 'q.dcm',
    dataSet: dataSetOf({ [TAG.SpecificCharacterSet]: 'ISO_IR 100', [TAG.PatientName]: 'M\xfcller' }),
  };
  assert.throws(() => buildQuery(file, [], { charset: 'ISO_IR 192', force: false }), /q\.dcm has text in ISO_IR 100/);
});

test('query files of every kind are read', async (t) => {
  const folder = await tempDir(t);
  const dataSet = dataSetOf({ [TAG.PatientName]: 'A*', [TAG.PatientID]: '' });
  const files: Readonly<Record<string, string | Uint8Array>> = {
    'part10.dcm': entryFile(dataSet),
    'bare.dcm': writeDataSet(dataSet, EXPLICIT_LITTLE),
    'dump.txt': '# a comment\n\n(0010,0010) PN [A*]\n(0010,0020) LO []\n',
    'query.json': '{"00100010":{"vr":"PN","Value":[{"Alphabetic":"A*"}]},"00100020":{"vr":"LO"}}',
    'with-bom.json': '\ufeff{"00100010":{"vr":"PN","Value":[{"Alphabetic":"A*"}]},"00100020":{"vr":"LO"}}',
  };
  for (const [name, content] of Object.entries(files)) {
    await writeFile(join(folder, name), content);
    const [read, ...others] = await readQueryFile(join(folder, name), fakeIo());
    assert.equal(others.length, 0);
    assert.deepEqual(
      read?.dataSet.elements.map(({ tag }) => tag),
      [TAG.PatientName, TAG.PatientID],
      name,
    );
    assert.equal(plainText(read?.dataSet ?? assert.fail(), TAG.PatientName), 'A*', name);
  }
});

test('a JSON array holds several queries', async (t) => {
  const file = join(await tempDir(t), 'queries.json');
  await writeFile(file, '[{"00100020":{"vr":"LO","Value":["1"]}},{"00100020":{"vr":"LO","Value":["2"]}}]');
  const queries = await readQueryFile(file, fakeIo());
  assert.deepEqual(
    queries.map(({ dataSet }) => plainText(dataSet, TAG.PatientID)),
    ['1', '2'],
  );
});

async function extracted(folder: string, answers: readonly DataSet[], likeFindscu = false): Promise<string[]> {
  const target = await AnswerFolder.open(folder, likeFindscu);
  for (const [index, dataSet] of answers.entries()) {
    const identifier = writeDataSet(dataSet, EXPLICIT_LITTLE);
    await target.write(
      { number: index + 1, dataSet, syntax: EXPLICIT_LITTLE },
      { identifier, syntax: EXPLICIT_LITTLE, status: 0xff00 },
    );
  }
  return (await readdir(folder)).sort();
}

test('extracted files are named by study and step, the same each time, and hold the answer', async (t) => {
  const folder = join(await tempDir(t), 'new', 'folder');
  const answer = entryDataSet('1');
  assert.deepEqual(await extracted(folder, [answer]), ['1.2.3.4_S1.wl']);
  const bytes = await readFile(join(folder, '1.2.3.4_S1.wl'));
  assert.deepEqual(plain(readPart10(bytes).dataSet), plain(answer));
  assert.deepEqual(await extracted(folder, [answer]), ['1.2.3.4_S1.wl']);
  assert.deepEqual(await readFile(join(folder, '1.2.3.4_S1.wl')), bytes);
});

test('names of extracted files stay in the folder, whatever the peer sends', async (t) => {
  const folder = await tempDir(t);
  const evil = ['../../etc/passwd', 'a/b', 'a\\b', '..', 'x\0y', 'ü', '-'.repeat(300)].map((id) =>
    entryDataSet('1', {}, { [TAG.ScheduledProcedureStepID]: id }),
  );
  const names = await extracted(folder, evil);
  assert.equal(names.length, evil.length);
  for (const name of names) assert.match(name, /^1\.2\.3\.4_[A-Za-z0-9._-]{1,70}\.wl$/);
});

test('answers that would have one name get several; patients never name a file', async (t) => {
  const folder = await tempDir(t);
  const bare = dataSetOf({ [TAG.PatientName]: 'SECRET', [TAG.PatientID]: 'SECRET' });
  const names = await extracted(folder, [entryDataSet('1'), entryDataSet('2'), bare]);
  assert.deepEqual(names.slice(0, 2), ['1.2.3.4_S1-2.wl', '1.2.3.4_S1.wl']);
  assert.match(names[2] ?? '', /^answer_[0-9a-f]{12}\.wl$/);
});

test('in the manner of findscu they are numbered', async (t) => {
  const folder = await tempDir(t);
  assert.deepEqual(await extracted(folder, [entryDataSet('1'), entryDataSet('2')], true), [
    'rsp0001.dcm',
    'rsp0002.dcm',
  ]);
});
