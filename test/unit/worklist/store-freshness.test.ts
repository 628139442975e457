/** The very next query after a change sees it, whoever made the change: 300 times in a row. */

import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { test } from 'node:test';
import { plainText } from '../../../src/dicom/data-set.ts';
import { TAG } from '../../../src/dicom/tag.ts';
import { Store } from '../../../src/worklist/store.ts';
import { FolderWriter } from '../../support/folder-writer.ts';
import { recordedLog } from '../../support/recorded-log.ts';
import { tempDir } from '../../support/temp-dir.ts';
import { entryDataSet, entryFile } from '../../support/worklist-entries.ts';

const ROUNDS = 300;

for (const layout of ['flat', 'ae'] as const) {
  for (const notification of [true, false]) {
    test(`never stale, layout ${layout}, ${notification ? 'with' : 'without'} notification`, async (t) => {
      const root = await tempDir(t);
      const folder = layout === 'flat' ? root : `${root}/CT1`;
      mkdirSync(folder, { recursive: true });
      const options = { folder: root, layout, notification, incomplete: 'serve', fallbackCharset: '' } as const;
      const store = await Store.open({ ...options, log: recordedLog() });
      t.after(() => store.close());
      const writer = new FolderWriter(t);
      const asked = async () => {
        const steps = await store.steps('CT1');
        return steps.map(({ entry }) => plainText(entry.dataSet, TAG.AccessionNumber));
      };
      for (let round = 0; round < ROUNDS; round += 1) {
        const path = `${folder}/entry${round % 3}.wl`;
        // All of one length: neither the size nor, within a tick of the clock, the time stamp tells them apart.
        const [first, second, third] = ['A', 'B', 'C'].map((letter) => `${letter}${String(round).padStart(3, '0')}`);
        const bytes = (accession = '') => entryFile(entryDataSet(accession));
        await writer.change({ op: 'rename-in', path, bytes: bytes(first) });
        assert.deepEqual(await asked(), [first], 'renamed in');
        await writer.change({ op: 'rewrite', path, bytes: bytes(second) });
        assert.deepEqual(await asked(), [second], 'rewritten in place');
        await writer.change({ op: 'write', path, bytes: bytes(third) });
        assert.deepEqual(await asked(), [third], 'truncated and written');
        await writer.change({ op: 'delete', path });
        assert.deepEqual(await asked(), [], 'deleted');
      }
    });
  }
}

test('more events than the kernel keeps are no loss: the folder is looked through', async (t) => {
  const folder = await tempDir(t);
  const options = { folder, layout: 'flat', incomplete: 'serve', fallbackCharset: '' } as const;
  const store = await Store.open({ ...options, log: recordedLog() });
  t.after(() => store.close());
  const writer = new FolderWriter(t);
  await writer.change({ op: 'write', path: `${folder}/first.wl`, bytes: entryFile(entryDataSet('A1')) });
  const { execFileSync } = await import('node:child_process');
  // Two files by turns, as equal events in a row become one. The event loop stands still meanwhile.
  const flood = `const fs = require('node:fs');
    const files = ['x', 'y'].map((name) => fs.openSync(process.argv[1] + '/' + name, 'w'));
    for (let count = 0; count < 20000; count += 1) fs.writeSync(files[count % 2], 'x');
    fs.renameSync(process.argv[1] + '/first.wl', process.argv[1] + '/second.wl');`;
  execFileSync(process.execPath, ['-e', flood, folder]);
  const steps = await store.steps('ANY');
  assert.deepEqual(
    steps.map(({ entry }) => entry.fileName),
    ['second.wl'],
  );
});
