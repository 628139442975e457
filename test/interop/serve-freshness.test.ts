/** Over the socket, and from another process: the next query after a change sees it, 300 times in a row. */

import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { test } from 'node:test';
import { readDataSet } from '../../src/codec/read-data-set.ts';
import { type DataSet, plainText } from '../../src/dicom/data-set.ts';
import { TAG } from '../../src/dicom/tag.ts';
import { WorklistClient } from '../../src/network/worklist-client.ts';
import { FolderWriter } from '../support/folder-writer.ts';
import { identifierOf } from '../support/serve-cases.ts';
import { startServe } from '../support/serve-folder.ts';
import { tempDir } from '../support/temp-dir.ts';
import { entryDataSet, entryFile } from '../support/worklist-entries.ts';

const ROUNDS = 300;

async function accessions(client: WorklistClient, identifier: DataSet): Promise<string[]> {
  const found: string[] = [];
  for await (const answer of client.find(identifier)) {
    found.push(plainText(readDataSet(answer.identifier, answer.syntax).dataSet, TAG.AccessionNumber));
  }
  return found;
}

for (const layout of ['flat', 'ae'] as const) {
  test(`serve --layout ${layout} never answers from an old state of the folder`, async (t) => {
    const root = await tempDir(t);
    const folder = layout === 'flat' ? root : `${root}/CT1`;
    mkdirSync(folder, { recursive: true });
    const { port } = await startServe(t, ['-p', '0', '--layout', layout, '-q', root]);
    const writer = new FolderWriter(t);
    const peer = { host: '127.0.0.1', port, calledAeTitle: 'CT1', callingAeTitle: 'TEST' };
    const client = await WorklistClient.connect({ ...peer, service: 'find' });
    t.after(() => client.abort());
    const identifier = identifierOf(['AccessionNumber', 'PatientName']);
    for (let round = 0; round < ROUNDS; round += 1) {
      const path = `${folder}/entry${round % 3}.wl`;
      const bytes = (accession: string) => entryFile(entryDataSet(accession));
      const number = String(round).padStart(3, '0');
      await writer.change({ op: 'rename-in', path, bytes: bytes(`A${number}`) });
      assert.deepEqual(await accessions(client, identifier), [`A${number}`], 'renamed in');
      await writer.change({ op: 'rewrite', path, bytes: bytes(`B${number}`) });
      assert.deepEqual(await accessions(client, identifier), [`B${number}`], 'rewritten in place');
      await writer.change({ op: 'delete', path });
      assert.deepEqual(await accessions(client, identifier), [], 'deleted');
    }
  });
}
