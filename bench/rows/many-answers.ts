/** Ten thousand answers to one query. */

import { buildFolder } from '../data/folders.ts';
import { EVERYTHING } from '../data/queries.ts';
import { inTurn } from '../in-turn.ts';
import { openClient, querySide } from '../query-times.ts';
import type { Row } from '../row.ts';
import type { Scope } from '../scope.ts';
import { startAll, WLMSCPFS_NODELAY } from '../servers.ts';

const ENTRIES = 10_000;

export const manyAnswers: Row = {
  name: 'answers-10k',
  async run(scope: Scope) {
    const servers = await startAll(scope, await buildFolder(scope, ENTRIES));
    const sides = [];
    for (const server of servers) {
      sides.push(querySide(server.name, await openClient(scope, server), EVERYTHING, ENTRIES));
    }
    return [
      {
        work: '10,000 answers to one query',
        unit: 'ms',
        samples: await inTurn(sides, { rounds: 7 }),
        aim: { kind: 'faster', peer: WLMSCPFS_NODELAY, times: 2 },
      },
    ];
  },
};
