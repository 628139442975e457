import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { DataSet, plainText } from '../../../src/dicom/data-set.ts';
import { TAG } from '../../../src/dicom/tag.ts';
import { applyKey } from '../../../src/keys/apply-key.ts';
import { parseKey } from '../../../src/keys/parse-key.ts';
import { readOrders } from '../../../src/orders/read-orders.ts';
import { entryText, findingsOf, TODAY, writtenEntries } from '../../support/order-text.ts';

const FIXTURES = new URL('../../../fixtures/orders/', import.meta.url);

function read(csv: string | Uint8Array, template?: DataSet) {
  return readOrders(Buffer.from(csv), { kind: 'csv', today: TODAY, template });
}

function entriesOf(csv: string | Uint8Array, template?: DataSet) {
  const reading = read(csv, template);
  assert.deepEqual(findingsOf(reading), []);
  return writtenEntries(reading.orders);
}

function templateOf(...keys: string[]): DataSet {
  const template = new DataSet();
  for (const key of keys) applyKey(template, parseKey(key, { bareKeywords: 'worklist' }), 'ISO_IR 192');
  return template;
}

test('a row is an entry, a column a key in any form', () => {
  const [first, second, ...others] = entriesOf(readFileSync(new URL('orders.csv', FIXTURES)));
  assert.equal(others.length, 0);
  assert.deepEqual(
    [first?.name, first?.line, second?.name, second?.line],
    ['ACC0001_SPS0001.wl', 2, 'ACC0002_SPS0001.wl', 3],
  );
  const dataSet = first?.dataSet ?? new DataSet();
  assert.equal(entryText(dataSet, 'PatientName'), 'Müller^Änne');
  assert.equal(entryText(dataSet, 'SpecificCharacterSet'), 'ISO_IR 192');
  assert.equal(entryText(dataSet, 'PatientBirthDate'), '19800229');
  assert.equal(entryText(dataSet, '(0040,0100)[0].Modality'), 'CT');
  assert.equal(entryText(dataSet, '(0040,0100)[0].(0040,0002)'), '20261126');
  assert.equal(entryText(dataSet, '(0040,0100)[0].(0040,0003)'), '1430');
  assert.equal(entryText(dataSet, '(0040,1001)'), 'RP0001');
  assert.equal(entryText(dataSet, '(0032,1064)[0].CodeValue'), 'CTTHORAX');
  assert.equal(entryText(dataSet, '0008,0060'), undefined);
});

test('an entry of ASCII alone needs no character set', () => {
  const [entry] = entriesOf('PatientName,AccessionNumber\nDoe^Jane,A1\n');
  assert.equal(entry?.dataSet.has(TAG.SpecificCharacterSet), false);
});

test('what a modality may be answered empty is there, and empty', () => {
  const [entry] = entriesOf('AccessionNumber\nA1\n');
  assert.equal(entryText(entry?.dataSet ?? new DataSet(), 'PatientBirthDate'), '');
  assert.equal(entryText(entry?.dataSet ?? new DataSet(), 'ScheduledStationName'), '');
});

test('empty cells keep what the template has, unless the column says "!"', () => {
  const template = templateOf('InstitutionName=Nowhere', 'ScheduledStationName=CT1', 'Modality=CT', 'PatientName=');
  const [entry] = entriesOf('AccessionNumber,InstitutionName,ScheduledStationName!,Modality\nA1,,,\n', template);
  const dataSet = entry?.dataSet ?? new DataSet();
  assert.equal(entryText(dataSet, 'InstitutionName'), 'Nowhere');
  assert.equal(entryText(dataSet, 'ScheduledStationName'), '');
  assert.equal(entryText(dataSet, 'Modality'), 'CT');
});

test('no entry changes the template or another entry', () => {
  const template = templateOf('Modality=CT');
  const entries = entriesOf('AccessionNumber,Modality\nA1,MR\nA2,\n', template);
  assert.deepEqual(
    [...entries.map(({ dataSet }) => dataSet), template].map((dataSet) => entryText(dataSet, 'Modality')),
    ['MR', 'CT', 'CT'],
  );
});

