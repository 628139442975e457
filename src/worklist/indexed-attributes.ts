/** The attributes that modalities narrow their queries by, and their stored values in the form they are compared in. */

import { isAscii } from '../dicom/charset/ascii.ts';
import { TAG, type Tag } from '../dicom/tag.ts';
import type { Vr } from '../dicom/vr.ts';
import { comparableText } from './comparable-text.ts';
import { type ItemView, storedTexts } from './entry-view.ts';
import { comparableName } from './match-name.ts';
import { storedDates } from './stored-moment.ts';
import { dateText } from './value-span.ts';
import { isReadableAs, isTextual } from './value-test.ts';

export interface IndexedAttribute {
  readonly tag: Tag;
  /** The dictionary's, by which keys of this attribute are compared whatever VR they were sent in. */
  readonly vr: Vr;
  readonly level: 'root' | 'step';
}

export const INDEXED_ATTRIBUTES: readonly IndexedAttribute[] = [
  { tag: TAG.AccessionNumber, vr: 'SH', level: 'root' },
  { tag: TAG.PatientID, vr: 'LO', level: 'root' },
  { tag: TAG.PatientName, vr: 'PN', level: 'root' },
  { tag: TAG.ScheduledStationAETitle, vr: 'AE', level: 'step' },
  { tag: TAG.ScheduledProcedureStepStartDate, vr: 'DA', level: 'step' },
  { tag: TAG.Modality, vr: 'CS', level: 'step' },
];

/** The groups of a name, and of one beyond ASCII those without its accents, too: `fuzzy` keys are compared with them. */
function nameGroups(text: string, ascii: boolean): readonly string[] {
  const groups = comparableName(text, false);
  return ascii ? groups : [...groups, ...comparableName(text, true)];
}

/** What an index finds the data set or item by; none where it has no value. */
export function indexedValues(view: ItemView, { tag, vr }: IndexedAttribute): readonly string[] {
  const element = view.dataSet.get(tag);
  if (element?.kind !== 'value' || element.value.length === 0 || !isReadableAs(element, vr, isTextual)) return [];
  if (vr === 'DA') return storedDates(view, element).map(dateText);
  const texts = storedTexts(view, element, vr);
  const values =
    vr === 'PN'
      ? texts.flatMap((text) => nameGroups(text, isAscii(element.value)))
      : texts.map((text) => comparableText(text, vr));
  return values.filter((value) => value !== '');
}
