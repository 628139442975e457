/** Orders as drafts of entries. */

import { plainText } from '../../dicom/data-set.ts';
import { TAG } from '../../dicom/tag.ts';
import { applyKey } from '../../keys/apply-key.ts';
import type { EntryToWrite } from '../../orders/order.ts';
import { ZERO_PREAMBLE } from '../../part10/write-part10.ts';
import { madeStudyInstanceUid } from '../../worklist/incomplete.ts';
import type { Draft } from './draft.ts';
import type { Work } from './options.ts';

/**
 * The draft of an entry. A Study Instance UID that is missing is made from the request here, and not at random as for
 * other inputs: the steps of a request share it, and the same order gives it again.
 */
export function orderDraft({ dataSet, name }: EntryToWrite, template: Draft | undefined, work: Work): Draft {
  if (work.newUids === 'missing' && plainText(dataSet, TAG.StudyInstanceUID) === '') {
    const value = madeStudyInstanceUid(dataSet, name);
    applyKey(dataSet, { path: [], tag: TAG.StudyInstanceUID, item: undefined, value, placed: false });
  }
  return {
    kind: 'order',
    preamble: ZERO_PREAMBLE,
    // The template's names one instance, and these are others.
    meta: undefined,
    dataSet,
    syntax: template?.syntax,
    diagnostics: [],
    notes: [],
    locate: () => undefined,
  };
}