test("text is encoded in the template's character set, and what that lacks is an error", () => {
  const template = templateOf('SpecificCharacterSet=ISO_IR 100');
  const [entry] = entriesOf('AccessionNumber,PatientName\nA1,Müller\n', template);
  assert.equal(plainText(entry?.dataSet ?? new DataSet(), TAG.PatientName), 'M\u00fcller');
  assert.deepEqual(findingsOf(read('AccessionNumber,PatientName\nA1,山田\nA2,Doe\n', template)), [
    '2:4 error column PatientName: ISO_IR 100 has no 山 田',
  ]);
  const [japanese] = entriesOf(
    'PatientName,AccessionNumber,SpecificCharacterSet\n山田,A1,\\ISO 2022 IR 87\n',
    template,
  );
  assert.equal(entryText(japanese?.dataSet ?? new DataSet(), 'PatientName'), '山田');
});

const SPELLINGS: Readonly<Record<string, string | Uint8Array>> = {
  'CR LF and a byte order mark': '\ufeffAccessionNumber,PatientName\r\nA1,Müller\r\n',
  'CR alone': 'AccessionNumber,PatientName\rA1,Müller\r',
  'no line end at the end': 'AccessionNumber,PatientName\nA1,Müller',
  semicolons: 'AccessionNumber;PatientName\nA1;Müller\n',
  'semicolons between tags, which hold commas': '0008,0050;0010,0010\nA1;Müller\n',
  TAB: 'AccessionNumber\tPatientName\nA1\tMüller\n',
  "Excel's line on the separator": 'sep=;\r\nAccessionNumber;PatientName\r\nA1;Müller\r\n',
  'quoted cells': '"AccessionNumber","PatientName"\n"A1","Müller"\n',
  'quoted tags between commas': '"(0008,0050)","0010,0010"\nA1,Müller\n',
  'blanks around cells, empty lines, empty rows': '\n AccessionNumber , PatientName \n\n A1 , Müller \n,\n\n',
  'empty columns at the end': 'AccessionNumber,PatientName,,\nA1,Müller,,\n',
  'UTF-16 with a byte order mark': Buffer.from('\ufeffAccessionNumber\tPatientName\r\nA1\tMüller\r\n', 'utf16le'),
};

for (const [what, csv] of Object.entries(SPELLINGS)) {
  test(`a spreadsheet may write ${what}`, () => {
    const [entry, ...others] = entriesOf(csv);
    assert.equal(others.length, 0);
    assert.equal(entry?.name, 'A1.wl');
    assert.equal(entryText(entry?.dataSet ?? new DataSet(), 'PatientName'), 'Müller');
  });
}

test('quoted cells may hold delimiters, quotes and lines', () => {
  const [entry] = entriesOf(
    'AccessionNumber,PatientName,CommentsOnTheScheduledProcedureStep\nA1,"Doe^J, ""X""","one\ntwo"\n',
  );
  assert.equal(entryText(entry?.dataSet ?? new DataSet(), 'PatientName'), 'Doe^J, "X"');
  assert.equal(entryText(entry?.dataSet ?? new DataSet(), '(0040,0100)[0].(0040,0400)'), 'one\r\ntwo');
});

test('what is not UTF-8 is read as Windows-1252, and that is said', () => {
  const reading = read(Buffer.from('AccessionNumber,PatientName\nA1,M\u00fcller \u0080\n', 'latin1'));
  assert.deepEqual(findingsOf(reading), ['2:5 warning not UTF-8: read as Windows-1252']);
  const [entry] = writtenEntries(reading.orders);
  assert.equal(entryText(entry?.dataSet ?? new DataSet(), 'PatientName'), 'Müller €');
});

test('all errors come in one run, each with its place and its column', () => {
  const csv = [
    'AccessionNumber,ScheduledProcedureStepStartDate,ScheduledProcedureStepStartTime,PregnancyStatus',
    'A1,31.11.2026,8 am,often',
    'A2,today+1,0815,4',
    'A2,today,,',
    ',,0900,',
    'A3,,,,too much',
  ].join('\n');
  const reading = read(csv);
  assert.deepEqual(findingsOf(reading), [
    '2:4 error column ScheduledProcedureStepStartDate: "31.11.2026" is no date',
    '2:15 error column ScheduledProcedureStepStartTime: "8 am" is no time',
    '2:20 error column PregnancyStatus: "often" is not 1, 2, 3, 4',
    '4:1 error this is the same entry as line 3: accession number and step ID are equal',
    '5:1 error this entry has neither accession number nor step ID, so no name',
    '6:7 error this cell has no column',
  ]);
  assert.deepEqual(
    reading.orders.map(({ name }) => name),
    ['A2.wl'],
  );
});

