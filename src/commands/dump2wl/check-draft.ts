/** The checks of --check: values against their VR and their attribute, and what a worklist must hold. */

import { checkDataSet } from '../../dicom/check-data-set.ts';
import type { Element } from '../../dicom/data-set.ts';
import { formatTagPath } from '../../dicom/tag-path.ts';
import type { Draft } from './draft.ts';
import { findMissing } from './missing-attributes.ts';

/** Adds what the checks find to the draft, as warnings or errors. */
export function checkDraft(draft: Draft, level: 'warn' | 'error'): void {
  const severity = level === 'error' ? 'error' : 'warning';
  for (const { element, path, message, hint, isAllowed } of checkDataSet(draft.dataSet)) {
    const place = formatTagPath(path, element.tag);
    const weight = isAllowed ? 'warning' : severity;
    add(draft, weight, element, path.length === 0 ? message : `${place}: ${message}`, `${place}: ${message}`, hint);
  }
  for (const { element, isRequired, message, hint } of findMissing(draft.dataSet)) {
    const weight = isRequired ? severity : 'warning';
    add(draft, weight, element, message, message, hint);
  }
}

function add(
  draft: Draft,
  severity: 'error' | 'warning',
  element: Element | undefined,
  message: string,
  fullMessage: string,
  hint: string | undefined,
): void {
  const diagnostic = element && draft.locate(element, severity, message, hint);
  if (diagnostic !== undefined) draft.diagnostics.push(diagnostic);
  else draft.notes.push({ severity, message: hint === undefined ? fullMessage : `${fullMessage} (${hint})` });
}
