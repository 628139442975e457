/** Orders in CSV and HL7 to a folder of worklist files, as a user or a night's script does it. */

import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { plainText } from '../../src/dicom/data-set.ts';
import { TAG } from '../../src/dicom/tag.ts';
import { readPart10 } from '../../src/part10/read-part10.ts';
import { entryText, orderMessage } from '../support/order-text.ts';
import { runCli } from '../support/spawn-cli.ts';
import { tempDir } from '../support/temp-dir.ts';

const fixture = (name: string) => fileURLToPath(new URL(`../../fixtures/orders/${name}`, import.meta.url));

async function entry(folder: string, name: string) {
  return readPart10(await readFile(join(folder, name))).dataSet;
}

test('rows of a CSV file become entries, each a copy of the template with its cells put in', async (scope) => {
  const folder = await tempDir(scope);
  const database = join(folder, 'db');
  const template = join(folder, 'entry.txt');
  await writeFile(template, '(0008,0005) CS [ISO_IR 100]\n(0008,0080) LO [St. Nowhere]\n');
  const { code, stdout, stderr } = await runCli([
    'dump2wl',
    fixture('orders.csv'),
    '--template',
    template,
    '--new-uids=missing',
    '--out-dir',
    database,
  ]);
  assert.deepEqual({ code, stdout }, { code: 0, stdout: '' });
  assert.equal(stderr, `${fixture('orders.csv')}: 2 entries written to ${database}\n`);
  assert.deepEqual((await readdir(database)).sort(), ['ACC0001_SPS0001.wl', 'ACC0002_SPS0001.wl']);
  const dataSet = await entry(database, 'ACC0001_SPS0001.wl');
  assert.equal(plainText(dataSet, TAG.PatientName), 'M\u00fcller^\u00c4nne');
  assert.equal(entryText(dataSet, 'InstitutionName'), 'St. Nowhere');
});

test("what is one patient's or one order's is not taken from a template, which is said", async (scope) => {
  const folder = await tempDir(scope);
  const database = join(folder, 'db');
  const template = fileURLToPath(new URL('../../fixtures/samples/ct-chest.txt', import.meta.url));
  const orders = 'AccessionNumber,PatientName,PatientID\nA1,Doe^Jane,P1\n,Roe^Jim,\nA2,Poe^Ann,\n';
  const args = ['dump2wl', '--from', 'csv', '-', '--template', template, '--out-dir', database, '--new-uids=missing'];
  const { code, stderr } = await runCli([...args, '--set', 'SpecialNeeds=Interpreter'], { input: orders });
  assert.equal(code, 1);
  assert.match(
    stderr,
    /ct-chest\.txt: not taken, .*: AccessionNumber, ReferringPhysicianName, .* more .*--set KEY=VALUE/,
  );
  assert.match(stderr, /^standard input:3:1 error: this entry has neither accession number nor step ID/m);
  assert.deepEqual((await readdir(database)).sort(), ['A1.wl', 'A2.wl']);
  const [first, second] = [await entry(database, 'A1.wl'), await entry(database, 'A2.wl')];
  const keys = ['PatientBirthDate', 'PatientSex', 'PatientWeight', 'Allergies', 'AdmissionID'];
  for (const key of [...keys, 'PatientTransportArrangements', 'RequestingPhysician']) {
    assert.equal(entryText(second, key), '', key);
  }
  for (const key of ['PatientID', 'ScheduledProcedureStepID', 'RequestedProcedureID']) {
    assert.equal(entryText(second, key), undefined, key);
  }
  assert.notEqual(plainText(first, TAG.StudyInstanceUID), plainText(second, TAG.StudyInstanceUID));
  assert.equal(entryText(second, 'ScheduledStationAETitle'), 'CT1');
  assert.equal(entryText(second, 'SpecialNeeds'), 'Interpreter');
});