test('places are right behind cells of several lines and of other scripts', () => {
  const csv = 'AccessionNumber,PatientName,PatientBirthDate\nA1,"山\n田",x\n\n\nA2,Größe,"y"\n';
  assert.deepEqual(findingsOf(read(csv)), [
    '3:4 error column PatientBirthDate: "x" is no date',
    '6:10 error column PatientBirthDate: "y" is no date',
  ]);
});

const WRONG_HEADERS: Readonly<Record<string, RegExp>> = {
  'PatientName,PatinetID\nDoe,P1\n': /^1:13 error no attribute is called "PatinetID"/,
  'AccessionNumber,0008,0060\nA1,CT,\n': /^1:17 error no attribute is called "0008"/,
  'AccessionNumber,Modality=CT\nA1,\n': /^1:17 error a column is named by its key alone/,
  'AccessionNumber,RequestedProcedureCodeSequence\nA1,\n': /^1:17 error RequestedProcedureCodeSequence is a sequence/,
  'AccessionNumber,Modality,"(0040,0100).(0008,0060)"\nA1,CT,MR\n':
    /^1:26 error .* is the same attribute as column Modality/,
  '': /^1:1 error there is no header row/,
  ',,\n1,2,3\n': /^1:1 error no column has a name/,
  'AccessionNumber,PatientName\nA1,"Doe\nA2,Roe\n': /^2:4 error the quote that opens here is never closed/,
  'AccessionNumber,PatientName\nA1,"Doe"x\n': /^2:4 error text follows the closing quote/,
  'AccessionNumber,PatientName\nA1,Doe "J"\n': /^2:4 error a quote stands inside a cell/,
};

for (const [csv, message] of Object.entries(WRONG_HEADERS)) {
  test(`where the shape of ${JSON.stringify(csv)} is wrong, nothing is written`, () => {
    const reading = read(csv);
    assert.match(findingsOf(reading)[0] ?? '', message);
    assert.deepEqual(reading.orders, []);
  });
}

test('a header of halves of tags says what to do', () => {
  const [first] = read('AccessionNumber,0008,0060\nA1,CT,\n').diagnostics;
  assert.match(first?.hint ?? '', /quote a tag/);
});

test('a file that is no table at all is refused at once', () => {
  const started = performance.now();
  const reading = read(`${'ab,'.repeat(20_000)}\n1,2\n`);
  assert.equal(reading.diagnostics.length, 20);
  assert.ok(performance.now() - started < 5000);
});

test('what spreadsheets make of numbers and formulas is no value', () => {
  const header = 'AccessionNumber;PatientID;PatientSex;PatientWeight;Modality';
  const rows = [
    'A1;1,23457E+11;f;71,5;CT',
    '#WERT!;2;;;',
    'A3;#N/A;w;80 kg;Röntgen',
    'A4;4;m;1,234;',
    'A5;5;F;71,5;ct',
  ];
  const reading = read([header, ...rows].join('\n'));
  assert.deepEqual(findingsOf(reading), [
    '2:4 error column PatientID: "1,23457E+11" is a number that a spreadsheet has shortened',
    '3:1 error column AccessionNumber: "#WERT!" is what a spreadsheet shows in place of a value',
    '4:4 error column PatientID: "#N/A" is what a spreadsheet shows in place of a value',
    '4:9 error column PatientSex: "w" is not M, F, O',
    '4:11 error column PatientWeight: "80 kg" is no number',
    '4:17 error column Modality: CS has ASCII characters only, no Ö',
    '5:8 error column PatientWeight: "1,234" is no number',
  ]);
  const [entry] = writtenEntries(reading.orders);
  assert.equal(entryText(entry?.dataSet ?? new DataSet(), 'PatientWeight'), '71.5');
});

test('names with a comma, and IDs of two patients, are told', () => {
  const rows = ['A1,"Doe, Jane",P1', 'A2,"Roe, Rick",P2', 'A3,Poe^Ann,P1', 'A4,"doe, jane ",P1'];
  const { orders, diagnostics } = read(`AccessionNumber,PatientName,PatientID\n${rows.join('\n')}\n`);
  assert.deepEqual(
    diagnostics.map(({ line, hint }) => `${line} ${hint}`),
    ['2 write Doe^Jane', '4 see whose ID this is'],
  );
  assert.equal(orders.length, 4);
});

test('keywords that are taken apart are told how they are written', () => {
  const { diagnostics } = read('Patient Name;accession_number\n');
  assert.match(diagnostics[0]?.hint ?? '', /write the keyword: PatientName/);
  assert.match(diagnostics[1]?.hint ?? '', /did you mean AccessionNumber/);
});
