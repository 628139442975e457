import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DataSet } from '../../../src/dicom/data-set.ts';
import { readMapping } from '../../../src/orders/hl7/read-mapping.ts';
import { readOrders } from '../../../src/orders/read-orders.ts';
import { entryText, findingsOf, orderMessage, shortly, TODAY, writtenEntries } from '../../support/order-text.ts';

function entryWith(json: string, message: string | Uint8Array): DataSet {
  const { mapping, diagnostics } = readMapping(Buffer.from(json), TODAY);
  assert.deepEqual(diagnostics.map(shortly), []);
  const [entry] = writtenEntries(readOrders(Buffer.from(message), { kind: 'hl7', today: TODAY, mapping }).orders);
  return entry?.dataSet ?? assert.fail('no entry');
}

test('a mapping takes attributes from elsewhere, and leaves the others as they are', () => {
  const json = '{ "map": { "ScheduledStationAETitle": "ORC-18", "(0040,0100)[0].Modality": ["OBR-21", "OBR-24"] } }';
  const dataSet = entryWith(json, orderMessage({ orc: { 18: 'CT1' }, obr: { 21: 'MR' } }));
  assert.equal(entryText(dataSet, 'ScheduledStationAETitle'), 'CT1');
  assert.equal(entryText(dataSet, 'Modality'), 'MR');
  assert.equal(entryText(dataSet, 'PatientID'), 'P1');
});

test('a mapping can name a value, a table, a conversion, or leave an attribute out', () => {
  const json = JSON.stringify({
    map: {
      InstitutionName: { value: 'Nowhere' },
      ScheduledProcedureStepStartDate: { value: 'today+1' },
      ScheduledStationAETitle: { from: 'OBR-24', table: { ct: 'CT_SCANNER', '*': 'OTHER' } },
      RequestingService: { from: 'PV1-3', as: 'joined' },
      ScheduledPerformingPhysicianName: { from: 'OBR-32', as: 'person' },
      PatientSex: null,
    },
  });
  const message = orderMessage({ obr: { 32: '7^Reader^Rita' }, more: ['PV1|1|O|WARD^1'] });
  const dataSet = entryWith(json, message);
  assert.equal(entryText(dataSet, 'InstitutionName'), 'Nowhere');
  assert.equal(entryText(dataSet, 'ScheduledProcedureStepStartDate'), '20261126');
  assert.equal(entryText(dataSet, 'ScheduledStationAETitle'), 'CT_SCANNER');
  assert.equal(entryText(dataSet, 'RequestingService'), 'WARD 1');
  assert.equal(entryText(dataSet, 'ScheduledPerformingPhysicianName'), 'Reader^Rita');
  assert.equal(entryText(dataSet, 'PatientSex'), '');
});

test('a mapping names what codes ask for, and the character set of those who name none', () => {
  const json =
    '{ "control": { "QQ": "write", "HD": "ignore" }, "status": { "CM": "write" }, "characterSet": "8859/5" }';
  const latin = Buffer.from(orderMessage({ orc: { 1: 'QQ', 5: 'CM' }, pid: { 5: '\xbb\xee\xda' } }), 'latin1');
  assert.equal(entryText(entryWith(json, latin), 'PatientName'), 'Люк');
  const { mapping } = readMapping(Buffer.from(json), TODAY);
  assert.deepEqual(
    readOrders(Buffer.from(orderMessage({ orc: { 1: 'HD' } })), { kind: 'hl7', today: TODAY, mapping }).orders,
    [],
  );
});

test('the character set of a mapping counts where MSH-18 names none that is known, which is said', () => {
  const { mapping } = readMapping(Buffer.from('{ "characterSet": "8859/5" }'), TODAY);
  const read = (charset: string) => {
    const message = Buffer.from(orderMessage({ charset, pid: { 5: '\xbb\xee\xda' } }), 'latin1');
    const reading = readOrders(message, { kind: 'hl7', today: TODAY, mapping });
    const [entry] = writtenEntries(reading.orders);
    return { findings: findingsOf(reading), name: entry && entryText(entry.dataSet, 'PatientName') };
  };
  assert.deepEqual(read('RUSSIAN'), {
    findings: [
      '1:1 warning message 1: MSH-18 names a character set that is not known: RUSSIAN; read as 8859/5, by the mapping',
    ],
    name: 'Люк',
  });
  assert.deepEqual(read('8859/1'), { findings: [], name: '»îÚ' });
});

const FAULTS: readonly (readonly [json: string, finding: string])[] = [
  ['{ "map": {\n "Modalty": "OBR-24" } }', '2:13 error no attribute is called "Modalty" (in key "Modalty=")'],
  ['{ "map": {\n "Modality":\n "OBR24" } }', '3:2 error "OBR24" is no place in an HL7 message'],
  ['{ "map": { "Modality": [\n"OBR-24",\n"OBR.4" ] } }', '3:1 error "OBR.4" is no place in an HL7 message'],
  ['{ "map": { "Modality": {\n "form": "OBR-24" } } }', '2:10 error "form" is no part of a rule'],
  ['{ "map": { "Modality": { "from": "OBR-24",\n "as": "cod" } } }', '2:8 error "cod" is no conversion'],
  ['{ "map": { "Modality": { "from": "OBR-24", "as": "code" } } }', '1:50 error "code" does not make a value of CS'],
  ['{ "map": { "Modality": 7 } }', '1:24 error Modality must be an object'],
  ['{ "map": { "Modality=CT": "OBR-24" } }', '1:27 error "Modality=CT": a key stands here without a value'],
  ['{\n"mapping": {} }', '2:1 error "mapping" is no part of a mapping'],
  ['{ "control": { "NW": "writes" } }', '1:22 error "writes" is nothing to do'],
  ['{ "characterSet": "EBCDIC" }', '1:19 error "EBCDIC" is a character set that is not known'],
  ['{ "characterSet": "UNICODE UTF-32" }', '1:19 error "UNICODE UTF-32" is a character set that is not read here'],
  ['[]', '1:1 error a mapping must be an object'],
  ['{ "map": {\n "Ä": "PID-5", }', '2:16 error this is no JSON'],
];

for (const [json, finding] of FAULTS) {
  test(`the mapping ${JSON.stringify(json)} is refused at its place`, () => {
    const [first] = readMapping(Buffer.from(json), TODAY).diagnostics.map(shortly);
    assert.equal(first, finding);
  });
}

test('all faults of a mapping come in one run', () => {
  const { diagnostics } = readMapping(
    Buffer.from('{ "map": { "Modalty": "OBR-24", "PatientID": "P" },\n "x": 1 }'),
    TODAY,
  );
  assert.equal(diagnostics.length, 3);
});
