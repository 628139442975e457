/** kill -9 at random moments: each target is the old file or the new one, never half, and what is left is known by its name. */

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { watch } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { AttackServer } from '../support/attack-server.ts';
import { randomFrom, runs, SEED } from '../support/seed.ts';
import { runCli, WLTOOL } from '../support/spawn-cli.ts';
import { tempDir } from '../support/temp-dir.ts';
import { entryDataSet, entryFile } from '../support/worklist-entries.ts';

const FILES = 40;
const KILLS = runs(200);
/** So many files dump2wl has the disk write together. */
const DUMP2WL_AT_A_TIME = 4;
const TEMPORARY = /^\.wltool-[0-9a-f]{16}\.tmp$/;

type Files = ReadonlyMap<string, Buffer>;

async function filesIn(folder: string): Promise<Files> {
  const names = (await readdir(folder)).filter((name) => !TEMPORARY.test(name));
  return new Map(await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name))] as const)));
}

async function put(folder: string, files: Files): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder);
  for (const [name, bytes] of files) await writeFile(join(folder, name), bytes);
}

/** Starts wltool; how long until it first touched the folder, and until it ended. */
async function start(folder: string, args: readonly string[]) {
  const startedAt = performance.now();
  const watcher = watch(folder);
  const child = spawn(process.execPath, [...WLTOOL, ...args], { stdio: 'ignore' });
  const ended = once(child, 'close').then(() => performance.now() - startedAt);
  const touched = once(watcher, 'change').then(() => performance.now() - startedAt);
  void ended.then(() => watcher.close());
  return { child, ended, touched: Promise.race([touched, ended]) };
}

/** Counts what the files in `folder` have become; fails where one is neither old nor new. */
async function takeStock(
  folder: string,
  old: Files,
  fresh: Files,
  atATime: number,
): Promise<{ renewed: number; temporary: number }> {
  const found = await filesIn(folder);
  let renewed = 0;
  for (const [name, bytes] of old) {
    const now = found.get(name);
    assert.ok(now !== undefined, `${name} is gone`);
    const isNew = fresh.get(name)?.equals(now) === true;
    assert.ok(isNew || bytes.equals(now), `${name} is neither the old file nor the new one`);
    if (isNew) renewed += 1;
  }
  assert.deepEqual([...found.keys()].sort(), [...old.keys()].sort());
  const temporary = (await readdir(folder)).filter((name) => TEMPORARY.test(name)).length;
  assert.ok(temporary <= atATime, `${temporary} temporary files`);
  return { renewed, temporary };
}

/**
 * Kills `args`, which turn `old` into `fresh` and write so many files at a time: one time in four at any moment, else
 * while it writes.
 */
async function killAtRandom(
  t: TestContext,
  folder: string,
  args: readonly string[],
  old: Files,
  fresh: Files,
  atATime: number,
): Promise<void> {
  const random = randomFrom(args[0] ?? '');
  await put(folder, old);
  const whole = await start(folder, args);
  const [begins, ends] = [await whole.touched, await whole.ended];
  const counts = { amid: 0, renewed: 0, temporary: 0 };
  for (let kill = 0; kill < KILLS; kill++) {
    await put(folder, old);
    const { child, touched, ended } = await start(folder, args);
    if (random() < 0.25) await Promise.race([wait(ends * random()), ended]);
    else {
      await touched;
      await Promise.race([wait((ends - begins) * random()), ended]);
    }
    child.kill('SIGKILL');
    await ended;
    const { renewed, temporary } = await takeStock(folder, old, fresh, atATime);
    counts.renewed += renewed;
    counts.temporary += temporary;
    if (renewed < old.size && renewed + temporary > 0) counts.amid += 1;
  }
  t.diagnostic(
    `seed ${SEED}, ${KILLS} kills, ${counts.amid} of them amid the writing; of ${KILLS * old.size} files ` +
      `${counts.renewed} new, the others old, none half; ${counts.temporary} temporary files left`,
  );
}

test('dump2wl killed at random moments leaves old files or new ones', async (t) => {
  const folder = await tempDir(t);
  const inputs = join(folder, 'in');
  const outputs = join(folder, 'out');
  await mkdir(inputs);
  const names = Array.from({ length: FILES }, (_, index) => `${index}.txt`);
  const filler = 'x'.repeat(60_000);
  for (const name of names) {
    // Without a SOP Instance UID each run would make another.
    const text = `(0008,0018) UI [1.2.3]\n(0010,0010) PN [New^${name}]\n(0032,1060) LO [x]\n(0040,a160) UT [${filler}]\n`;
    await writeFile(join(inputs, name), text);
  }
  const args = ['dump2wl', '-q', '--check=off', ...names.map((name) => join(inputs, name)), '--out-dir', outputs];
  assert.equal((await runCli(args)).code, 0);
  const fresh = await filesIn(outputs);
  assert.equal(fresh.size, FILES);
  const old = new Map([...fresh.keys()].map((name) => [name, Buffer.from(entryFile(entryDataSet(`OLD${name}`)))]));
  await killAtRandom(t, outputs, args, old, fresh, DUMP2WL_AT_A_TIME);
});

test('find -x killed at random moments leaves old files or new ones', async (t) => {
  const server = await AttackServer.start({ entries: FILES, args: [] });
  t.after(async () => {
    await server.stop();
  });
  const outputs = join(await tempDir(t), 'out');
  const args = ['find', '-q', '-k', 'PatientName', '-k', 'StudyInstanceUID', '-k', 'AccessionNumber'];
  args.push('-x', outputs, '127.0.0.1', String(server.port));
  assert.equal((await runCli(args)).code, 0);
  const fresh = await filesIn(outputs);
  assert.equal(fresh.size, FILES);
  const old = new Map([...fresh.keys()].map((name) => [name, Buffer.from(entryFile(entryDataSet(`OLD${name}`)))]));
  await killAtRandom(t, outputs, args, old, fresh, 1);
});