test('the same order replaces its entry, and a cancelled one takes it away, which is said', async (scope) => {
  const database = await tempDir(scope);
  const convert = (message: string) =>
    runCli(['dump2wl', '--from', 'hl7', '-', '--out-dir', database, '--check', 'off'], { input: message });
  await convert(orderMessage());
  await convert(orderMessage({ orc: { 1: 'XO' }, pid: { 5: 'Roe^Jane' } }));
  assert.deepEqual(await readdir(database), ['ACC1_SPS1.wl']);
  assert.equal(plainText(await entry(database, 'ACC1_SPS1.wl'), TAG.PatientName), 'Roe^Jane');

  const cancel = orderMessage({ orc: { 1: 'CA' } });
  const first = await convert(cancel);
  assert.equal(first.code, 0);
  assert.match(first.stderr, /^standard input:3: removed .*ACC1_SPS1\.wl \(ORC-1 CA\)$/m);
  assert.deepEqual(await readdir(database), []);
  const second = await convert(cancel);
  assert.equal(second.code, 0);
  assert.match(second.stderr, /^standard input:3: no entry to remove \(ORC-1 CA\): .*ACC1_SPS1\.wl$/m);
});

test('an entry is replaced and removed by orders of its own patient only', async (scope) => {
  const database = await tempDir(scope);
  const convert = (message: string, ...more: readonly string[]) =>
    runCli(['dump2wl', '--from', 'hl7', '-', '--out-dir', database, '--check', 'off', ...more], { input: message });
  await convert(orderMessage());
  const stranger = { 3: 'P2', 5: 'Poe^Ann', 7: '19991231' };
  for (const [control, doing] of [
    ['NW', 'replaced'],
    ['CA', 'removed'],
  ] as const) {
    const { code, stderr } = await convert(orderMessage({ orc: { 1: control }, pid: stranger }));
    assert.equal(code, 1);
    assert.match(
      stderr,
      new RegExp(
        `^error: standard input:3: .*ACC1_SPS1\\.wl is an entry of another patient \\(P1, not P2\\); not ${doing}\\n  hint: `,
      ),
    );
    assert.match(stderr, /0 entries written to .*, 1 failed/);
    assert.equal(plainText(await entry(database, 'ACC1_SPS1.wl'), TAG.PatientID), 'P1');
  }

  const renumbered = await convert(orderMessage({ orc: { 1: 'XO' }, pid: { 3: 'P11' } }));
  assert.equal(renumbered.code, 0);
  assert.match(
    renumbered.stderr,
    /warning: standard input:3: .*ACC1_SPS1\.wl had another Patient ID under the same name/,
  );
  assert.equal(plainText(await entry(database, 'ACC1_SPS1.wl'), TAG.PatientID), 'P11');

  assert.equal((await convert(orderMessage({ pid: stranger }), '--force')).code, 0);
  assert.equal(plainText(await entry(database, 'ACC1_SPS1.wl'), TAG.PatientID), 'P2');
  const removal = await convert(orderMessage({ orc: { 1: 'CA' } }), '--force');
  assert.match(removal.stderr, /0 entries written to .*, 1 removed from it$/m);
  assert.deepEqual(await readdir(database), []);
});

