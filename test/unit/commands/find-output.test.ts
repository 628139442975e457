import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { EXPLICIT_LITTLE } from '../../../src/codec/transfer-syntax.ts';
import type { AnswerPrinter } from '../../../src/commands/find/answer-printer.ts';
import { columnText } from '../../../src/commands/find/column-text.ts';
import { columnName, columnNames, columnsOf, inOrderAsked } from '../../../src/commands/find/columns.ts';
import { CsvPrinter, csvCell } from '../../../src/commands/find/csv-printer.ts';
import { DumpPrinter } from '../../../src/commands/find/dump-printer.ts';
import { JsonPrinter } from '../../../src/commands/find/json-printer.ts';
import { readableValue } from '../../../src/commands/find/readable-value.ts';
import { TablePrinter } from '../../../src/commands/find/table-printer.ts';
import { columnTitles } from '../../../src/commands/find/table-titles.ts';
import { encodeText } from '../../../src/dicom/charset/text-codec.ts';
import { type DataSet, valueElement } from '../../../src/dicom/data-set.ts';
import { TAG } from '../../../src/dicom/tag.ts';
import type { Io } from '../../../src/terminal/io.ts';
import { fakeIo } from '../../support/fake-io.ts';
import { runs, SEED } from '../../support/seed.ts';
import { dataSetOf, entryDataSet } from '../../support/worklist-entries.ts';

const QUERY = dataSetOf({
  [TAG.PatientName]: '',
  [TAG.PatientID]: '',
  [TAG.ScheduledProcedureStepSequence]: [{ [TAG.Modality]: '', [TAG.ScheduledProcedureStepStartDate]: '' }],
});

/** An entry whose patient is called so, in UTF-8. */
function named(name: string): DataSet {
  const entry = entryDataSet('1');
  entry.set(valueElement(TAG.SpecificCharacterSet, 'CS', Buffer.from('ISO_IR 192')));
  entry.set(valueElement(TAG.PatientName, 'PN', encodeText(name, 'ISO_IR 192', 'PN').bytes));
  return entry;
}

type Printers = (io: Io) => AnswerPrinter;

const TABLE: Printers = (io) => new TablePrinter(io, false);
const JSON_ARRAY: Printers = (io) => new JsonPrinter(io, 'json');
const CSV: Printers = (io) => new CsvPrinter(io);
const DUMP: Printers = (io) => new DumpPrinter(io);

async function printed(
  create: Printers,
  answers: readonly DataSet[],
  options: Parameters<typeof fakeIo>[0] = {},
): Promise<string> {
  const io = fakeIo(options);
  const printer = create(io);
  await printer.begin(QUERY);
  for (const [index, dataSet] of answers.entries()) {
    await printer.print({ number: index + 1, dataSet, syntax: EXPLICIT_LITTLE });
  }
  await printer.end();
  return io.said.stdout;
}

test("there is a column for each key, the step's in its place", () => {
  assert.deepEqual(columnsOf(QUERY).map(columnName), [
    'PatientName',
    'PatientID',
    'Modality',
    'ScheduledProcedureStepStartDate',
  ]);
});

test('columns stand in the order of the keys, what no key asks for behind them', () => {
  const asked = [
    { path: [TAG.ScheduledProcedureStepSequence], tag: TAG.Modality },
    { path: [], tag: TAG.PatientID },
  ];
  assert.deepEqual(inOrderAsked(columnsOf(QUERY), asked).map(columnName), [
    'Modality',
    'PatientID',
    'PatientName',
    'ScheduledProcedureStepStartDate',
  ]);
});

test('keys deeper than the step keep the way there in their name', () => {
  const query = dataSetOf({ [0x00321064]: [{ [0x00080100]: '' }] });
  assert.deepEqual(columnsOf(query).map(columnName), ['RequestedProcedureCodeSequence.CodeValue']);
});

