/** DCMTK's thirteen sample queries over its ten sample records: `wltool serve` beside wlmscpfs. */

import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { type DataSet, isEmpty } from '../../src/dicom/data-set.ts';
import { formatTag } from '../../src/dicom/tag.ts';
import { findscu } from '../support/findscu.ts';
import { dcmtkSamples, missing, runPeer, startWlmscpfs } from '../support/peers.ts';
import { buildSamples, startServe } from '../support/serve-folder.ts';
import { tempDir } from '../support/temp-dir.ts';

const skip = missing('findscu', 'wlmscpfs', 'dump2dcm') || dcmtkSamples().skip;
const QUERIES = join(dcmtkSamples().folder, '..', 'wlistqry');

describe('beside wlmscpfs', { skip }, () => {
  const names = skip === false ? readdirSync(QUERIES).filter((name) => name.endsWith('.dump')) : [];
  for (const name of names) {
    test(name, async (t) => {
      const folder = await tempDir(t);
      mkdirSync(join(folder, 'db'));
      await buildSamples(join(folder, 'db', 'OFFIS'));
      writeFileSync(join(folder, 'db', 'OFFIS', 'lockfile'), '');
      const theirs = await startWlmscpfs(t, join(folder, 'db'), ['-csk']);
      const ours = await startServe(t, ['-dfp', join(folder, 'db'), '-efr', '0']);
      const query = join(folder, 'query.dcm');
      await runPeer('dump2dcm', ['-q', join(QUERIES, name), query]);
      const [expected, actual] = [
        await findscu(theirs.port, 'OFFIS', query, folder),
        await findscu(ours.port, 'OFFIS', query, folder),
      ];
      assert.equal(actual.status, expected.status);
      assert.deepEqual(actual.answers.map(linesOf).sort(), expected.answers.map(linesOf).sort());
    });
  }
});

/** The values of an answer that hold something, as text. Sequences that wlmscpfs leaves out come here without items. */
function linesOf(dataSet: DataSet): string {
  const lines: string[] = [];
  for (const element of dataSet) {
    if (isEmpty(element)) continue;
    if (element.kind === 'sequence') {
      for (const item of element.items) lines.push(`${formatTag(element.tag)} { ${linesOf(item.dataSet)} }`);
    } else if (element.kind === 'value') {
      lines.push(`${formatTag(element.tag)} ${element.vr} ${Buffer.from(element.value).toString('latin1')}`);
    }
  }
  return lines.join('\n');
}
