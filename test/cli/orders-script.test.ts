/** The scripts of docs/orders.md for those who run orders every few minutes. */

import assert from 'node:assert/strict';
import { chmod, mkdir, readdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'node:test';
import { orderMessage } from '../support/order-text.ts';
import { missing } from '../support/peers.ts';
import { readRecipes } from '../support/recipes.ts';
import { run, shell, workplace } from '../support/workplace.ts';

const PARTS = await readRecipes('docs/orders.md', '##');
const [WORK, MERGE] = PARTS.find(({ title }) => title === 'Every few minutes')?.recipes ?? [];

test('orders are carried out by their age, and each file is moved to where it belongs', {
  skip: missing('flock'),
}, async (scope) => {
  const place = await workplace(scope);
  const script = join(place.folder, 'orders-to-worklist');
  const inbox = join(place.folder, 'in box');
  await writeFile(script, WORK?.script ?? '');
  await chmod(script, 0o755);
  await mkdir(inbox);
  const messages = {
    '9.hl7': orderMessage(),
    '10.hl7': orderMessage({ orc: { 1: 'CA' } }),
    '11.hl7': orderMessage({ obr: { 18: 'ACC2' } }),
    '12.hl7': orderMessage({ orc: { 1: 'ZZ' } }),
  };
  for (const [index, [name, message]] of Object.entries(messages).entries()) {
    await writeFile(join(inbox, name), message);
    await utimes(join(inbox, name), 1000 + index, 1000 + index);
  }
  const worklist = join(place.folder, 'work list');
  await run(script, [inbox, worklist, '--new-uids=missing', '-q'], place);
  assert.deepEqual(await readdir(worklist), ['ACC2_SPS1.wl']);
  assert.deepEqual((await readdir(join(inbox, 'done'))).sort(), ['10.hl7', '11.hl7', '9.hl7']);
  assert.deepEqual(await readdir(join(inbox, 'failed')), ['12.hl7']);

  // What no order can help leaves all of them where they are.
  await writeFile(join(inbox, '13.hl7'), orderMessage());
  await assert.rejects(run(script, [inbox, worklist, '--template', 'nowhere.txt'], place));
  assert.ok((await readdir(inbox)).includes('13.hl7'));
});

test('entries of a merged patient get the new ID', async (scope) => {
  const place = await workplace(scope);
  const orders = 'AccessionNumber,PatientID\nA1,P-OLD\nA2,P-OLDER\n';
  await writeFile(join(place.folder, 'orders.csv'), orders);
  await shell('wltool dump2wl -q --check off orders.csv --out-dir worklists', place);
  await shell(MERGE?.script ?? '', place);
  const ids = await shell('wltool dump --search PatientID worklists/A1.wl worklists/A2.wl', place);
  assert.match(ids, /\[P-NEW\][\s\S]*\[P-OLDER\]/);
});
