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

test('a table can leave all other values as they are', () => {
  const json = '{ "map": { "ScheduledStationAETitle": { "from": "OBR-21", "table": { "A": "CT_A", "*": "*" } } } }';
  const titleOf = (room: string) =>
    entryText(entryWith(json, orderMessage({ obr: { 21: room } })), 'ScheduledStationAETitle');
  assert.deepEqual(['A', 'b'].map(titleOf), ['CT_A', 'b']);
});

const IDS = 'P1^^^A&1.1&ISO^PI~P2^^^B&1.2&ISO^MR~P3^^^^PN';
const ISSUERS = [
  'PatientID',
  'IssuerOfPatientID',
  'IssuerOfPatientIDQualifiersSequence[0].UniversalEntityID',
  'IssuerOfPatientIDQualifiersSequence[0].UniversalEntityIDType',
];

const PLACES_OF_IDS: Readonly<Record<string, readonly (string | undefined)[]>> = {
  '"PID-3.1"': ['P1', 'A', '1.1', 'ISO'],
  '"PID-3[5=MR].1"': ['P2', 'B', '1.2', 'ISO'],
  '"PID-3[1].1"': ['P2', 'B', '1.2', 'ISO'],
  '["PID-3[5=XX].1", "PID-4.1"]': ['P4', 'D', undefined, undefined],
  // None of its own: better than another's.
  '"PID-3[5=PN].1"': ['P3', undefined, undefined, undefined],
  // No component, so nothing is known to be beside it.
  '"PID-4"': ['P4', undefined, undefined, undefined],
  '{ "value": "P0" }': ['P0', undefined, undefined, undefined],
};

for (const [place, expected] of Object.entries(PLACES_OF_IDS)) {
  test(`the issuer of a patient ID from ${place} is that of this ID`, () => {
    const dataSet = entryWith(`{ "map": { "PatientID": ${place} } }`, orderMessage({ pid: { 3: IDS, 4: 'P4^^^D' } }));
    assert.deepEqual(
      ISSUERS.map((key) => entryText(dataSet, key)),
      expected,
    );
  });
}

test('an issuer that a mapping names is from where it says', () => {
  const json = '{ "map": { "PatientID": "PID-3[5=MR].1", "IssuerOfPatientID": { "value": "NOWHERE" } } }';
  assert.equal(entryText(entryWith(json, orderMessage({ pid: { 3: IDS } })), 'IssuerOfPatientID'), 'NOWHERE');
});

test('the time of a step is from where its date is from, and a mapping can say the same of others', () => {
  const json = JSON.stringify({
    map: {
      ScheduledProcedureStepStartDate: 'OBR-36',
      OtherPatientIDs: 'PID-3[5=MR].1',
      MilitaryRank: { beside: 'OtherPatientIDs', component: '4.2' },
    },
  });
  const dataSet = entryWith(json, orderMessage({ pid: { 3: IDS }, obr: { 36: '202611270930' } }));
  assert.equal(entryText(dataSet, 'ScheduledProcedureStepStartDate'), '20261127');
  assert.equal(entryText(dataSet, 'ScheduledProcedureStepStartTime'), '0930');
  assert.equal(entryText(dataSet, 'MilitaryRank'), '1.2');
});

const FAULTS: readonly (readonly [json: string, finding: string])[] = [
  ['{ "map": {\n "Modalty": "OBR-24" } }', '2:13 error no attribute is called "Modalty" (in key "Modalty=")'],
  ['{ "map": {\n "Modality":\n "OBR24" } }', '3:2 error "OBR24" is no place in an HL7 message'],
  ['{ "map": { "Modality": [\n"OBR-24",\n"OBR.4" ] } }', '3:1 error "OBR.4" is no place in an HL7 message'],
  ['{ "map": { "Modality": {\n "form": "OBR-24" } } }', '2:10 error "form" is no part of a rule'],
  ['{ "map": { "Modality": { "from": "OBR-24",\n "as": "cod" } } }', '2:8 error "cod" is no conversion'],
  ['{ "map": { "Modality": { "from": "OBR-24", "as": "code" } } }', '1:50 error "code" does not make a value of CS'],
  [
    '{ "map": { "PatientSex": {\n "beside": "PatientSexx" } } }',
    '2:12 error no attribute is called "PatientSexx" (in key "PatientSexx=")',
  ],
  [
    '{ "map": { "PatientSex": {\n "beside": "InstitutionName" } } }',
    '2:12 error this attribute has no place that anything could be beside',
  ],
  [
    '{ "map": { "PatientSex": {\n "beside": "IssuerOfPatientID" } } }',
    '2:12 error this attribute has no place that anything could be beside',
  ],
  ['{ "map": { "PatientSex": { "beside": "PatientID",\n "component": "4.x" } } }', '2:15 error "4.x" is no component'],
  [
    '{ "map": { "PatientSex": { "beside": "PatientID",\n "value": "F" } } }',
    '2:11 error a rule has "from", "beside" or "value", and not two of them',
  ],
  ['{ "map": { "PatientSex": { "from": "PID-3",\n "component": "4" } } }', '2:15 error "component" goes with "beside"'],
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
