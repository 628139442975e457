/** Associations per second: each is opened, asks for one match among ten entries, and is released. */

import { buildFolder } from '../data/folders.ts';
import { queriesFor } from '../data/queries.ts';
import { DicomClient, findMessage } from '../dicom-client.ts';
import type { Figure } from '../figure.ts';
import { inTurn, type Side } from '../in-turn.ts';
import type { Row } from '../row.ts';
import type { Scope } from '../scope.ts';
import { type BenchServer, startAll, WLMSCPFS_NODELAY } from '../servers.ts';

const ENTRIES = 10;
const ROUNDS = 7;
const ROUND_MS = 1_000;
const AIMS: ReadonlyMap<number, number> = new Map([
  [1, 3],
  [8, 6],
]);

async function askOnce(port: number, message: Buffer): Promise<void> {
  const client = await DicomClient.open(port);
  const answers = await client.find(message);
  if (answers !== 1) throw new Error(`${answers} answers, not 1`);
  await client.release();
}

function associationsSide({ name, port }: BenchServer, clients: number, message: Buffer): Side {
  const measure = async (): Promise<number> => {
    const startedAt = performance.now();
    const elapsed = () => performance.now() - startedAt;
    let count = 0;
    const work = async (): Promise<void> => {
      for (; elapsed() < ROUND_MS; count++) await askOnce(port, message);
    };
    await Promise.all(Array.from({ length: clients }, work));
    return (count * 1_000) / elapsed();
  };
  return { name, measure };
}

export const associations: Row = {
  name: 'associations',
  async run(scope: Scope) {
    const servers = await startAll(scope, await buildFolder(scope, ENTRIES));
    const [query] = queriesFor(ENTRIES - 1);
    if (query === undefined) throw new Error('no query');
    const message = findMessage(query.identifier);
    const figures: Figure[] = [];
    for (const [clients, times] of AIMS) {
      const sides = servers.map((server) => associationsSide(server, clients, message));
      figures.push({
        work: `associations with one match among ${ENTRIES}, ${clients} ${clients === 1 ? 'client' : 'clients'}`,
        unit: 'per second',
        samples: await inTurn(sides, { rounds: ROUNDS }),
        aim: { kind: 'faster', peer: WLMSCPFS_NODELAY, times },
      });
    }
    return figures;
  },
};
