/** A folder of files that are broken, hostile or no files at all: each costs one warning, and nobody an answer. */

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdir, rename, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { deflateRawSync } from 'node:zlib';
import { Bystander, ordinaryLoad, percentile } from '../support/attack-bystander.ts';
import { explicit, implicit } from '../support/attack-pdu.ts';
import { AttackServer } from '../support/attack-server.ts';
import { entryDataSet, entryFile } from '../support/worklist-entries.ts';

const ENTRIES = 40;
const MAX_GROWTH_MIB = 64;
const MIB = 2 ** 20;

const GOOD = Buffer.from(entryFile(entryDataSet('GOOD')));
const PREFIX = Buffer.concat([Buffer.alloc(128), Buffer.from('DICM')]);
const UNDEFINED = 0xffffffff;

/** A file of this transfer syntax: meta information, and these bytes behind it. */
function fileOf(syntax: string, dataSet: Uint8Array): Buffer {
  const element = explicit(0x00020010, 'UI', syntax);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(element.length);
  return Buffer.concat([PREFIX, explicit(0x00020000, 'UL', length), element, dataSet]);
}

function many(count: number, element: (index: number) => Uint8Array): Buffer {
  return Buffer.concat(Array.from({ length: count }, (_, index) => element(index)));
}

const EXPLICIT = '1.2.840.10008.1.2.1';
const IMPLICIT = '1.2.840.10008.1.2';
const DEFLATED = '1.2.840.10008.1.2.1.99';
const STEPS = 0x00400100;
const ITEM = Buffer.from('feff00e0ffffffff', 'hex');

/** By name: why it should be left out. */
const HOSTILE: Readonly<Record<string, Uint8Array>> = {
  empty: Buffer.alloc(0),
  noise: Buffer.alloc(50_000, 0xa5),
  zeros: Buffer.alloc(50_000),
  text: Buffer.from('(0010,0010) PN [Not a DICOM file]\n'),
  html: Buffer.from('<!doctype html><title>404</title>'),
  'prefix-alone': PREFIX,
  half: GOOD.subarray(0, GOOD.length >> 1),
  'without-steps': fileOf(EXPLICIT, explicit(0x00100010, 'PN', 'X')),
  'length-4gib': fileOf(EXPLICIT, explicit(0x00100010, 'UT', 'X', UNDEFINED - 1)),
  'undefined-text': fileOf(EXPLICIT, explicit(0x00100010, 'UT', 'X', UNDEFINED)),
  'unclosed-sequence': fileOf(EXPLICIT, explicit(STEPS, 'SQ', '', UNDEFINED)),
  'item-4gib': fileOf(
    EXPLICIT,
    Buffer.concat([explicit(STEPS, 'SQ', '', UNDEFINED), Buffer.from('feff00e0feffffff', 'hex')]),
  ),
  deep: fileOf(
    EXPLICIT,
    many(20_000, () => Buffer.concat([explicit(STEPS, 'SQ', '', UNDEFINED), ITEM])),
  ),
  'deep-unknown': fileOf(
    EXPLICIT,
    many(20_000, () => Buffer.concat([explicit(0x00091001, 'UN', '', UNDEFINED), ITEM])),
  ),
  'deflate-zeros': fileOf(DEFLATED, deflateRawSync(Buffer.alloc(64 * MIB))),
  'deflate-elements': fileOf(DEFLATED, deflateRawSync(many(500_000, () => explicit(0x00100020, 'LO', '')))),
  'deflate-noise': fileOf(DEFLATED, Buffer.alloc(1_000, 0xa5)),
  'a-million-elements': fileOf(
    IMPLICIT,
    many(1_000_000, (index) => implicit(0x00110000 + index, '')),
  ),
  'a-million-warnings': fileOf(
    IMPLICIT,
    many(1_000_000, () => implicit(0x00100020, '')),
  ),
  'all-disorder': fileOf(
    IMPLICIT,
    many(90_000, (index) => implicit(0x7f110000 - index, '')),
  ),
  'many-warnings-in-meta': Buffer.concat([PREFIX, many(200_000, () => explicit(0x00020016, 'AE', Buffer.of(65)))]),
  'a-million-items': fileOf(
    IMPLICIT,
    implicit(
      STEPS,
      many(400_000, () => Buffer.from('feff00e000000000', 'hex')),
    ),
  ),
  'unknown-syntax': fileOf('1.2.3.4.5', GOOD),
};

/** `planted`: after each file. A batch of many would be told in one line more, not in a line for each. */
async function plant(folder: string, planted: () => Promise<void>): Promise<string[]> {
  // Whole at once, so that there is one thing to say of each.
  const put = async (name: string, bytes: Uint8Array, size = bytes.length): Promise<void> => {
    const temporary = join(folder, `${name}.tmp`);
    await writeFile(temporary, bytes);
    await truncate(temporary, size);
    await rename(temporary, join(folder, `${name}.wl`));
    await planted();
  };
  for (const [name, bytes] of Object.entries(HOSTILE)) await put(name, bytes);
  await put('sparse', Buffer.alloc(0), 8 * 2 ** 30);
  execFileSync('mkfifo', [join(folder, 'fifo.wl')]);
  await mkdir(join(folder, 'folder.wl'));
  await symlink('/dev/zero', join(folder, 'device.wl'));
  await symlink('loop.wl', join(folder, 'loop.wl'));
  await symlink('nowhere', join(folder, 'dangling.wl'));
  return [...Object.keys(HOSTILE), 'sparse', 'fifo', 'folder', 'device', 'loop', 'dangling'];
}

test('hostile files cost one warning each, and nobody an answer', async (t) => {
  const server = await AttackServer.start({ entries: ENTRIES, args: [] });
  t.after(async () => {
    await server.stop();
  });
  await ordinaryLoad({ port: server.port, entries: ENTRIES });
  server.forgetPeak();
  const before = server.memory().now;
  const bystander = new Bystander({ port: server.port, entries: ENTRIES });
  const answered = async (queries: number): Promise<void> => {
    const enough = bystander.answered + queries;
    while (bystander.answered < enough && bystander.failures.length === 0) await wait(5);
  };
  // One query may have begun before the file was there.
  const names = await plant(server.folder, () => answered(2));
  await answered(100);
  await bystander.stop();
  const growth = server.memory().peak - before;
  t.diagnostic(`${names.length} files, longest query ${percentile(bystander.latencies, 100).toFixed(0)} ms`);
  t.diagnostic(`memory grew by ${growth.toFixed(1)} MiB`);
  assert.deepEqual(bystander.failures, []);
  const log = server.log();
  for (const name of names) {
    const lines = log.split('\n').filter((line) => line.includes(`/${name}.wl: `));
    assert.equal(lines.length, 1, `${name}: ${lines.join('\n')}`);
  }
  assert.deepEqual(server.bugs(), []);
  assert.ok(growth < MAX_GROWTH_MIB, `memory grew by ${growth.toFixed(1)} MiB`);
});
