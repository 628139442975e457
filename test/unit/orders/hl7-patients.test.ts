/** Messages that have more in them than the orders of one requested procedure of one patient. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readOrders } from '../../../src/orders/read-orders.ts';
import { entryText, findingsOf, orderMessage, segment, TODAY, writtenEntries } from '../../support/order-text.ts';

const read = (message: string) => readOrders(Buffer.from(message), { kind: 'hl7', today: TODAY });

const DOE = segment('PID', { 3: 'P1', 5: 'Doe^Jane', 7: '19700131', 8: 'F' });
const ROE = segment('PID', { 3: 'P2', 5: 'Roe^Jane', 7: '19700131', 8: 'F' });
const DOE_ELSEWHERE = segment('PID', { 3: 'X7^^^OTHER~P1', 5: 'Doe-Roe^Jane' });
const SECOND = ['ORC|NW', segment('OBR', { 18: 'ACC2', 19: 'RP2', 20: 'SPS1' })];
const OMG = 'OMG^O19^OMG_O19';

function summary(message: string, ...keys: readonly string[]) {
  const reading = read(message);
  assert.deepEqual(findingsOf(reading), []);
  return writtenEntries(reading.orders).map(({ name, dataSet }) =>
    [name, ...keys.map((key) => entryText(dataSet, key))].join(' '),
  );
}

for (const type of ['ORM^O01', OMG, 'OMI^O23^OMI_O23']) {
  test(`the PID of another patient in an ${type} is an error, and no order of the message is written`, () => {
    for (const message of [
      orderMessage({ type, more: [ROE, ...SECOND] }),
      orderMessage({ type, more: [...SECOND, ROE] }),
      orderMessage({ type }).replace(DOE, `${DOE}\r${ROE}`),
    ]) {
      const line = message.split('\r').indexOf(ROE) + 1;
      const reading = read(message + orderMessage({ obr: { 18: 'ACC3' } }));
      assert.deepEqual(findingsOf(reading), [
        `${line}:1 error message 1: this PID is of another patient than the first one`,
      ]);
      assert.deepEqual(
        reading.orders.map(({ name }) => name),
        ['ACC3_SPS1.wl'],
      );
    }
  });

  test(`the PID of an ${type} may be repeated`, () => {
    const repeated = `${DOE.replace('PID|', 'PID|2')}|`;
    const names = ['ACC1_SPS1.wl P1', 'ACC2_SPS1.wl P1'];
    assert.deepEqual(summary(orderMessage({ type, more: [repeated, ...SECOND] }), 'PatientID'), names);
    assert.deepEqual(summary(orderMessage({ type, more: [...SECOND, repeated] }), 'PatientID'), names);
  });
}

test('an ORM^O01 has no prior results, so an identifier in common is not enough', () => {
  assert.deepEqual(findingsOf(read(orderMessage({ more: [DOE_ELSEWHERE, ...SECOND] }))), [
    '5:1 error message 1: this PID is of another patient than the first one',
  ]);
});

test('a repeated PID of an ORM^O01 may have its own visit', () => {
  const message = orderMessage({ more: [DOE, 'PV1|1|I|WARD 2', ...SECOND] }).replace(DOE, `${DOE}\rPV1|1|I|WARD 1`);
  assert.deepEqual(summary(message, 'CurrentPatientLocation'), ['ACC1_SPS1.wl WARD 1', 'ACC2_SPS1.wl WARD 2']);
});

test('an OBR behind a repeated PID of an ORM^O01 is an order all the same', () => {
  const message = orderMessage({ more: [DOE, segment('OBR', { 18: 'ACC1', 20: 'SPS2' })] });
  assert.deepEqual(summary(message), ['ACC1_SPS1.wl', 'ACC1_SPS2.wl']);
});

const OLD = segment('OBR', { 18: 'ACC0', 20: 'SPS0' });
const RESULT = 'OBX|1|TX|1^Report||Nothing new';

const PRIOR_RESULTS: Readonly<Record<string, readonly string[]>> = {
  'with ORC': [DOE_ELSEWHERE, 'ORC|PR', OLD, RESULT],
  'without ORC': [DOE_ELSEWHERE, OLD, RESULT],
  'of a visit': ['PV1|1|O|OLD WARD|||||OLD^Old^Doctor', 'ORC|PR', OLD, RESULT],
};

for (const [what, segments] of Object.entries(PRIOR_RESULTS)) {
  test(`prior results ${what} are no orders, and nothing of them is in an entry`, () => {
    const message = orderMessage({ type: OMG, more: [...segments, ...SECOND] }).replace(DOE, `${DOE}\rPV1|1|O|WARD 1`);
    assert.deepEqual(summary(message, 'PatientName', 'CurrentPatientLocation', 'ReferringPhysicianName'), [
      'ACC1_SPS1.wl Doe^Jane WARD 1 ',
      'ACC2_SPS1.wl Doe^Jane WARD 1 ',
    ]);
  });
}

const ZDS = (uid: string) => `ZDS|${uid}^^Application^DICOM`;
const step = (accession: string, procedure: string, id: string) => [
  'ORC|NW',
  segment('OBR', { 18: accession, 19: procedure, 20: id }),
];

test('one ZDS behind several requested procedures is shared, with a warning', () => {
  const reading = read(orderMessage({ more: [...step('ACC1', 'RP1', 'SPS2'), ...SECOND, ZDS('1.2.3')] }));
  assert.deepEqual(findingsOf(reading), [
    '9:1 warning message 1: 2 requested procedures get one Study Instance UID, by the ORC in lines 3, 5, 7',
  ]);
  assert.deepEqual(
    writtenEntries(reading.orders).map(({ dataSet }) => entryText(dataSet, 'StudyInstanceUID')),
    ['1.2.3', '1.2.3', '1.2.3'],
  );
});

test('there is no such warning where the others are cancelled', () => {
  const cancelled = ['ORC|CA', segment('OBR', { 18: 'ACC2', 19: 'RP2', 20: 'SPS1' })];
  assert.deepEqual(findingsOf(read(orderMessage({ more: [...cancelled, ZDS('1.2.3')] }))), []);
});

test('a ZDS for each requested procedure is that of all its orders', () => {
  const more = [...step('ACC1', 'RP1', 'SPS2'), ZDS('1.1'), ...SECOND, ...step('ACC2', 'RP2', 'SPS2'), ZDS('1.2')];
  assert.deepEqual(summary(orderMessage({ more }), 'StudyInstanceUID'), [
    'ACC1_SPS1.wl 1.1',
    'ACC1_SPS2.wl 1.1',
    'ACC2_SPS1.wl 1.2',
    'ACC2_SPS2.wl 1.2',
  ]);
});

test('a ZDS behind the first of several requested procedures is only its own', () => {
  const more = [ZDS('1.1'), ...SECOND, ...step('ACC1', 'RP1', 'SPS2')];
  assert.deepEqual(summary(orderMessage({ more }), 'StudyInstanceUID'), [
    'ACC1_SPS1.wl 1.1',
    'ACC2_SPS1.wl ',
    'ACC1_SPS2.wl 1.1',
  ]);
});
