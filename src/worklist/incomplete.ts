/** When an entry lacks what a modality must be given: wlmscpfs's rule, and a Study Instance UID where none is stored. */

import { createHash } from 'node:crypto';
import { type DataSet, type Element, isEmpty, plainText } from '../dicom/data-set.ts';
import { formatTag, makeTag, TAG, type Tag } from '../dicom/tag.ts';
import { formatTagPath } from '../dicom/tag-path.ts';
import { uidOfBytes } from '../dicom/uid.ts';

const STEP = TAG.ScheduledProcedureStepSequence;
const CODE_VALUE = makeTag(0x0008, 0x0100);
const CODING_SCHEME_DESIGNATOR = makeTag(0x0008, 0x0102);
const REFERENCED_SOP_CLASS_UID = makeTag(0x0008, 0x1150);
const REFERENCED_SOP_INSTANCE_UID = makeTag(0x0008, 0x1155);

const REQUIRED_IN_STEP: readonly Tag[] = [
  TAG.ScheduledStationAETitle,
  TAG.ScheduledProcedureStepStartDate,
  TAG.ScheduledProcedureStepStartTime,
  TAG.Modality,
  TAG.ScheduledProcedureStepID,
];
const REQUIRED_AT_ROOT: readonly Tag[] = [
  TAG.RequestedProcedureID,
  TAG.StudyInstanceUID,
  TAG.PatientName,
  TAG.PatientID,
];

/** A description and the code sequence that can stand for it. */
interface DescriptionPair {
  readonly description: Tag;
  readonly codes: Tag;
}
const STEP_PAIR: DescriptionPair = { description: makeTag(0x0040, 0x0007), codes: makeTag(0x0040, 0x0008) };
const REQUEST_PAIR: DescriptionPair = { description: makeTag(0x0032, 0x1060), codes: makeTag(0x0032, 0x1064) };

/** Referenced Study and Referenced Patient Sequence. */
const REFERENCES: readonly Tag[] = [makeTag(0x0008, 0x1110), makeTag(0x0008, 0x1120)];

/**
 * Why wlmscpfs 3.6.7 would ignore this entry, or undefined. To the letter: exactly one step; a value of one blank
 * counts; a description of zero length fails even beside good codes.
 */
export function incompleteForWlmscpfs(dataSet: DataSet): string | undefined {
  const steps = dataSet.items(STEP);
  const step = steps[0]?.dataSet;
  if (step === undefined) return 'no Scheduled Procedure Step';
  if (steps.length > 1) return `${steps.length} Scheduled Procedure Steps, wlmscpfs takes one`;
  const inStep = formatTagPath([{ tag: STEP, item: 0 }]);
  const lacking =
    firstEmpty(step, REQUIRED_IN_STEP, `${inStep}.`) ??
    firstEmpty(dataSet, REQUIRED_AT_ROOT) ??
    lackingDescription(step, STEP_PAIR, `${inStep}.`) ??
    lackingDescription(dataSet, REQUEST_PAIR) ??
    lackingReference(dataSet);
  return lacking === undefined ? undefined : `${lacking} has no value, which wlmscpfs requires`;
}

function firstEmpty(dataSet: DataSet, tags: readonly Tag[], path = ''): string | undefined {
  const tag = tags.find((candidate) => !holdsSomething(dataSet.get(candidate)));
  return tag === undefined ? undefined : `${path}${formatTag(tag)}`;
}

function lackingDescription(dataSet: DataSet, pair: DescriptionPair, path = ''): string | undefined {
  const description = dataSet.get(pair.description);
  const codes = dataSet.get(pair.codes);
  if (description === undefined && codes === undefined) return `${path}${formatTag(pair.description)}`;
  if (description !== undefined && isEmpty(description)) return `${path}${formatTag(pair.description)}`;
  if (codes === undefined) return undefined;
  const items = dataSet.items(pair.codes);
  const coded = ({ dataSet: item }: { dataSet: DataSet }) =>
    firstEmpty(item, [CODE_VALUE, CODING_SCHEME_DESIGNATOR]) === undefined;
  return items.length > 0 && items.every(coded) ? undefined : `${path}${formatTag(pair.codes)}`;
}

function lackingReference(dataSet: DataSet): string | undefined {
  for (const tag of REFERENCES) {
    for (const [item, { dataSet: reference }] of dataSet.items(tag).entries()) {
      const path = `${formatTagPath([{ tag, item }])}.`;
      const lacking = firstEmpty(reference, [REFERENCED_SOP_CLASS_UID, REFERENCED_SOP_INSTANCE_UID], path);
      if (lacking !== undefined) return lacking;
    }
  }
  return undefined;
}

function holdsSomething(element: Element | undefined): boolean {
  return element !== undefined && !isEmpty(element);
}

/**
 * A Study Instance UID for an entry that has none: the same for the same request at every start, and for all entries
 * of one request. Where the entry has no identity either, its file name serves.
 */
export function madeStudyInstanceUid(dataSet: DataSet, fileName: string): string {
  const request = [TAG.AccessionNumber, TAG.RequestedProcedureID].map((tag) => plainText(dataSet, tag).trim());
  const patient = plainText(dataSet, TAG.PatientID).trim();
  const identity = request.some((part) => part !== '') ? ['request', ...request, patient] : ['file', fileName, patient];
  const bytes = createHash('sha256').update(JSON.stringify(identity)).digest();
  // RFC 9562 5.8: version 8, a UUID made by a rule of one's own.
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return uidOfBytes(bytes);
}
