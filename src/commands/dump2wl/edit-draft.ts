/** Changes that the user asked for, in the order: character set, set, remove, new UIDs. */

import { type Element, plainText, valueElement } from '../../dicom/data-set.ts';
import { paddedText } from '../../dicom/padded-value.ts';
import { TAG } from '../../dicom/tag.ts';
import { generateUid } from '../../dicom/uid.ts';
import { applyTypedKey, removeKey } from '../../keys/apply-key.ts';
import { describeKey } from '../../keys/key.ts';
import type { Draft } from './draft.ts';
import type { Work } from './options.ts';
import { recodeText } from './recode-text.ts';

const INSTANCE_UIDS = [TAG.SOPInstanceUID, TAG.StudyInstanceUID, TAG.SeriesInstanceUID];

/** Changes the draft's data set. True where it has got a new SOP Instance UID, which its meta information must follow. */
export function editDraft(draft: Draft, work: Work): boolean {
  const { dataSet } = draft;
  if (work.charset !== undefined) {
    const source = draft.kind === 'dump' ? 'ISO_IR 192' : undefined;
    const report = (element: object, message: string) => note(draft, element as Element, message);
    recodeText(dataSet, { target: work.charset, source, report });
  }
  for (const key of work.set) {
    const { lost, fillers } = applyTypedKey(dataSet, key);
    const tell = (severity: 'warning' | 'error', what: string) =>
      draft.notes.push({ severity, message: `${describeKey(key)}: ${what}` });
    if (lost.length > 0) {
      const severity = work.check === 'error' ? 'error' : 'warning';
      tell(severity, `the character set lacks ${lost.join(' ')}; set (0008,0005) too: --charset "ISO_IR 192"`);
    }
    if (fillers > 0) {
      const items = fillers === 1 ? 'an empty item was' : `${fillers} empty items were`;
      tell('warning', `${items} made in front of it; items count from 0`);
    }
  }
  for (const key of work.remove) {
    if (removeKey(dataSet, key) > 0) continue;
    draft.notes.push({ severity: 'warning', message: `${describeKey(key)} is not there to be removed` });
  }
  return work.newUids === undefined ? false : renewUids(draft, work.newUids);
}

function renewUids({ dataSet }: Draft, which: 'all' | 'missing'): boolean {
  const before = plainText(dataSet, TAG.SOPInstanceUID);
  for (const tag of INSTANCE_UIDS) {
    if (which === 'missing' && plainText(dataSet, tag) !== '') continue;
    dataSet.set(valueElement(tag, 'UI', paddedText(generateUid(), 'UI')));
  }
  return plainText(dataSet, TAG.SOPInstanceUID) !== before;
}

function note(draft: Draft, element: Element, message: string): void {
  const diagnostic = draft.locate(element, 'warning', message);
  if (diagnostic === undefined) draft.notes.push({ severity: 'warning', message });
  else draft.diagnostics.push(diagnostic);
}
