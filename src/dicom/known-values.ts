/** Attributes of a worklist whose values PS3.3 lists. */

import { makeTag, TAG, type Tag } from './tag.ts';

export interface KnownValues {
  readonly values: ReadonlySet<string>;
  /** Enumerated values are all that there are; defined terms may be added to (PS3.3 5.2). */
  readonly isClosed: boolean;
  /** Of PS3.3. */
  readonly section: string;
}

const MODALITIES = `
  ANN AR ASMT AU BDUS BI BMD CFM CR CT CTPROTOCOL DG DMS DOC DX ECG EEG EMG EOG EPS ES FID GM HC HD IO IOL IVOCT IVUS
  KER KO LEN LS M3D MG MR NM OAM OCT OP OPM OPT OPTBSV OPTENF OPV OSS OT PA PLAN POS PR PT PX REG RESP RF RG RTDOSE
  RTIMAGE RTINTENT RTPLAN RTRAD RTRECORD RTSEGANN RTSTRUCT RWV SEG SM SMR SR SRF STAIN TEXTUREMAP TG US VA XA XAPROTOCOL
  XC`;
/** Old machines are still asked for by these. */
const RETIRED_MODALITIES = 'AS CD CF CP CS DD DF DM DS EC FA FS LP MA MS OPR ST VF';

function known(isClosed: boolean, section: string, values: string): KnownValues {
  return { values: new Set(values.trim().split(/\s+/)), isClosed, section };
}

const KNOWN: ReadonlyMap<Tag, KnownValues> = new Map([
  [TAG.Modality, known(false, 'C.7.3.1.1.1', `${MODALITIES} ${RETIRED_MODALITIES}`)],
  // PatientSex
  [makeTag(0x0010, 0x0040), known(true, 'C.7.1.1', 'M F O')],
  // PregnancyStatus
  [makeTag(0x0010, 0x21c0), known(true, 'C.2.4', '1 2 3 4')],
  // ScheduledProcedureStepStatus
  [makeTag(0x0040, 0x0020), known(false, 'C.4.10', 'SCHEDULED ARRIVED READY STARTED DEPARTED')],
  // RequestedProcedurePriority
  [makeTag(0x0040, 0x1003), known(false, 'C.4.11', 'STAT HIGH ROUTINE MEDIUM LOW')],
]);

/** The values that the standard lists for an attribute; undefined where it lists none, or none that matter here. */
export function knownValues(tag: Tag): KnownValues | undefined {
  return KNOWN.get(tag);
}