test('two columns of one name are told apart by the sequences around them', () => {
  const query = dataSetOf({
    [TAG.Modality]: '',
    [TAG.PatientID]: '',
    [TAG.ScheduledProcedureStepSequence]: [{ [TAG.Modality]: '' }],
  });
  const names = ['Modality', 'PatientID', 'ScheduledProcedureStepSequence.Modality'];
  assert.deepEqual(columnNames(columnsOf(query)), names);
  assert.deepEqual(columnTitles(columnsOf(query)), ['Mod', 'Patient ID', 'Mod (step)']);
});

test('text is decoded by its own character set, numbers are numbers, codes show their meaning', () => {
  const answer = dataSetOf({
    [TAG.SpecificCharacterSet]: 'ISO_IR 100',
    [TAG.PatientName]: 'M\xfcller^J ',
    [0x00321064]: [{ [0x00080100]: 'C1', [0x00080104]: 'Skull' }, { [0x00080100]: 'C2' }],
  });
  answer.set(valueElement(0x001021c0, 'US', Buffer.from([3, 0])));
  const text = (tag: number): string => columnText(answer, { path: [], tag }, (value) => value);
  assert.equal(text(TAG.PatientName), 'Müller^J');
  assert.equal(text(0x001021c0), '3');
  assert.equal(text(0x00321064), 'Skull; C2');
  assert.equal(text(TAG.PatientID), '');
});

test('a sequence that was asked for whole shows what its items hold', () => {
  const answer = dataSetOf({
    [TAG.SpecificCharacterSet]: 'ISO_IR 100',
    [0x00321064]: [{ [0x00080100]: 'C1', [0x00080102]: '99X', [0x00080104]: '' }, { [0x00080119]: 'LONG' }, {}],
    [TAG.ScheduledProcedureStepSequence]: [
      {
        [TAG.Modality]: 'CT',
        [TAG.ScheduledProcedureStepStartDate]: '20261125',
        [0x00400006]: 'M\xfcller^J ',
        [0x00400007]: '',
        [0x00400008]: [{ [0x00080100]: 'P1', [0x00080104]: 'Chest' }, { [0x00080100]: 'P2' }],
        [0x00091001]: 'private ',
      },
      { [TAG.Modality]: 'MR' },
    ],
    [0x00081110]: [{}],
  });
  const text = (tag: number): string => columnText(answer, { path: [], tag }, readableValue);
  assert.equal(text(0x00321064), 'C1; LONG');
  assert.equal(
    text(TAG.ScheduledProcedureStepSequence),
    'Modality=CT, (0009,1001)=private, ScheduledProcedureStepStartDate=2026-11-25, ' +
      'ScheduledPerformingPhysicianName=Müller, J, ScheduledProtocolCodeSequence=(Chest; P2); Modality=MR',
  );
  assert.equal(text(0x00081110), '');
});

test('names, dates and times are readable', () => {
  assert.equal(readableValue('Müller^Jörg^A^Dr.^MSc', 'PN'), 'Müller MSc, Dr. Jörg A');
  assert.equal(
    readableValue('Yamada^Tarou=山田^太郎=やまだ^たろう', 'PN'),
    'Yamada, Tarou (山田 太郎 / やまだ たろう)',
  );
  assert.equal(readableValue('=山田^太郎', 'PN'), '山田 太郎');
  assert.equal(readableValue('Smith', 'PN'), 'Smith');
  assert.equal(readableValue('20261125', 'DA'), '2026-11-25');
  assert.equal(readableValue('2026.11.25', 'DA'), '2026-11-25');
  assert.equal(readableValue('soon', 'DA'), 'soon');
  assert.equal(readableValue('0930', 'TM'), '09:30');
  assert.equal(readableValue('093015.25', 'TM'), '09:30:15');
  assert.equal(readableValue('09', 'TM'), '09');
  assert.equal(readableValue('one\r\ntwo', 'LT'), 'one two');
});

test('a table has a heading, aligned columns, wide characters counted twice', async () => {
  assert.equal(
    await printed(TABLE, [named('Yamada^Tarou=山田^太郎'), named('Smith')]),
    [
      'Patient                    Patient ID  Mod  Date',
      'Yamada, Tarou (山田 太郎)  P-1         CT   2026-03-10',
      'Smith                      P-1         CT   2026-03-10',
      '',
    ].join('\n'),
  );
});

