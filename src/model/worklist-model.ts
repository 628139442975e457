/**
 * The attributes of the Modality Worklist model (PS3.4 Table K.6-1 and Table K.6-1a) as data.
 * Each line: tag, matching key type (R required, O optional, C conditional, - none), return key type,
 * for code sequences the macro of PS3.4 8 that its items follow, keyword. Two blanks deeper: in its items.
 */

import { parseTag, TAG, type Tag } from '../dicom/tag.ts';

/** Return key types of PS3.4 K.2.2.1.2, with the meaning of PS3.5 7.4. */
export type ReturnKeyType = '1' | '1C' | '2' | '2C' | '3';

export type MatchingKeyType = 'R' | 'O' | 'C' | '-';

export interface ModelAttribute {
  readonly tag: Tag;
  readonly matching: MatchingKeyType;
  readonly type: ReturnKeyType;
  /** What the table names of the items of a sequence; undefined where it names nothing. */
  readonly items: ModelAttributes | undefined;
}

export type ModelAttributes = ReadonlyMap<Tag, ModelAttribute>;

// The last four lines of the step are attributes of its module (PS3.3 C.4.10) that the table covers by "all others".
const TABLE = `
00080005 - 1C   SpecificCharacterSet
00080020 O 3    StudyDate
00080030 O 3    StudyTime
00080050 O 2    AccessionNumber
00080051 O 3    IssuerOfAccessionNumberSequence
00080090 O 2    ReferringPhysicianName
00080201 - 1C   TimezoneOffsetFromUTC
00081110 O 2    ReferencedStudySequence
  00081150 O 1    ReferencedSOPClassUID
  00081155 O 1    ReferencedSOPInstanceUID
00081120 O 2    ReferencedPatientSequence
  00081150 O 1    ReferencedSOPClassUID
  00081155 O 1    ReferencedSOPInstanceUID
00100010 R 1    PatientName
00100020 R 1    PatientID
00100021 O 3    IssuerOfPatientID
00100024 O 3    IssuerOfPatientIDQualifiersSequence
00100030 O 2    PatientBirthDate
00100040 O 2    PatientSex
00100101 O 3 8-4 PatientPrimaryLanguageCodeSequence
  00100102 O 3 8-4 PatientPrimaryLanguageModifierCodeSequence
00101002 O 3    OtherPatientIDsSequence
00101020 O 3    PatientSize
00101030 O 2    PatientWeight
00102000 O 2    MedicalAlerts
00102110 O 2    Allergies
001021C0 O 2    PregnancyStatus
0020000D O 1    StudyInstanceUID
00321032 O 2    RequestingPhysician
00321060 O 1C   RequestedProcedureDescription
00321064 O 1C 8-2 RequestedProcedureCodeSequence
00380010 O 2    AdmissionID
00380014 O 3    IssuerOfAdmissionIDSequence
00380050 O 2    SpecialNeeds
00380100 O 3    PertinentDocumentsSequence
  00081150 - 1    ReferencedSOPClassUID
  00081155 - 1    ReferencedSOPInstanceUID
  0040A170 - 2 8-3 PurposeOfReferenceCodeSequence
  00420010 - 2    DocumentTitle
00380300 O 2    CurrentPatientLocation
00380500 O 2    PatientState
00400100 R 1    ScheduledProcedureStepSequence
  00080060 R 1    Modality
  0018990C O 3    ReferencedDefinedProtocolSequence
    00081150 O 1    ReferencedSOPClassUID
    00081155 O 1    ReferencedSOPInstanceUID
  0018990D O 3    ReferencedPerformedProtocolSequence
    00081150 O 1    ReferencedSOPClassUID
    00081155 O 1    ReferencedSOPInstanceUID
  00321070 O 2C   RequestedContrastAgent
  00400001 R 1    ScheduledStationAETitle
  00400002 R 1    ScheduledProcedureStepStartDate
  00400003 R 1    ScheduledProcedureStepStartTime
  00400006 R 2    ScheduledPerformingPhysicianName
  00400007 O 1C   ScheduledProcedureStepDescription
  00400008 O 1C 8-2 ScheduledProtocolCodeSequence
    00400440 - 3    ProtocolContextSequence
      004008EA - 1C 8-3 MeasurementUnitsCodeSequence
      0040A040 - 1    ValueType
      0040A043 - 1 8-3 ConceptNameCodeSequence
      0040A120 - 1C   DateTime
      0040A123 - 1C   PersonName
      0040A160 - 1C   TextValue
      0040A168 - 1C 8-3 ConceptCodeSequence
      0040A30A - 1C   NumericValue
  00400009 O 1    ScheduledProcedureStepID
  00400010 O 2    ScheduledStationName
  00400011 O 2    ScheduledProcedureStepLocation
  00400012 O 2C   PreMedication
  00400020 O 3    ScheduledProcedureStepStatus
  00400004 O 3    ScheduledProcedureStepEndDate
  00400005 O 3    ScheduledProcedureStepEndTime
  0040000B O 3    ScheduledPerformingPhysicianIdentificationSequence
  00400400 O 3    CommentsOnTheScheduledProcedureStep
00400500 O 3    ScheduledSpecimenSequence
  00400512 O 1    ContainerIdentifier
  00400518 - 2 8-3 ContainerTypeCodeSequence
  00400560 O 1    SpecimenDescriptionSequence
    00400551 O 1    SpecimenIdentifier
    00400554 O 1    SpecimenUID
00401001 O 1    RequestedProcedureID
00401003 O 2    RequestedProcedurePriority
00401004 O 2    PatientTransportArrangements
00403001 O 2    ConfidentialityConstraintOnPatientDataDescription
0040A390 - 1C   HL7StructuredDocumentReferenceSequence
  00081150 - 1    ReferencedSOPClassUID
  00081155 - 1    ReferencedSOPInstanceUID
  0040E001 - 1    HL7InstanceIdentifier
  0040E010 - 3    RetrieveURI
22000005 O 3    BarcodeValue`;

