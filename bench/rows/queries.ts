/** One match among many entries: how long the server takes, by what modalities ask for. */

import { buildFolder } from '../data/folders.ts';
import { queriesFor } from '../data/queries.ts';
import type { Figure } from '../figure.ts';
import { inTurn } from '../in-turn.ts';
import { openClient, querySide } from '../query-times.ts';
import type { Row } from '../row.ts';
import type { Scope } from '../scope.ts';
import { type BenchServer, memoryOf, startAll, startWltool, WLMSCPFS_NODELAY } from '../servers.ts';

async function queryFigures(
  scope: Scope,
  servers: readonly BenchServer[],
  entries: number,
  aim: { readonly times: number; readonly rounds: number },
): Promise<readonly Figure[]> {
  const clients = await Promise.all(servers.map((server) => openClient(scope, server)));
  const figures: Figure[] = [];
  for (const { name, identifier } of queriesFor(Math.floor(entries / 2))) {
    const sides = servers.flatMap((server, index) => {
      const client = clients[index];
      return client === undefined ? [] : [querySide(server.name, client, identifier, 1)];
    });
    figures.push({
      work: `one match among ${entries.toLocaleString('en')}: ${name}`,
      unit: 'ms',
      samples: await inTurn(sides, { rounds: aim.rounds }),
      aim: { kind: 'faster', peer: WLMSCPFS_NODELAY, times: aim.times },
    });
  }
  return figures;
}

export const serve10k: Row = {
  name: 'serve-10k',
  async run(scope: Scope) {
    const servers = await startAll(scope, await buildFolder(scope, 10_000));
    return await queryFigures(scope, servers, 10_000, { times: 30, rounds: 7 });
  },
};

const START_LIMIT_MS = 10_000;
const MEMORY_LIMIT_KIB = 6;

/** Memory an entry takes beyond its file: what the server has more than one of an empty folder. */
async function memoryFigure(
  scope: Scope,
  server: BenchServer,
  empty: string,
  folder: { entries: number; bytes: number },
) {
  const bare = await startWltool(scope, empty);
  const [full, idle] = [server, bare].map(({ process }) => memoryOf(process, 'VmRSS') ?? Number.NaN);
  const each = ((full ?? Number.NaN) - (idle ?? Number.NaN) - folder.bytes / 1_024) / folder.entries;
  return [each];
}

export const serve100k: Row = {
  name: 'serve-100k',
  async run(scope: Scope) {
    const folder = await buildFolder(scope, 100_000);
    const servers = await startAll(scope, folder);
    const [ours] = servers;
    if (ours === undefined) throw new Error('no server');
    const empty = await buildFolder(scope, 0);
    const atStart = await memoryFigure(scope, ours, empty.root, folder);
    const figures = await queryFigures(scope, servers, folder.entries, { times: 200, rounds: 3 });
    const readyMs = [ours.readyMs];
    for (let round = 0; round < 2; round++) readyMs.push((await startWltool(scope, folder.root)).readyMs);
    return [
      ...figures,
      {
        work: 'start to ready with 100,000 entries',
        unit: 'ms',
        samples: new Map([[ours.name, readyMs]]),
        aim: { kind: 'below', limit: START_LIMIT_MS },
      },
      {
        work: 'memory of an entry above its file size',
        unit: 'KiB',
        samples: new Map([[ours.name, atStart]]),
        aim: { kind: 'below', limit: MEMORY_LIMIT_KIB },
      },
    ];
  },
};
