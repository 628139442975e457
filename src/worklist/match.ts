/** One query against one entry (PS3.4 C.2.2.2, K.2.2): which of its scheduled steps match. */

import { TAG } from '../dicom/tag.ts';
import type { EntryView } from './entry-view.ts';
import { passesAll } from './key-test.ts';
import type { Query } from './query-key.ts';

/** A step that matches; each is one answer (K.6.1.2.1). */
export interface StepMatch {
  /** The position of its item in Scheduled Procedure Step Sequence. */
  readonly step: number;
}

const NO_MATCH: readonly StepMatch[] = [];

/** The matching steps of an entry. An entry without a step is none, and a query without a key matches nothing. */
export function matchEntry(query: Query, entry: EntryView): readonly StepMatch[] {
  if (query.isEmpty || entry.steps.length === 0 || !passesAll(query.root, entry)) return NO_MATCH;
  const level = query.step?.items;
  const matches: StepMatch[] = [];
  entry.steps.forEach((view, step) => {
    if (level === undefined || passesAll(level, view)) matches.push({ step });
  });
  return matches;
}

/** True where the query itself says for which station, so that the caller's own title narrows nothing. */
export function namesStation(query: Query): boolean {
  return query.step?.items?.tests.some(({ tag }) => tag === TAG.ScheduledStationAETitle) ?? false;
}
