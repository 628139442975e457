import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { DataSet, plainText } from '../../../src/dicom/data-set.ts';
import { TAG } from '../../../src/dicom/tag.ts';
import { applyKey } from '../../../src/keys/apply-key.ts';
import { parseKey } from '../../../src/keys/parse-key.ts';
import { readOrders } from '../../../src/orders/read-orders.ts';
import { entryText, findingsOf, orderMessage, segment, TODAY, writtenEntries } from '../../support/order-text.ts';

const fixture = (name: string) => readFileSync(new URL(`../../../fixtures/orders/${name}.hl7`, import.meta.url));

function read(message: string | Uint8Array, template?: DataSet) {
  return readOrders(Buffer.from(message), { kind: 'hl7', today: TODAY, template });
}

function entryOf(message: string | Uint8Array, template?: DataSet): DataSet {
  const reading = read(message, template);
  assert.deepEqual(findingsOf(reading), []);
  const [entry] = writtenEntries(reading.orders);
  return entry?.dataSet ?? assert.fail('no entry');
}

test('an OMI^O23 with two steps is two entries of one request', () => {
  const reading = read(fixture('omi-o23'));
  assert.deepEqual(findingsOf(reading), []);
  const [first, second, ...others] = writtenEntries(reading.orders);
  assert.equal(others.length, 0);
  assert.deepEqual([first?.name, second?.name], ['ACC0001_SPS0001.wl', 'ACC0001_SPS0002.wl']);
  const expected: Readonly<Record<string, readonly [string, string]>> = {
    PatientName: ['Müller^Änne^Maria^Dr^Jr', 'Müller^Änne^Maria^Dr^Jr'],
    PatientID: ['P0001', 'P0001'],
    IssuerOfPatientID: ['NOWHERE', 'NOWHERE'],
    'IssuerOfPatientIDQualifiersSequence[0].UniversalEntityID': ['1.2.826.0.1.3680043.2.1', '1.2.826.0.1.3680043.2.1'],
    PatientBirthDate: ['19800229', '19800229'],
    PatientSex: ['F', 'F'],
    PatientWeight: ['71.5', '71.5'],
    PatientState: ['Needs oxygen', 'Needs oxygen'],
    MedicalAlerts: ['Pacemaker', 'Pacemaker'],
    Allergies: ['Penicillin\\Iodine', 'Penicillin\\Iodine'],
    AdmissionID: ['V0001', 'V0001'],
    'IssuerOfAdmissionIDSequence[0].LocalNamespaceEntityID': ['NOWHERE', 'NOWHERE'],
    CurrentPatientLocation: ['WARD 3 12 A', 'WARD 3 12 A'],
    ReferringPhysicianName: ['Referrer^Rosa^^Dr', 'Referrer^Rosa^^Dr'],
    RequestingPhysician: ['Orderer^Otto^^Dr', 'Orderer^Otto^^Dr'],
    AccessionNumber: ['ACC0001', 'ACC0001'],
    'IssuerOfAccessionNumberSequence[0].LocalNamespaceEntityID': ['RIS', 'RIS'],
    PlacerOrderNumberImagingServiceRequest: ['PL100', 'PL100'],
    'OrderFillerIdentifierSequence[0].LocalNamespaceEntityID': ['RIS', 'RIS'],
    StudyInstanceUID: ['1.2.826.0.1.3680043.2.100.1', '1.2.826.0.1.3680043.2.100.1'],
    RequestedProcedureID: ['RP0001', 'RP0001'],
    RequestedProcedureDescription: ['CT thorax & abdomen', 'CT thorax & abdomen'],
    'RequestedProcedureCodeSequence[0].CodeValue': ['CTTHORAX', 'CTTHORAX'],
    'RequestedProcedureCodeSequence[0].CodingSchemeDesignator': ['99NOWHERE', '99NOWHERE'],
    RequestedProcedurePriority: ['STAT', 'STAT'],
    ReasonForTheRequestedProcedure: ['Chest pain', 'Chest pain'],
    'ReasonForRequestedProcedureCodeSequence[0].CodeValue': ['R07.4', 'R07.4'],
    PatientTransportArrangements: ['WALK', 'WALK'],
    Modality: ['CT', 'CT'],
    ScheduledStationAETitle: ['CT_SCANNER', 'CT_SCANNER'],
    ScheduledProcedureStepStartDate: ['20261125', '20261125'],
    ScheduledProcedureStepStartTime: ['1430', '1430'],
    ScheduledProcedureStepID: ['SPS0001', 'SPS0002'],
    ScheduledProcedureStepDescription: ['Thorax with contrast', 'Abdomen'],
    '(0040,0100)[0].ScheduledProtocolCodeSequence[0].CodeValue': ['P-CT1', 'P-CT3'],
    ScheduledStationName: ['CT ROOM 2', 'CT ROOM 2'],
    ScheduledProcedureStepLocation: ['Basement', 'Basement'],
    SpecificCharacterSet: ['ISO_IR 192', 'ISO_IR 192'],
    SpecialNeeds: ['', ''],
  };
  for (const [key, [inFirst, inSecond]] of Object.entries(expected)) {
    assert.equal(entryText(first?.dataSet ?? new DataSet(), key), inFirst, key);
    assert.equal(entryText(second?.dataSet ?? new DataSet(), key), inSecond, key);
  }
  assert.equal(first?.dataSet.items(0x00321064).length, 1);
  const [step] = first?.dataSet.items(TAG.ScheduledProcedureStepSequence) ?? [];
  assert.equal(step?.dataSet.items(0x00400008).length, 2);
  // 3: definitely pregnant.
  assert.deepEqual([...(first?.dataSet.value(0x001021c0) ?? [])], [3, 0]);
});

