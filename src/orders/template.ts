/**
 * What orders may take from a template, which is often an entry that was in use: what identifies or describes its
 * patient, and what identifies its order, would be wrong for every other one.
 */

import { type DataSet, isEmpty } from '../dicom/data-set.ts';
import { groupOf, makeTag, TAG, type Tag } from '../dicom/tag.ts';

const PATIENT_GROUP = 0x0010;
const VISIT_GROUP = 0x0038;

/** Who gives out the IDs is the same for all patients and visits of a department. */
const ISSUERS: ReadonlySet<Tag> = new Set([
  makeTag(0x0010, 0x0021), // IssuerOfPatientID
  makeTag(0x0010, 0x0024), // IssuerOfPatientIDQualifiersSequence
  makeTag(0x0038, 0x0014), // IssuerOfAdmissionIDSequence
  makeTag(0x0038, 0x0064), // IssuerOfServiceEpisodeIDSequence
]);

const OF_ONE_ORDER: ReadonlySet<Tag> = new Set([
  TAG.SOPInstanceUID,
  makeTag(0x0008, 0x0020), // StudyDate
  makeTag(0x0008, 0x0030), // StudyTime
  TAG.AccessionNumber,
  makeTag(0x0008, 0x0090), // ReferringPhysicianName
  makeTag(0x0008, 0x0096), // ReferringPhysicianIdentificationSequence
  makeTag(0x0008, 0x1110), // ReferencedStudySequence
  makeTag(0x0008, 0x1120), // ReferencedPatientSequence
  TAG.StudyInstanceUID,
  TAG.SeriesInstanceUID,
  makeTag(0x0020, 0x0010), // StudyID
  makeTag(0x0032, 0x1031), // RequestingPhysicianIdentificationSequence
  makeTag(0x0032, 0x1032), // RequestingPhysician
  makeTag(0x0040, 0x0500), // ScheduledSpecimenSequence
  TAG.RequestedProcedureID,
  makeTag(0x0040, 0x1002), // ReasonForTheRequestedProcedure
  makeTag(0x0040, 0x1004), // PatientTransportArrangements
  makeTag(0x0040, 0x100a), // ReasonForRequestedProcedureCodeSequence
  makeTag(0x0040, 0x1400), // RequestedProcedureComments
  makeTag(0x0040, 0x2001), // ReasonForTheImagingServiceRequest
  makeTag(0x0040, 0x2004), // IssueDateOfImagingServiceRequest
  makeTag(0x0040, 0x2005), // IssueTimeOfImagingServiceRequest
  makeTag(0x0040, 0x2016), // PlacerOrderNumberImagingServiceRequest
  makeTag(0x0040, 0x2017), // FillerOrderNumberImagingServiceRequest
  makeTag(0x0040, 0x2400), // ImagingServiceRequestComments
  makeTag(0x0040, 0x3001), // ConfidentialityConstraintOnPatientDataDescription
  makeTag(0x0040, 0xa390), // HL7StructuredDocumentReferenceSequence
  makeTag(0x2200, 0x0005), // BarcodeValue
]);

const OF_ONE_STEP: ReadonlySet<Tag> = new Set([
  TAG.ScheduledProcedureStepID,
  makeTag(0x0040, 0x0012), // PreMedication
  makeTag(0x0040, 0x0400), // CommentsOnTheScheduledProcedureStep
]);

function isOfOneOrder(tag: Tag): boolean {
  const group = groupOf(tag);
  return ((group === PATIENT_GROUP || group === VISIT_GROUP) && !ISSUERS.has(tag)) || OF_ONE_ORDER.has(tag);
}

/** Takes away what may not be shared, in place; the tags of what held something, in the order of the data set. */
function removeWhere(dataSet: DataSet, isOwn: (tag: Tag) => boolean): Tag[] {
  const own = dataSet.elements.filter((element) => isOwn(element.tag) && !isEmpty(element));
  for (const { tag } of own) dataSet.delete(tag);
  return own.map(({ tag }) => tag);
}

/** Leaves in a template what all orders may share; says which attributes held something else and went. */
export function makeNeutral(template: DataSet): Tag[] {
  const steps = template.items(TAG.ScheduledProcedureStepSequence);
  return [
    ...removeWhere(template, isOfOneOrder),
    ...new Set(steps.flatMap(({ dataSet }) => removeWhere(dataSet, (tag) => OF_ONE_STEP.has(tag)))),
  ];
}
