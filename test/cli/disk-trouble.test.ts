/** Full disks, read-only ones and file size limits: a clear error, its exit status, and nothing lost. */

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { Bystander } from '../support/attack-bystander.ts';
import { mounted, mountSkip } from '../support/attack-disk.ts';
import { AttackServer } from '../support/attack-server.ts';
import { runCli, WLTOOL } from '../support/spawn-cli.ts';
import { tempDir } from '../support/temp-dir.ts';
import { entryDataSet, entryFile } from '../support/worklist-entries.ts';

const OLD = entryFile(entryDataSet('OLD'));
const SKIP = { skip: mountSkip() };

/** Dump text whose file takes about so many bytes. */
function dumpOf(bytes: number): string {
  return `(0010,0010) PN [New]\n(0040,a160) UT [${'x'.repeat(bytes)}]\n`;
}

test('dump2wl on a full disk says so, exits 3, and keeps the old file', SKIP, async (t) => {
  const { folder } = await mounted(t, 'size=64k');
  const target = join(folder, 'a.wl');
  await writeFile(target, OLD);
  const { code, stderr } = await runCli(['dump2wl', '-', target], { input: dumpOf(200_000) });
  assert.equal(code, 3);
  assert.match(stderr, /no space left on the device/);
  assert.match(stderr, /free some space/);
  assert.deepEqual(await readdir(folder), ['a.wl']);
  assert.deepEqual(await readFile(target), Buffer.from(OLD));
});

test('dump2wl where no more files fit says so, too', SKIP, async (t) => {
  const { folder } = await mounted(t, 'size=1m,nr_inodes=3');
  await writeFile(join(folder, 'a'), '');
  await writeFile(join(folder, 'b'), '');
  const { code, stderr } = await runCli(['dump2wl', '-', join(folder, 'c.wl')], { input: dumpOf(10) });
  assert.equal(code, 3);
  assert.match(stderr, /no space left on the device/);
  assert.deepEqual((await readdir(folder)).sort(), ['a', 'b']);
});

test('dump2wl on a read-only file system says so, and keeps the old file', SKIP, async (t) => {
  const { folder, remount } = await mounted(t, 'size=1m');
  const target = join(folder, 'a.wl');
  await writeFile(target, OLD);
  remount('ro');
  const { code, stderr } = await runCli(['dump2wl', '-', target], { input: dumpOf(10) });
  assert.equal(code, 3);
  assert.match(stderr, /read-only/);
  assert.deepEqual(await readFile(target), Buffer.from(OLD));
});

test('dump2wl beyond a file size limit says so, and keeps the old file', async (t) => {
  const folder = await tempDir(t);
  const [input, target] = [join(folder, 'a.txt'), join(folder, 'a.wl')];
  await writeFile(input, dumpOf(200_000));
  await writeFile(target, OLD);
  const command = [process.execPath, ...WLTOOL, 'dump2wl', input, target].map((part) => `'${part}'`).join(' ');
  const failure: unknown = await promisify(execFile)('bash', ['-c', `ulimit -f 64; exec ${command}`]).catch(
    (error) => error,
  );
  assert.ok(failure instanceof Error && 'code' in failure && 'stderr' in failure);
  assert.equal(failure.code, 3);
  assert.match(String(failure.stderr), /cannot write .*a\.wl: /);
  assert.deepEqual((await readdir(folder)).sort(), ['a.txt', 'a.wl']);
  assert.deepEqual(await readFile(target), Buffer.from(OLD));
});

test('find -x on a disk that fills up says so, exits 3, and leaves whole files', SKIP, async (t) => {
  const server = await AttackServer.start({ entries: 200, args: [] });
  t.after(async () => {
    await server.stop();
  });
  const { folder } = await mounted(t, 'size=200k');
  const args = ['find', '-q', '-k', 'PatientName', '-k', 'StudyInstanceUID', '-x', folder];
  const { code, stderr } = await runCli([...args, '127.0.0.1', String(server.port)]);
  assert.equal(code, 3);
  assert.match(stderr, /no space left on the device/);
  const names = await readdir(folder);
  assert.ok(names.length > 10 && names.length < 200, `${names.length} files`);
  assert.ok(names.every((name) => name.endsWith('.wl')));
  const { code: checked } = await runCli(['dump', '-q', folder]);
  assert.equal(checked, 0);
});

test('serve answers every query though --request-dir is full, and says so once', SKIP, async (t) => {
  const { folder } = await mounted(t, 'size=64k');
  const entries = 10;
  const server = await AttackServer.start({ entries, args: [`--request-dir=${folder}`] });
  t.after(async () => {
    await server.stop();
  });
  const bystander = new Bystander({ port: server.port, entries, pauseMs: 0 });
  while (bystander.asked < 300) await new Promise((resolve) => setTimeout(resolve, 10));
  await bystander.stop();
  const told = server.log().match(/a query was not kept: no space left/g) ?? [];
  // It may still write queries: it has to end before its disk does.
  await server.stop();
  assert.deepEqual(bystander.failures, []);
  assert.equal(told.length, 1);
});
