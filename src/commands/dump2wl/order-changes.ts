/** What an order makes of the entry it replaced that someone should look at before the patient is on the table. */

import { type DataSet, isEmpty } from '../../dicom/data-set.ts';
import { lookupTag } from '../../dicom/dictionary.ts';
import { formatTag, makeTag, type Tag } from '../../dicom/tag.ts';
import type { Likeness } from '../../orders/patient.ts';

/** What someone relies on who gives contrast medium or sets the patient in a field. */
const FOR_SAFETY: readonly Tag[] = [
  makeTag(0x0010, 0x2000), // MedicalAlerts
  makeTag(0x0010, 0x2110), // Allergies
  makeTag(0x0010, 0x21c0), // PregnancyStatus
  makeTag(0x0038, 0x0050), // SpecialNeeds
  makeTag(0x0038, 0x0500), // PatientState
];

const OF_LIKENESS: Readonly<Partial<Record<Likeness, string>>> = {
  renumbered: 'had another Patient ID under the same name',
  renamed: 'had another name and birth date under the same Patient ID; see whose order this is',
};

function holds(dataSet: DataSet, tag: Tag): boolean {
  const element = dataSet.get(tag);
  return element !== undefined && !isEmpty(element);
}

/** Each change as what is said of the entry behind its path. */
export function changesToTell(likeness: Likeness, before: DataSet, now: DataSet): string[] {
  const lost = FOR_SAFETY.filter((tag) => holds(before, tag) && !holds(now, tag));
  const names = lost.map((tag) => lookupTag(tag)?.keyword ?? formatTag(tag)).join(', ');
  const ofPatient = OF_LIKENESS[likeness];
  return [
    ...(ofPatient === undefined ? [] : [ofPatient]),
    ...(lost.length === 0 ? [] : [`had ${names}, of which this order says nothing: left empty`]),
  ];
}