test('an entry is replaced and removed by orders of its own request only', async (scope) => {
  const database = await tempDir(scope);
  const convert = (message: string, ...more: readonly string[]) =>
    runCli(['dump2wl', '--from', 'hl7', '-', '--out-dir', database, '--check', 'off', ...more], { input: message });
  await convert(orderMessage({ obr: { 20: '1' } }));
  const second = { 19: 'RP2', 20: '1' };
  for (const [control, doing] of [
    ['NW', 'replaced'],
    ['CA', 'removed'],
  ] as const) {
    const { code, stderr } = await convert(orderMessage({ orc: { 1: control }, obr: second }));
    assert.equal(code, 1);
    assert.match(
      stderr,
      new RegExp(`ACC1_1\\.wl is an entry of another request \\(RP1, not RP2\\); not ${doing}\n  hint: `),
    );
    assert.equal(entryText(await entry(database, 'ACC1_1.wl'), 'RequestedProcedureID'), 'RP1');
  }
  await convert(orderMessage({ obr: { 19: 'RP2', 20: '2' } }));
  await convert(orderMessage({ orc: { 1: 'CA' }, obr: { 19: 'RP2', 20: '' } }));
  assert.deepEqual(await readdir(database), ['ACC1_1.wl']);

  // Without an accession number there is little else to tell two orders of a patient apart.
  const nameless = { 18: '', 19: '', 20: '1' };
  await convert(orderMessage({ obr: nameless }));
  const other = await convert(orderMessage({ orc: { 2: 'PL2' }, obr: nameless }));
  assert.match(other.stderr, /_1\.wl is an entry of another request \(PL1, not PL2\); not replaced/);
  assert.equal((await convert(orderMessage({ orc: { 2: 'PL2' }, obr: nameless }), '--force')).code, 0);
});

test('what an order leaves empty that was for the safety of the patient is said, and so is another patient under an ID', async (scope) => {
  const database = await tempDir(scope);
  const convert = (message: string) =>
    runCli(['dump2wl', '--from', 'hl7', '-', '--out-dir', database, '--check', 'off'], { input: message });
  await convert(orderMessage({ obr: { 13: 'Pacemaker' }, more: ['AL1|1|DA|^Penicillin'] }));
  const { code, stderr } = await convert(orderMessage({ orc: { 1: 'XO' }, pid: { 5: 'Poe^Ann', 7: '19991231' } }));
  assert.equal(code, 0);
  assert.match(
    stderr,
    /^warning: standard input:3: .*ACC1_SPS1\.wl had another name and birth date under the same Patient ID/m,
  );
  assert.match(
    stderr,
    /^warning: standard input:3: .*ACC1_SPS1\.wl had MedicalAlerts, Allergies, of which this order says nothing/m,
  );
});

test('an entry that another run removes first is no failure', async (scope) => {
  const database = await tempDir(scope);
  const count = 300;
  const messages = (control: string) =>
    Array.from({ length: count }, (_, index) => orderMessage({ orc: { 1: control }, obr: { 18: `A${index}` } })).join(
      '',
    );
  const run = (control: string) =>
    runCli(['dump2wl', '--from', 'hl7', '-', '--out-dir', database, '-q'], { input: messages(control) });
  await run('NW');
  const outcomes = await Promise.all([run('CA'), run('CA')]);
  assert.deepEqual(
    outcomes.map(({ code, stderr }) => ({ code, stderr })),
    [0, 0].map((code) => ({ code, stderr: '' })),
  );
  assert.deepEqual(await readdir(database), []);
});

test('two inputs that give one entry to two patients are not both carried out', async (scope) => {
  const folder = await tempDir(scope);
  const inputs = ['Doe^Jane,P1', 'Poe^Ann,P2'].map((patient, index) => ({
    path: join(folder, `${index}.csv`),
    text: `AccessionNumber,PatientName,PatientID\nA1,${patient}\n`,
  }));
  for (const { path, text } of inputs) await writeFile(path, text);
  const database = join(folder, 'db');
  const args = ['dump2wl', ...inputs.map(({ path }) => path), '--out-dir', database, '--check', 'off'];
  const { code, stderr } = await runCli(args);
  assert.equal(code, 1);
  assert.match(stderr, /A1\.wl is an entry of another patient \(P1, not P2\)/);
  assert.equal(plainText(await entry(database, 'A1.wl'), TAG.PatientID), 'P1');
});

test('an order cancelled without a step takes all its entries away, and no other', async (scope) => {
  const database = await tempDir(scope);
  const messages = ['ACC1 S1', 'ACC1 S2', 'ACC10 S1'].map((ids) => {
    const [accession = '', step = ''] = ids.split(' ');
    return orderMessage({ obr: { 18: accession, 20: step } });
  });
  const cancel = orderMessage({ orc: { 1: 'CA' }, obr: { 20: '' } });
  const { code } = await runCli(['dump2wl', '--from=hl7', '--out-dir', database, '-'], {
    input: [...messages, cancel].join(''),
  });
  assert.equal(code, 0);
  assert.deepEqual(await readdir(database), ['ACC10_S1.wl']);
});

