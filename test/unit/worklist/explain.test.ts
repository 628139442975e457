import assert from 'node:assert/strict';
import { test } from 'node:test';
import { viewEntry } from '../../../src/worklist/entry-view.ts';
import { explainMismatch } from '../../../src/worklist/explain.ts';
import { readQuery } from '../../../src/worklist/query.ts';
import { buildDataSet } from '../../support/build-query.ts';

const ENTRY = [
  'PatientName=Müller^Jürg',
  'PatientID=P-1',
  'PregnancyStatus=2',
  'PatientSex',
  '[0].Modality=CT',
  '[0].ScheduledStationAETitle=CT1',
  '[0].ScheduledProcedureStepStartDate=20260310',
  '[0].ScheduledProcedureStepStartTime=0830',
  '[1].Modality=MR',
  '[1].ScheduledStationAETitle=MR1\\MR2',
  'ScheduledProcedureStepSequence[1].ScheduledProtocolCodeSequence[0].CodeValue=C1',
  'ScheduledProcedureStepSequence[1].ScheduledProtocolCodeSequence[0].CodingSchemeDesignator=99A',
  'ScheduledProcedureStepSequence[1].ScheduledProtocolCodeSequence[1].CodeValue=C2',
];

function explain(keys: readonly string[], entry: readonly string[] = ENTRY): string {
  const { query } = readQuery(buildDataSet(keys, { charset: 'ISO_IR 192' }));
  assert.ok(query);
  const mismatch = explainMismatch(query, viewEntry(buildDataSet(entry, { charset: 'ISO_IR 100' })));
  if (mismatch === undefined) return 'matches';
  const { tagPath, asked, stored } = mismatch;
  return `${tagPath}: asked ${asked}, ${stored === undefined ? 'absent' : `stored "${stored}"`}`;
}

const CASES: readonly (readonly [keys: readonly string[], explanation: string])[] = [
  [['PatientID=P-1', 'Modality=CT'], 'matches'],
  [['PatientID=P-2', 'Modality=US'], '(0010,0020): asked P-2, stored "P-1"'],
  [['PatientName=Meier*'], '(0010,0010): asked Meier*, stored "Müller^Jürg"'],
  [['PatientSex=F'], '(0010,0040): asked F, stored ""'],
  [['AccessionNumber=A'], '(0008,0050): asked A, absent'],
  [['PregnancyStatus=4'], '(0010,21c0): asked 4, stored "2"'],
  [['Modality=CT', 'ScheduledStationAETitle=CT2'], '(0040,0100)[0].(0040,0001): asked CT2, stored "CT1"'],
  [['Modality=MR', 'ScheduledStationAETitle=CT1'], '(0040,0100)[1].(0040,0001): asked CT1, stored "MR1\\MR2"'],
  [['Modality=US\\XA'], '(0040,0100)[0].(0008,0060): asked US\\XA, stored "CT"'],
  [
    ['ScheduledProcedureStepStartDate=20260301-20260310', 'ScheduledProcedureStepStartTime=07-0815'],
    '(0040,0100)[0].(0040,0002), (0040,0003): asked 20260301-20260310 07-0815, stored "20260310 0830"',
  ],
  [
    [
      'Modality=MR',
      'ScheduledProcedureStepSequence[0].ScheduledProtocolCodeSequence[0].CodeValue=C1',
      'ScheduledProcedureStepSequence[0].ScheduledProtocolCodeSequence[0].CodingSchemeDesignator=99B',
    ],
    '(0040,0100)[1].(0040,0008)[0].(0008,0102): asked 99B, stored "99A"',
  ],
  [['ReferencedStudySequence[0].ReferencedSOPClassUID=1.2'], '(0008,1110): asked 1.2, absent'],
];

for (const [keys, explanation] of CASES) {
  test(`${keys.join(' ')} is explained`, () => assert.equal(explain(keys), explanation));
}

test('an entry without a step, and a query without a key, are explained too', () => {
  assert.match(explain(['PatientID'], ['PatientID=P-1']), /^\(0040,0100\): asked a step, absent/);
  assert.match(explain([]), /asked nothing/);
});
