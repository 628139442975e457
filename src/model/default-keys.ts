/** What a technologist wants to see of a worklist: the return keys of a query that names none. */

import type { Tag } from '../dicom/tag.ts';

/** At the root of the identifier, ascending. */
export const DEFAULT_ROOT_KEYS: readonly Tag[] = [
  0x00080050, // AccessionNumber
  0x00080090, // ReferringPhysicianName
  0x00100010, // PatientName
  0x00100020, // PatientID
  0x00100030, // PatientBirthDate
  0x00100040, // PatientSex
  0x0020000d, // StudyInstanceUID
  0x00321032, // RequestingPhysician
  0x00321060, // RequestedProcedureDescription
  0x00401001, // RequestedProcedureID
  0x00401003, // RequestedProcedurePriority
];

/** In the item of Scheduled Procedure Step Sequence, ascending. */
export const DEFAULT_STEP_KEYS: readonly Tag[] = [
  0x00080060, // Modality
  0x00400001, // ScheduledStationAETitle
  0x00400002, // ScheduledProcedureStepStartDate
  0x00400003, // ScheduledProcedureStepStartTime
  0x00400006, // ScheduledPerformingPhysicianName
  0x00400007, // ScheduledProcedureStepDescription
  0x00400009, // ScheduledProcedureStepID
  0x00400010, // ScheduledStationName
  0x00400011, // ScheduledProcedureStepLocation
];
