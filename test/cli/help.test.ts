/** Help and version: on stdout, whole, and without loading what a command needs for its work. */

import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'node:test';
import { isBuilt, ROOT, runCli } from '../support/spawn-cli.ts';
import { tempDir } from '../support/temp-dir.ts';

/** The commands that --help lists. */
async function commands(): Promise<readonly string[]> {
  const { stdout } = await runCli(['--help']);
  const list = /\nCommands:\n([\s\S]*?)\n\n/.exec(stdout)?.[1] ?? '';
  return [...list.matchAll(/^ {2}([a-z0-9]+) /gm)].map(([, name = '']) => name).filter((name) => name !== 'help');
}

test('--help names every command and the exit status', async () => {
  const { code, stdout, stderr } = await runCli(['--help']);
  assert.deepEqual({ code, stderr }, { code: 0, stderr: '' });
  for (const name of ['dump2wl', 'dump', 'serve', 'find', 'check', 'echo']) {
    assert.match(stdout, new RegExp(`^  ${name} `, 'm'));
  }
  assert.match(stdout, /Exit status:\n {2}0 done/);
});

test('that a signal is the normal end of serve and demo is said where the exit status is', async () => {
  assert.match((await runCli(['--help'])).stdout, /\nExit status:\n[\s\S]*serve and demo end with 0/);
  for (const name of ['serve', 'demo']) {
    assert.match((await runCli([name, '--help'])).stdout, /SIGINT and SIGTERM .*exit status 0/);
  }
});

test('--version is that of package.json', async () => {
  const { version } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'));
  for (const option of ['--version', '-V']) {
    const { code, stdout } = await runCli([option]);
    assert.deepEqual({ code, stdout }, { code: 0, stdout: `${version}\n` });
  }
});

test('each command explains itself with two examples that name it', async () => {
  for (const name of await commands()) {
    const { code, stdout, stderr } = await runCli([name, '--help']);
    assert.deepEqual({ name, code, stderr }, { name, code: 0, stderr: '' });
    assert.match(stdout, new RegExp(`^Usage: wltool ${name} `));
    const examples = /\nExamples:\n([\s\S]*?)(\n\n|$)/.exec(stdout)?.[1] ?? '';
    const lines = examples
      .split('\n')
      .filter((line) => line.includes(`wltool ${name}`) || line.startsWith(`  wltool ${name}`));
    assert.ok(lines.length >= 2, `${name} has ${lines.length} examples`);
    for (const option of ['--verbose', '--quiet', '--log-format', '--config'])
      assert.ok(stdout.includes(option), `${name} ${option}`);
  }
});

test('help NAME and NAME --help are the same', async () => {
  const [one, other] = await Promise.all([runCli(['help', 'dump']), runCli(['dump', '--help'])]);
  assert.equal(one.stdout, other.stdout);
});

test('no line of help is wider than a terminal', async () => {
  for (const args of [['--help'], ...(await commands()).map((name) => [name, '--help'])]) {
    const { stdout } = await runCli(args);
    const wide = stdout.split('\n').filter((line) => line.length > 120);
    assert.deepEqual(wide, [], args.join(' '));
  }
});

const HEAVY = /\/node_modules\/(chevrotain|@chevrotain|lodash-es|dcmjs|dcmjs-dimse|csv-parse)\/|\.gen\.ts$/;

test('help and version load neither grammar nor network nor dictionary', {
  skip: isBuilt() ? false : 'needs npm run build',
}, async (scope) => {
  const { outputs } = JSON.parse(await readFile(join(ROOT, 'dist/bundle.json'), 'utf8'));
  const parts = new Map<string, string[]>();
  for (const [path, { inputs }] of Object.entries<{ inputs: Record<string, unknown> }>(outputs)) {
    parts.set(
      path.replace(/^.*?(?=main\.js$|chunks\/)/, ''),
      Object.keys(inputs).map((input) => `/${input}`),
    );
  }
  const heavy = [...parts.values()].flat().filter((input) => HEAVY.test(input));
  assert.ok(heavy.length > 0, 'the bundle holds them at all, or this test sees nothing');
  for (const args of [['--help'], ['--version'], ['dump2wl', '--help'], ['serve', '--help'], ['nonsense']]) {
    const folder = await tempDir(scope);
    await runCli(args, { env: { NODE_V8_COVERAGE: folder } });
    const loaded = await loadedFiles(folder);
    assert.ok(loaded.includes('main.js'), 'the coverage names the files that were loaded');
    const inputs = loaded.flatMap((file) => parts.get(file) ?? []);
    assert.deepEqual(
      inputs.filter((input) => HEAVY.test(input)),
      [],
      args.join(' '),
    );
  }
});

/** The files under dist that V8 saw, by its coverage report. */
async function loadedFiles(folder: string): Promise<readonly string[]> {
  const [report = ''] = await readdir(folder);
  const { result } = JSON.parse(await readFile(join(folder, report), 'utf8'));
  return result.flatMap(({ url }: { url: string }) => /\/dist\/(.*)$/.exec(url)?.[1] ?? []);
}