test('an ORM^O01 with two orders shares the ZDS behind them', () => {
  const reading = read(fixture('orm-o01'));
  assert.deepEqual(findingsOf(reading), []);
  const entries = writtenEntries(reading.orders);
  assert.deepEqual(
    entries.map(({ name, line, dataSet }) => [
      name,
      line,
      ...[
        'StudyInstanceUID',
        'ScheduledProcedureStepStartTime',
        'ScheduledProcedureStepDescription',
        'ScheduledPerformingPhysicianName',
        'FillerOrderNumberImagingServiceRequest',
      ].map((key) => entryText(dataSet, key)),
    ]),
    [
      ['ACC0002_SPS0001.wl', 4, '1.2.826.0.1.3680043.2.100.2', '081500', 'Head plain', 'Tech^Tina', 'FL201'],
      ['ACC0002_SPS0002.wl', 6, '1.2.826.0.1.3680043.2.100.2', '084500', 'Head with contrast', 'Tech^Tina', 'FL202'],
    ],
  );
});

test('a cancelled order is to be removed', () => {
  const reading = read(fixture('orm-o01-cancel'));
  assert.deepEqual(findingsOf(reading), []);
  assert.deepEqual(reading.orders, [
    {
      action: 'remove',
      name: 'ACC0002_SPS0002.wl',
      everyStep: false,
      reason: 'ORC-1 CA',
      patient: { id: 'P0002', issuer: 'NOWHERE', name: 'Sample^Sam^S', birthDate: '19551231' },
      request: { accessionNumber: 'ACC0002', procedureId: 'RP0002', placerOrder: 'PL101' },
      line: 3,
    },
  ]);
});

const ACTIONS: readonly (readonly [control: string, status: string, action: string])[] = [
  ['NW', 'SC', 'write'],
  ['XO', '', 'write'],
  ['xo', 'IP', 'write'],
  ['XO', 'CM', 'remove'],
  ['SC', 'CA', 'remove'],
  ['SC', 'IP', 'nothing'],
  ['CA', '', 'remove'],
  ['DC', 'SC', 'remove'],
  ['OC', '', 'remove'],
  ['HD', '', 'remove'],
  ['RP', '', 'remove'],
  ['RO', '', 'write'],
  ['OK', '', 'nothing'],
  ['PR', 'CM', 'nothing'],
];

for (const [control, status, action] of ACTIONS) {
  test(`ORC-1 ${control} with ORC-5 "${status}" asks for: ${action}`, () => {
    const reading = read(orderMessage({ orc: { 1: control, 5: status } }));
    assert.deepEqual(findingsOf(reading), []);
    assert.equal(reading.orders[0]?.action ?? 'nothing', action);
  });
}