test('a table fits a terminal, and nothing in it acts there', async () => {
  const text = await printed(TABLE, [named(`\x1b[31m${'x'.repeat(200)}`)], { isTerminal: true, columns: 60 });
  const lines = text.trimEnd().split('\n');
  assert.ok(lines.every((line) => line.length <= 60));
  assert.ok(lines[1]?.startsWith('\\x1b[31mxxx'));
  assert.match(lines[1] ?? '', /x…/);
});

test('no answers, no table', async () => {
  assert.equal(await printed(TABLE, []), '');
});

test('rows of a table go out before the last answer has come', async () => {
  const io = fakeIo();
  const printer = new TablePrinter(io, false);
  await printer.begin(QUERY);
  await printer.print({ number: 1, dataSet: named('First'), syntax: EXPLICIT_LITTLE });
  while (io.said.stdout === '') await new Promise((resolve) => setTimeout(resolve, 10));
  assert.match(io.said.stdout, /First/);
  await printer.print({ number: 2, dataSet: named('Second^Longer^Than^The^First'), syntax: EXPLICIT_LITTLE });
  assert.match(io.said.stdout, /Secon/);
  await printer.end();
});

test('JSON is an array, also without answers', async () => {
  assert.deepEqual(JSON.parse(await printed(JSON_ARRAY, [])), []);
});

test('dump text has comment lines before each answer', async () => {
  const text = await printed(DUMP, [named('A'), named('B')]);
  assert.equal(text.match(/^# Dicom-Data-Set\n# Used TransferSyntax: Little Endian Explicit\n/gm)?.length, 2);
});

test('dump text on a terminal reads unlabelled text in the fallback, in a pipe it has the bytes', async () => {
  const answer = entryDataSet('1', { [TAG.PatientName]: 'M\xfcLLER' });
  const create: Printers = (io) => new DumpPrinter(io, 'ISO_IR 100');
  const shown = await printed(create, [answer], { isTerminal: true });
  assert.match(shown, /PN \[MüLLER\]/);
  assert.doesNotMatch(shown, /\(0008,0005\)/);
  assert.equal(await printed(create, [answer]), await printed(DUMP, [answer]));
});

test('CSV begins with a heading and ends lines as RFC 4180 says', async () => {
  assert.equal(
    await printed(CSV, [named('Müller^Jörg'), named('"Q", Inc')]),
    'PatientName,PatientID,Modality,ScheduledProcedureStepStartDate\r\n' +
      'Müller^Jörg,P-1,CT,20260310\r\n"""Q"", Inc",P-1,CT,20260310\r\n',
  );
});

test('no cell begins a formula, numbers stay numbers', () => {
  assert.equal(csvCell('=1+1'), "'=1+1");
  assert.equal(csvCell('@SUM(A1)'), "'@SUM(A1)");
  assert.equal(csvCell('-cmd|calc'), "'-cmd|calc");
  assert.equal(csvCell('+49 30 1234'), "'+49 30 1234");
  assert.equal(csvCell('-1.5'), '-1.5');
  assert.equal(csvCell('+7'), '+7');
});

test('any text comes back from CSV, but for the apostrophe that keeps it harmless', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1, maxLength: 5 }), (cells) => {
      const line = `${cells.map(csvCell).join(',')}\r\n`;
      const [read = []]: string[][] = parse(line, { skip_empty_lines: false, relax_column_count: true });
      const harmless = cells.map((cell) => (/^"?'/.test(csvCell(cell)) && !cell.startsWith("'") ? `'${cell}` : cell));
      if (cells.length > 1 || cells[0] !== '') assert.deepEqual(read, harmless);
      assert.ok(read.every((cell) => !/^[=@]/.test(cell)));
    }),
    { seed: SEED, numRuns: runs(5000) },
  );
});
