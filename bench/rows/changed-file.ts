/** A folder of 100,000 of which one file has changed since the last query: the next one is fresh, and how quick. */

import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Store } from '../../src/worklist/store.ts';
import { entryBytes, entryFacts } from '../data/entries.ts';
import { AE_TITLE, buildFolder, type EntryFolder, fileOf } from '../data/folders.ts';
import { queriesFor } from '../data/queries.ts';
import { type DicomClient, findMessage } from '../dicom-client.ts';
import { type Figure, OURS } from '../figure.ts';
import { inTurn, timed } from '../in-turn.ts';
import { openClient } from '../query-times.ts';
import type { Row } from '../row.ts';
import type { Scope } from '../scope.ts';
import { startWltool } from '../servers.ts';

const ENTRIES = 100_000;
const ROUNDS = 25;
const UNCHANGED = 'wltool, nothing changed';

/** Puts another entry under the name of a file, whole at once. */
function exchange({ files }: EntryFolder, number: number, content: number): void {
  const target = join(files, fileOf(number));
  writeFileSync(`${target}.new`, entryBytes(content));
  renameSync(`${target}.new`, target);
}

function accessionQuery(number: number): Buffer {
  const wanted = queriesFor(number).find(({ name }) => name === 'accession number');
  if (wanted === undefined) throw new Error(`no query for ${entryFacts(number).accession}`);
  return findMessage(wanted.identifier);
}

async function notifiedFigure(client: DicomClient, folder: EntryFolder): Promise<Figure> {
  const before = accessionQuery(0);
  let next = ENTRIES;
  const expectOne = async (message: Buffer): Promise<void> => {
    const answers = await client.find(message);
    if (answers !== 1) throw new Error(`the answer is not fresh: ${answers} entries`);
  };
  const unchanged = { name: UNCHANGED, measure: () => timed(() => expectOne(before)) };
  const changed = {
    name: OURS,
    measure: async () => {
      next += 1;
      exchange(folder, ENTRIES - 1, next);
      const message = accessionQuery(next);
      return await timed(() => expectOne(message));
    },
  };
  return {
    work: 'query after one of 100,000 files changed',
    unit: 'ms',
    samples: await inTurn([changed, unchanged], { rounds: ROUNDS, warmUps: 5 }),
    aim: { kind: 'within', peer: UNCHANGED, times: 3 },
  };
}

/** Where changes are not notified, as on a network drive: each query looks at every file's time stamps first. */
async function unnotifiedFigure(scope: Scope, folder: EntryFolder): Promise<Figure> {
  const quiet = () => undefined;
  const log = { error: quiet, warn: quiet, notice: quiet, info: quiet, debug: quiet };
  const store = await Store.open({
    folder: folder.root,
    layout: 'ae',
    incomplete: 'serve',
    fallbackCharset: '',
    notification: false,
    log,
  });
  scope.after(async () => store.close());
  const side = { name: OURS, measure: () => timed(() => store.steps(AE_TITLE)) };
  return {
    work: 'one pass over the time stamps of 100,000 files, without notification',
    unit: 'ms',
    samples: await inTurn([side], { rounds: 3 }),
  };
}

export const changedFile: Row = {
  name: 'changed-100k',
  async run(scope: Scope) {
    const folder = await buildFolder(scope, ENTRIES);
    const client = await openClient(scope, await startWltool(scope, folder.root));
    return [await notifiedFigure(client, folder), await unnotifiedFigure(scope, folder)];
  },
};
