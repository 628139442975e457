/**
 * The recorded cases of dump2dcm 3.6.7: wltool writes the same bytes, or refuses where dump2dcm loses something, or
 * reads what it cannot. UPDATE_GOLDEN=1 records anew what is said; the bytes are dump2dcm's and stay.
 */

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { after, describe, it } from 'node:test';
import { CASES_FILE, type Dump2wlCase, describeFile, readCases, runCase } from '../support/dump2wl-case.ts';

const UPDATE = process.env['UPDATE_GOLDEN'] === '1';
const cases = readCases();
const said = new Map<string, readonly string[]>();

async function check(test: Dump2wlCase): Promise<void> {
  const { exit, file, says } = await runCase(test);
  said.set(test.name, says);
  assert.equal(exit, test.exit, says.join('\n'));
  if (!UPDATE) assert.deepEqual(says, test.says);
  if (test.expect === 'error') {
    assert.notEqual(exit, 0);
    assert.equal(file, undefined);
    return;
  }
  assert.ok(file, says.join('\n'));
  const { dataSet, meta } = describeFile(file, test.generated ?? [], test.options);
  assert.deepEqual(meta, test.meta);
  assert.deepEqual(dataSet, test.dataSet);
}

for (const expect of ['same', 'better', 'error'] as const) {
  describe(`dump2dcm's cases, ${expect}`, () => {
    for (const test of cases.filter((each) => each.expect === expect)) it(test.name, () => check(test));
  });
}

after(() => {
  if (!UPDATE) return;
  const lines = cases.map((test) => JSON.stringify({ ...test, says: said.get(test.name) }));
  writeFileSync(CASES_FILE, `${lines.join('\n')}\n`);
});
