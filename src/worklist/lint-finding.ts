/** What is wrong with a worklist entry, at one place in it. */

import { lookupTag } from '../dicom/dictionary.ts';
import { formatTag, type Tag } from '../dicom/tag.ts';
import type { TagPathStep } from '../dicom/tag-path.ts';

export interface Finding {
  /** error: a modality cannot work with it as it should; warning: it can, but somebody should look. */
  readonly severity: 'error' | 'warning';
  /** Sequences, items and attribute; empty for the whole entry. */
  readonly path: readonly TagPathStep[];
  readonly tag: Tag | undefined;
  readonly message: string;
}

/** "(0040,0100)[0].(0040,0009)", or '' for the whole entry. */
export function findingPlace({ path, tag }: Finding): string {
  const steps = path.map((step) => `${formatTag(step.tag)}[${step.item}]`);
  return [...steps, ...(tag === undefined ? [] : [formatTag(tag)])].join('.');
}

/** The place with the attribute's name behind it: "(0040,0100)[0].(0040,0009) ScheduledProcedureStepID". */
export function namedPlace(finding: Finding): string {
  const name = finding.tag === undefined ? undefined : lookupTag(finding.tag)?.keyword;
  return name === undefined ? findingPlace(finding) : `${findingPlace(finding)} ${name}`;
}