// PS3.4 Tables 8-2b, 8-3b, 8-4b: matching and return key type of each attribute of a code item, in this order.
const CODE_TAGS = [
  0x00080100, 0x00080102, 0x00080103, 0x00080104, 0x00080105, 0x00080106, 0x00080107, 0x0008010b, 0x0008010d,
  0x00080118, 0x00080119, 0x00080120, 0x00080121,
];
const CODE_MACROS: Readonly<Record<string, string>> = {
  '8-2': 'O1C O1C C3 O3 O3 O3 O3 O3 O3 O3 O1C O1C O3',
  '8-3': '-1C -1C -1C -1 -3 -3 -3 -3 -3 -3 -1C -1C -3',
  '8-4': 'O1C O1C C1C O1 O3 O3 O3 O3 O3 O3 O1C O1C O3',
};

const LINE = /^( *)([0-9A-F]{8}) ([ROC-]) (1C?|2C?|3) *(8-[234])? /;

type MutableAttributes = Map<Tag, ModelAttribute>;

function codeItem(macro: string): MutableAttributes {
  const items: MutableAttributes = new Map();
  (CODE_MACROS[macro] ?? '').split(' ').forEach((types, index) => {
    const tag = CODE_TAGS[index] as Tag;
    const matching = types.slice(0, 1) as MatchingKeyType;
    items.set(tag, { tag, matching, type: types.slice(1) as ReturnKeyType, items: undefined });
  });
  return items;
}

function parseTable(): ModelAttributes {
  const root: MutableAttributes = new Map();
  const lines = TABLE.trim().split('\n');
  const levels: MutableAttributes[] = [root];
  lines.forEach((line, index) => {
    const [, indent = '', hex = '', matching = '', type = '', macro] = LINE.exec(line) ?? [];
    const depth = indent.length / 2;
    const tag = parseTag(hex) as Tag;
    const opensItems = (lines[index + 1] ?? '').search(/\S/) > indent.length;
    const items = macro === undefined ? (opensItems ? new Map() : undefined) : codeItem(macro);
    const attribute = { tag, matching: matching as MatchingKeyType, type: type as ReturnKeyType, items };
    levels[depth]?.set(tag, attribute);
    if (items !== undefined) levels[depth + 1] = items;
  });
  return root;
}

let model: ModelAttributes | undefined;

/** The attributes of a worklist identifier by tag; those of items under their sequence. */
export function worklistModel(): ModelAttributes {
  model ??= parseTable();
  return model;
}

/** What the model names of the items below these sequences; undefined where it names none of them. */
export function modelItems(sequences: readonly Tag[]): ModelAttributes | undefined {
  let level: ModelAttributes | undefined = worklistModel();
  for (const tag of sequences) level = level?.get(tag)?.items;
  return level;
}

/** True for an attribute that the model knows as part of a step and at the root not. */
export function isStepAttribute(tag: Tag): boolean {
  return !worklistModel().has(tag) && modelItems([TAG.ScheduledProcedureStepSequence])?.has(tag) === true;
}
