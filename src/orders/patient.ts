/** Whose an entry is: enough of the patient to tell whether an order speaks of the same one. */

import { type DataSet, specificCharacterSet } from '../dicom/data-set.ts';
import { makeTag, TAG, type Tag } from '../dicom/tag.ts';
import type { ElementVr } from '../dicom/vr.ts';
import { attributeText } from './attribute-text.ts';

/** Each may be '', where nobody said. */
export interface Patient {
  readonly id: string;
  /** Who gave out the ID. */
  readonly issuer: string;
  /** PN, with its groups. */
  readonly name: string;
  /** YYYYMMDD. */
  readonly birthDate: string;
}

export const PATIENT_TAGS: Readonly<Record<keyof Patient, Tag>> = {
  id: TAG.PatientID,
  issuer: makeTag(0x0010, 0x0021),
  name: TAG.PatientName,
  birthDate: makeTag(0x0010, 0x0030),
};

/** The patient of an entry. */
export function patientOf(dataSet: DataSet): Patient {
  const charset = specificCharacterSet(dataSet);
  const text = (tag: Tag, vr: ElementVr) => attributeText(dataSet, tag, vr, charset);
  return {
    id: text(PATIENT_TAGS.id, 'LO'),
    issuer: text(PATIENT_TAGS.issuer, 'LO'),
    name: text(PATIENT_TAGS.name, 'PN'),
    birthDate: text(PATIENT_TAGS.birthDate, 'DA'),
  };
}

/**
 * `renumbered`: the same name under another ID, as when an ID is corrected. `renamed`: another name and birth date under
 * the same ID, as when an unknown patient becomes known, or when an order has the wrong ID.
 */
export type Likeness = 'same' | 'renumbered' | 'renamed' | 'other';

function differences(one: Patient, other: Patient): { readonly isOtherName: boolean; readonly isOtherBirth: boolean } {
  return {
    isOtherName: contradict(plainName(one.name), plainName(other.name)),
    isOtherBirth: contradict(one.birthDate, other.birthDate),
  };
}

/** Whether name or birth date speaks against two being one. */
export function isOtherPerson(one: Patient, other: Patient): boolean {
  const { isOtherName, isOtherBirth } = differences(one, other);
  return isOtherName || isOtherBirth;
}

/**
 * Whether two are one patient. The ID decides where both have one of the same issuer; else the name does. Where
 * nothing speaks against it, they are the same.
 */
export function comparePatients(one: Patient, other: Patient): Likeness {
  const { isOtherName, isOtherBirth } = differences(one, other);
  if (contradict(one.id, other.id) || contradict(one.issuer, other.issuer)) {
    const isNameless = plainName(one.name) === '' || plainName(other.name) === '';
    return isNameless || isOtherName || isOtherBirth ? 'other' : 'renumbered';
  }
  if (one.id === '' || other.id === '') return isOtherName || isOtherBirth ? 'other' : 'same';
  return isOtherName && isOtherBirth ? 'renamed' : 'same';
}

function contradict(one: string, other: string): boolean {
  return one !== '' && other !== '' && one !== other;
}

/** Senders differ in upper and lower case, in blanks, and in which groups of a name they send. */
function plainName(name: string): string {
  const [alphabetic = ''] = name.split('=');
  return alphabetic
    .replace(/\s+/g, ' ')
    .replace(/[\^ ]+$/, '')
    .toUpperCase();
}