test('an order that is cancelled without a step is cancelled in all its steps', () => {
  const [removal] = read(orderMessage({ orc: { 1: 'CA' }, obr: { 20: '' } })).orders;
  assert.ok(removal?.action === 'remove');
  assert.deepEqual([removal.name, removal.everyStep], ['ACC1.wl', true]);
});

test('a code that says nothing about the entry is an error', () => {
  assert.deepEqual(findingsOf(read(orderMessage({ orc: { 1: 'QQ' } }))), [
    '3:5 error message 1: ORC-1 "QQ" is no order control code that is known',
  ]);
  assert.deepEqual(findingsOf(read(orderMessage({ orc: { 1: '' } }))), ['3:1 error message 1: ORC-1 is empty']);
});

test('an order without identifiers is an error', () => {
  const reading = read(orderMessage({ obr: { 18: '', 20: '' } }));
  assert.match(findingsOf(reading).join(), /^3:1 error message 1: this order has neither accession number nor step ID/);
  assert.match(reading.diagnostics[0]?.hint ?? '', /OBR-18 and OBR-20/);
  assert.deepEqual(reading.orders, []);
  const cancelled = read(orderMessage({ orc: { 1: 'CA' }, obr: { 18: '', 20: '' } }));
  assert.match(findingsOf(cancelled).join(), /so no name; the entry that it takes back stays$/);
});

test('two orders of one message that would be one file are an error, and neither is written', () => {
  const reading = read(orderMessage({ more: ['ORC|NW', segment('OBR', { 18: 'ACC1', 20: 'SPS1' })] }));
  assert.match(findingsOf(reading).join(), /^1:1 error message 1: several orders have the same accession number/);
  assert.deepEqual(reading.orders, []);
});

test('each OBR under one ORC is an entry', () => {
  const { orders } = read(orderMessage({ more: [segment('OBR', { 18: 'ACC1', 20: 'SPS2', 24: 'MR' })] }));
  const entries = writtenEntries(orders);
  assert.deepEqual(
    entries.map(({ name, dataSet }) => [
      name,
      entryText(dataSet, 'Modality'),
      entryText(dataSet, 'ScheduledProcedureStepStartDate'),
    ]),
    [
      ['ACC1_SPS1.wl', 'CT', '20261126'],
      ['ACC1_SPS2.wl', 'MR', '20261126'],
    ],
  );
});

test('an OMG^O19 is an order like an ORM^O01', () => {
  const dataSet = entryOf(orderMessage({ type: 'OMG^O19^OMG_O19', more: ['TQ1|1||||||20261127||R'] }));
  assert.equal(entryText(dataSet, 'ScheduledProcedureStepStartDate'), '20261127');
  // A date alone is no reason to take the time of another date.
  assert.equal(entryText(dataSet, 'ScheduledProcedureStepStartTime'), undefined);
});

test('other messages are skipped, with a word about it', () => {
  const reading = read(`${orderMessage({ type: 'ADT^A08' })}${orderMessage()}`);
  assert.deepEqual(findingsOf(reading), ['1:1 warning message 1: ADT^A08 is no order, skipped']);
  assert.deepEqual(
    reading.orders.map(({ name }) => name),
    ['ACC1_SPS1.wl'],
  );
});

test('one bad message costs the others nothing', () => {
  const good = (id: string) => orderMessage({ obr: { 18: id } });
  const reading = read(`${good('A1')}${orderMessage({ pid: { 7: '19701332' } })}${good('A3')}`);
  assert.deepEqual(findingsOf(reading), ['6:21 error message 2: PID-7: "19701332" is no date']);
  assert.deepEqual(
    reading.orders.map(({ name }) => name),
    ['A1_SPS1.wl', 'A3_SPS1.wl'],
  );
});

test('the template gives what the order does not', () => {
  const template = new DataSet();
  const keys = [
    'ScheduledStationAETitle=CT1',
    'Modality=MR',
    'InstitutionName=Nowhere',
    'RequestedProcedurePriority=STAT',
  ];
  for (const key of keys) applyKey(template, parseKey(key, { bareKeywords: 'worklist' }));
  const dataSet = entryOf(orderMessage({ orc: { 7: '^^^202611260815^^""' } }), template);
  assert.equal(entryText(dataSet, 'ScheduledStationAETitle'), 'CT1');
  assert.equal(entryText(dataSet, 'Modality'), 'CT');
  assert.equal(entryText(dataSet, 'InstitutionName'), 'Nowhere');
  // "" in HL7: delete what you have.
  assert.equal(entryText(dataSet, 'RequestedProcedurePriority'), '');
});

