/** What `wltool serve` says of its folder at the start: the layout, and how much there is in each part. */

import type { Log } from '../../log.ts';
import type { Store } from '../../worklist/store.ts';
import type { Area } from '../../worklist/store-area.ts';

export function announceStore(store: Store, folder: string, log: Log): void {
  const areas = store.areas();
  if (store.layout === 'flat') {
    log.notice(`${folder}: layout flat, the same for every called AE title`);
  } else {
    log.notice(`${folder}: layout ae, ${count(areas.size, 'AE title')}`);
  }
  for (const area of areas.values()) announceArea(area, log);
}

/** Entries in all areas, as of the last query to each. */
export function entryCount(store: Store): number {
  let sum = 0;
  for (const area of store.areas().values()) sum += area.entryCount;
  return sum;
}

function announceArea(area: Area, log: Log): void {
  const problems = area.problems().length;
  const trouble = problems === 0 ? '' : `, ${count(problems, 'file')} with problems`;
  const watch = area.notified ? '' : ', looked through at every query';
  log.notice(`${area.folder}: ${count(area.entryCount, 'entry', 'entries')}${trouble}${watch}`);
}

function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}