test('what is wrong is named with its place and costs the other orders nothing', async (scope) => {
  const folder = await tempDir(scope);
  const database = join(folder, 'db');
  const orders = join(folder, 'orders.csv');
  await writeFile(orders, 'AccessionNumber;ScheduledProcedureStepStartDate\nA1;11/25/2026\nA2;today\n');
  const { code, stderr } = await runCli(['dump2wl', orders, '--out-dir', database, '--check', 'off']);
  assert.equal(code, 1);
  assert.ok(
    stderr.startsWith(`${orders}:2:4 error: column ScheduledProcedureStepStartDate: "11/25/2026" is no date\n`),
    stderr,
  );
  assert.match(stderr, /2026-11-25, 25\.11\.2026 or today\+1/);
  assert.deepEqual(await readdir(database), ['A2.wl']);
});

test('a warning that entry after entry has is said of the first five, and counted', async (scope) => {
  const database = await tempDir(scope);
  const args = ['dump2wl', '--from', 'csv', '-', '--out-dir', database, '--new-uids=missing'];
  const rows = Array.from({ length: 9 }, (_, index) => `A${index},P${index},Doe^Jane,R${index}`);
  const { stderr } = await runCli(args, {
    input: `AccessionNumber,PatientID,PatientName,RequestedProcedureID\n${rows.join('\n')}\n`,
  });
  assert.equal(stderr.split('\n').filter((line) => / input:\d+: .*lacks Modality/.test(line)).length, 5);
  assert.match(stderr, /^warning: standard input: the same of 4 more entries, the last in line 10: .*lacks Modality/m);
  assert.match(stderr, /9 entries written/);
});

test('a file that is not UTF-8 is read as Windows-1252, which is said', async (scope) => {
  const folder = await tempDir(scope);
  const orders = join(folder, 'orders.csv');
  await writeFile(orders, Buffer.from('AccessionNumber,PatientName\nA1,M\u00fcller\n', 'latin1'));
  const { code, stderr } = await runCli(['dump2wl', orders, join(folder, 'a.wl'), '--check', 'off']);
  assert.equal(code, 0);
  assert.match(stderr, /:2:5 warning: not UTF-8: read as Windows-1252/);
  assert.equal(entryText(await entry(folder, 'a.wl'), 'PatientName'), 'Müller');
});

test('--charset encodes what the orders say, and the template with it', async (scope) => {
  const folder = await tempDir(scope);
  const template = join(folder, 'entry.txt');
  await writeFile(template, '(0008,0005) CS [ISO_IR 100]\n(0008,0080) LO [Äpfel]\n');
  const args = ['dump2wl', fixture('orm-o01-iso-ir87.hl7'), join(folder, 'a.wl'), '--template', template];
  const { code } = await runCli([...args, '--charset', 'ISO_IR 192', '-q']);
  assert.equal(code, 0);
  const dataSet = await entry(folder, 'a.wl');
  assert.equal(entryText(dataSet, 'SpecificCharacterSet'), 'ISO_IR 192');
  assert.equal(entryText(dataSet, 'PatientName'), 'YAMADA^TARO=山田^太郎=やまだ^たろう');
  assert.equal(entryText(dataSet, 'InstitutionName'), 'Äpfel');
});

test('a character that --charset lacks is an error, with a template and without', async (scope) => {
  const database = await tempDir(scope);
  const args = ['dump2wl', '--from', 'csv', '-', '--out-dir', database, '--charset', 'ISO_IR 100', '--check', 'off'];
  const { code, stderr } = await runCli(args, { input: 'AccessionNumber,PatientName\nA1,山田\nA2,Müller\n' });
  assert.equal(code, 1);
  assert.match(stderr, /:2:4 error: column PatientName: ISO_IR 100 has no 山 田/);
  assert.deepEqual(await readdir(database), ['A2.wl']);
  assert.equal(plainText(await entry(database, 'A2.wl'), TAG.PatientName), 'M\u00fcller');
});

