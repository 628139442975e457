/** Query time over the number of entries, for the plot: one match by station and date. */

import { buildFolder } from '../data/folders.ts';
import { queriesFor } from '../data/queries.ts';
import type { Figure } from '../figure.ts';
import { inTurn, type Side } from '../in-turn.ts';
import { openClient, querySide } from '../query-times.ts';
import type { Row } from '../row.ts';
import { Scope } from '../scope.ts';
import { startWlmscpfs, startWltool, startWorklistOrthanc } from '../servers.ts';

export const SIZES: readonly number[] = [10, 100, 1_000, 10_000, 100_000];

/** The figures of the plot are found again by this name. */
export function plottedWork(entries: number): string {
  return `one match by station and date, ${entries.toLocaleString('en')} entries`;
}

async function queryTime(scope: Scope, entries: number): Promise<Figure> {
  const folder = await buildFolder(scope, entries);
  const servers = [
    await startWltool(scope, folder.root),
    await startWlmscpfs(scope, folder.root, true),
    await startWorklistOrthanc(scope, folder),
  ];
  const [query] = queriesFor(Math.floor(entries / 2));
  if (query === undefined) throw new Error('no query');
  const sides: Side[] = [];
  for (const server of servers) {
    sides.push(querySide(server.name, await openClient(scope, server), query.identifier, 1));
  }
  return { work: plottedWork(entries), unit: 'ms', samples: await inTurn(sides, { rounds: 3 }) };
}

export const queryTimes: Row = {
  name: 'query-time',
  async run() {
    const figures: Figure[] = [];
    for (const entries of SIZES) {
      const own = new Scope();
      try {
        figures.push(await queryTime(own, entries));
      } finally {
        await own.end();
      }
    }
    return figures;
  },
};