test("codes of the order take the place of the template's", () => {
  const template = new DataSet();
  for (const index of [0, 1]) {
    applyKey(
      template,
      parseKey(`RequestedProcedureCodeSequence[${index}].CodeValue=OLD${index}`, { bareKeywords: 'worklist' }),
    );
  }
  const dataSet = entryOf(orderMessage(), template);
  assert.equal(dataSet.items(0x00321064).length, 1);
  assert.equal(entryText(dataSet, 'RequestedProcedureCodeSequence[0].CodeValue'), 'CTHEAD');
});

test('a code of no system is a local one, a text alone is no code', () => {
  const local = entryOf(orderMessage({ obr: { 4: 'CTHEAD^CT head' } }));
  assert.equal(entryText(local, 'RequestedProcedureCodeSequence[0].CodingSchemeDesignator'), 'L');
  const text = entryOf(orderMessage({ obr: { 31: 'Chest pain' } }));
  assert.equal(text.items(0x0040100a).length, 0);
  assert.equal(entryText(text, 'ReasonForTheRequestedProcedure'), 'Chest pain');
  const long = entryOf(orderMessage({ obr: { 44: 'SEVENTEEN-LETTERS^X^99NOWHERE' } }));
  assert.equal(entryText(long, 'RequestedProcedureCodeSequence[0].LongCodeValue'), 'SEVENTEEN-LETTERS');
});

const NAMES: Readonly<Record<string, string>> = {
  'Doe^Jane': 'Doe^Jane',
  'van der Berg&van der&Berg^Jane^^^^^L': 'van der Berg^Jane',
  'Roe^Jane^^^^^M~Doe^Jane^^^^^L': 'Doe^Jane',
  'Doe^Jane^Q^III^Prof': 'Doe^Jane^Q^Prof^III',
  'Doe\\S\\Ray^Jane=Joan': 'Doe Ray^Jane Joan',
  'Wang^XiaoDong^^^^^L^A~王^小東^^^^^L^I': 'Wang^XiaoDong=王^小東',
};

for (const [xpn, pn] of Object.entries(NAMES)) {
  test(`the name ${xpn} is ${pn}`, () => {
    assert.equal(entryText(entryOf(orderMessage({ charset: 'UNICODE UTF-8', pid: { 5: xpn } })), 'PatientName'), pn);
  });
}

test('kanji and kana of a message in ISO IR87 are in the entry, in the same set', () => {
  const reading = read(fixture('orm-o01-iso-ir87'));
  assert.deepEqual(findingsOf(reading), [
    '2:76 warning message 1: PID-7: "1970" is no whole date, left empty',
    '2:81 warning message 1: PID-8: "X" is not in the table of the mapping, left empty',
  ]);
  const dataSet = writtenEntries(reading.orders)[0]?.dataSet ?? new DataSet();
  assert.equal(plainText(dataSet, TAG.SpecificCharacterSet), '\\ISO 2022 IR 87');
  assert.equal(entryText(dataSet, 'PatientName'), 'YAMADA^TARO=山田^太郎=やまだ^たろう');
  assert.equal(entryText(dataSet, 'RequestedProcedureDescription'), '腹部超音波');
  assert.equal(entryText(dataSet, 'PatientSex'), '');
  assert.equal(entryText(dataSet, 'Modality'), 'US');
});

test('text with delimiters that the sender should have escaped is kept as far as it goes', () => {
  const dataSet = entryOf(orderMessage({ obr: { 44: 'X^Abdomen & pelvis^99NOWHERE', 13: 'C:\\temp\\x' } }));
  assert.equal(entryText(dataSet, 'RequestedProcedureDescription'), 'Abdomen & pelvis');
  assert.equal(entryText(dataSet, 'MedicalAlerts'), 'C:/temp/x');
});

