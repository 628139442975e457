/** Steps that the server's own options leave out of every answer, before the keys of the query are looked at. */

import { plainText } from '../dicom/data-set.ts';
import { TAG } from '../dicom/tag.ts';
import { type Step, startsBefore } from './entry-order.ts';
import { namesStation } from './match.ts';
import type { Query } from './query-key.ts';

export interface Narrowing {
  /** Only steps scheduled for the calling AE title, unless the query itself names a station. */
  readonly forCaller?: boolean | undefined;
  /** YYYYMMDD: steps that start before it are left out; asked anew for each query. */
  readonly hideBefore?: (() => string | undefined) | undefined;
}

/** Why a step is left out, or undefined: for one query of one caller. */
export function narrows(
  { forCaller, hideBefore }: Narrowing,
  query: Query,
  callingAeTitle: string,
): (step: Step) => string | undefined {
  const firstDay = hideBefore?.();
  const station = forCaller === true && !namesStation(query) ? callingAeTitle : undefined;
  return (step) => {
    if (firstDay !== undefined && startsBefore(step, firstDay)) return 'starts before that is shown';
    if (station !== undefined && !isScheduledFor(step, station))
      return 'is scheduled for another station than the caller';
    return undefined;
  };
}

function isScheduledFor({ entry, index }: Step, aeTitle: string): boolean {
  const item = entry.view.steps[index]?.dataSet;
  if (item === undefined) return false;
  const stations = plainText(item, TAG.ScheduledStationAETitle).split('\\');
  return stations.some((station) => station.trim() === aeTitle);
}
