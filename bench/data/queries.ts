/** What modalities ask, as encoded identifiers. */

import { EXPLICIT_LITTLE } from '../../src/codec/transfer-syntax.ts';
import { writeDataSet } from '../../src/codec/write-data-set.ts';
import { buildDataSet } from '../../test/support/build-query.ts';
import { entryFacts } from './entries.ts';

/** The return keys of a usual modality, without values. */
export const RETURN_KEYS: readonly string[] = [
  'AccessionNumber',
  'ReferringPhysicianName',
  'PatientName',
  'PatientID',
  'PatientBirthDate',
  'PatientSex',
  'PatientWeight',
  'Allergies',
  'StudyInstanceUID',
  'RequestingPhysician',
  'RequestedProcedureDescription',
  'RequestedProcedureCodeSequence',
  'Modality',
  'ScheduledStationAETitle',
  'ScheduledProcedureStepStartDate',
  'ScheduledProcedureStepStartTime',
  'ScheduledPerformingPhysicianName',
  'ScheduledProcedureStepDescription',
  'ScheduledProtocolCodeSequence',
  'ScheduledProcedureStepID',
  'RequestedProcedureID',
  'RequestedProcedurePriority',
];

/** Keys with values, over the usual return keys. */
function identifier(...keys: readonly string[]): Buffer {
  return Buffer.from(writeDataSet(buildDataSet([...RETURN_KEYS, ...keys]), EXPLICIT_LITTLE));
}

export interface NamedQuery {
  readonly name: string;
  readonly identifier: Buffer;
}

/** Queries that one entry alone matches, the one of that number. */
export function queriesFor(number: number): readonly NamedQuery[] {
  const { accession, patientId, surname, station, date } = entryFacts(number);
  return [
    {
      name: 'station and date',
      identifier: identifier(`ScheduledStationAETitle=${station}`, `ScheduledProcedureStepStartDate=${date}`),
    },
    { name: 'accession number', identifier: identifier(`AccessionNumber=${accession}`) },
    { name: 'patient ID', identifier: identifier(`PatientID=${patientId}`) },
    { name: 'name with wild card', identifier: identifier(`PatientName=${surname}^*`) },
  ];
}

/** Every entry matches. */
export const EVERYTHING: Buffer = identifier();