const LOCATIONS: Readonly<Record<string, string>> = {
  'WARD 3^12^A': 'WARD 3 12 A',
  '4A&Ward^12^B': '4A Ward 12 B',
  'WARD 3^12^A^NOWHERE&1.2.3&ISO': 'WARD 3 12 A NOWHERE',
  '^^^&1.2.3&ISO': '1.2.3',
  'Ear, nose & throat^12': 'Ear, nose & throat 12',
  'A \\T\\ E^12': 'A & E 12',
};

for (const [location, text] of Object.entries(LOCATIONS)) {
  test(`a patient in ${location} is in ${text}`, () => {
    const dataSet = entryOf(orderMessage({ more: [`PV1|1|I|${location}`] }));
    assert.equal(entryText(dataSet, 'CurrentPatientLocation'), text);
  });
}

test('an identifier that names no issuer does not get that of another', () => {
  const dataSet = entryOf(
    orderMessage({ pid: { 3: 'P1~P2^^^OTHER&1.2&ISO', 18: 'V2^^^OTHER' }, more: [segment('PV1', { 19: 'V1' })] }),
  );
  assert.equal(entryText(dataSet, 'PatientID'), 'P1');
  assert.equal(entryText(dataSet, 'IssuerOfPatientID'), undefined);
  assert.equal(entryText(dataSet, 'IssuerOfPatientIDQualifiersSequence[0].UniversalEntityID'), undefined);
  assert.equal(entryText(dataSet, 'AdmissionID'), 'V1');
  assert.equal(entryText(dataSet, 'IssuerOfAdmissionIDSequence[0].LocalNamespaceEntityID'), undefined);
});

const SECTIONS: Readonly<Record<string, string>> = {
  CUS: 'US',
  OUS: 'US',
  rus: 'US',
  VUS: 'US',
  NMR: 'MR',
  NMS: 'NM',
  CT: 'CT',
  DX: 'DX',
  // Radiology, radiograph: no modality, and which one it is nobody here knows.
  RAD: 'RAD',
  RX: 'RX',
};

for (const [section, modality] of Object.entries(SECTIONS)) {
  test(`the diagnostic service section ${section} is the modality ${modality}`, () => {
    assert.equal(entryText(entryOf(orderMessage({ obr: { 24: section } })), 'Modality'), modality);
  });
}

test('no allergy, alert or pregnancy is lost behind another one', () => {
  const allergies = ['|^Penicillin', '|91930^^L', '|""', '|IOD^Iodine'];
  const more = [segment('PV1', { 15: 'A1~B6' }), ...allergies.map((allergy, index) => `AL1|${index + 1}|DA${allergy}`)];
  const dataSet = entryOf(orderMessage({ obr: { 13: 'Pacemaker~Claustrophobia^text' }, more }));
  assert.equal(entryText(dataSet, 'Allergies'), 'Penicillin\\91930\\Iodine');
  assert.equal(entryText(dataSet, 'MedicalAlerts'), 'Pacemaker\\Claustrophobia');
  const [pregnancy] = [dataSet.value(parseKey('PregnancyStatus', { bareKeywords: 'worklist' }).tag)];
  assert.deepEqual([...(pregnancy ?? [])], [3, 0]);
});

test("a sender's own word for an ambulatory state is told, as it may be that for pregnancy", () => {
  const findings = (state: string) => findingsOf(read(orderMessage({ more: [segment('PV1', { 15: state })] })));
  assert.deepEqual(findings('A2'), []);
  assert.match(findings('PREG')[0] ?? '', /warning message 1: PV1-15: "PREG" is not in the table/);
});

test('a birth date that is not known whole, and a weight that is no number, are left empty and said', () => {
  for (const date of ['00000000', '19400000', '19400500', '1940']) {
    const [finding] = findingsOf(read(orderMessage({ pid: { 7: date } })));
    assert.match(
      finding ?? '',
      new RegExp(`^2:\\d+ warning message 1: PID-7: "${date}" is no whole date, left empty$`),
    );
  }
  const more = (weight: string) => [`OBX|1|NM|29463-7^Body Weight^LN||${weight}|kg`];
  assert.equal(entryText(entryOf(orderMessage({ more: more('71,5') })), 'PatientWeight'), '71.5');
  const reading = read(orderMessage({ more: more('ca. 80') }));
  assert.match(findingsOf(reading)[0] ?? '', /warning message 1: OBX.*-5: "ca. 80" is no number, left empty/);
  assert.equal(reading.orders.length, 1);
});