test('steps of a request share a Study Instance UID that is made, today and tomorrow', async (scope) => {
  const folder = await tempDir(scope);
  const input = ['S1', 'S2'].map((step) => orderMessage({ obr: { 20: step } })).join('');
  const uids: string[] = [];
  for (const database of ['one', 'two']) {
    const path = join(folder, database);
    await runCli(['dump2wl', '--from', 'hl7', '-', '--out-dir', path, '--new-uids=missing', '-q'], { input });
    for (const name of ['ACC1_S1.wl', 'ACC1_S2.wl'])
      uids.push(plainText(await entry(path, name), TAG.StudyInstanceUID));
  }
  assert.match(uids[0] ?? '', /^2\.25\.\d+$/);
  assert.equal(new Set(uids).size, 1);
});

test("a mapping of one's own is used, and refused at its line where it is wrong", async (scope) => {
  const folder = await tempDir(scope);
  const mapping = join(folder, 'mapping.json');
  const args = ['dump2wl', '--from', 'hl7', '-', join(folder, 'a.wl'), '--hl7-mapping', mapping, '-q'];
  await writeFile(mapping, '{ "map": { "ScheduledStationAETitle": "OBR-21" } }');
  const input = orderMessage({ obr: { 21: 'CT1' } });
  assert.equal((await runCli(args, { input })).code, 0);
  assert.equal(entryText(await entry(folder, 'a.wl'), 'ScheduledStationAETitle'), 'CT1');
  await writeFile(mapping, '{ "map": {\n  "ScheduledStationAETitel": "OBR-21" } }');
  const { code, stderr } = await runCli(args, { input });
  assert.equal(code, 1);
  assert.ok(stderr.startsWith(`${mapping}:2:30 error: no attribute is called "ScheduledStationAETitel"`), stderr);
});

const REFUSED: readonly (readonly [what: string, args: readonly string[], message: RegExp])[] = [
  [
    'several orders and one output',
    [fixture('orders.csv'), 'a.wl'],
    /holds 2 orders, but one output is named\n {2}hint: .*--out-dir/,
  ],
  ['a cancelled order and one output', [fixture('orm-o01-cancel.hl7'), 'a.wl'], /takes an order back \(ORC-1 CA\)/],
  ['a template without orders', ['entry.txt', 'a.wl', '--template', 'entry.txt'], /--template is for orders/],
  [
    'a mapping without HL7',
    [fixture('orders.csv'), '--out-dir', 'db', '--hl7-mapping', 'm.json'],
    /--hl7-mapping is for orders in HL7/,
  ],
  ['orders of no known kind', ['a.csv', 'a.wl', '--from', 'xml'], /csv, hl7/],
];

for (const [what, args, message] of REFUSED) {
  test(`${what} are refused`, async (scope) => {
    const { code, stderr } = await runCli(['dump2wl', ...args], { cwd: await tempDir(scope) });
    assert.equal(code, 2);
    assert.match(stderr, message);
  });
}

test('a file of that name which is no worklist file is neither replaced nor removed', async (scope) => {
  const database = await tempDir(scope);
  const path = join(database, 'ACC1_SPS1.wl');
  await writeFile(path, 'my notes\n');
  for (const control of ['NW', 'CA']) {
    const input = orderMessage({ orc: { 1: control } });
    const { code, stderr } = await runCli(['dump2wl', '--from', 'hl7', '-', '--out-dir', database, '-q'], { input });
    assert.equal(code, 3);
    assert.match(stderr, /is no DICOM file/);
  }
  assert.equal(await readFile(path, 'utf8'), 'my notes\n');
});
