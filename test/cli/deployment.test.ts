/** The examples of docs/deploy, as far as they can be tried without a service manager or a container engine. */

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { freePort } from '../support/free-port.ts';
import { missing, runPeer } from '../support/peers.ts';
import { startServe } from '../support/serve-folder.ts';
import { ROOT, runCli } from '../support/spawn-cli.ts';
import { tempDir } from '../support/temp-dir.ts';

const deployFile = async (name: string): Promise<string> => await readFile(join(ROOT, 'docs/deploy', name), 'utf8');

/** What the group of a pattern takes; the text must have it. */
function captured(text: string, line: RegExp): string {
  const [, value] = line.exec(text) ?? [];
  assert.ok(value !== undefined, `${line} is there`);
  return value;
}

test('systemd finds no fault with the unit', { skip: missing('systemd-analyze') }, async (t) => {
  const folder = await tempDir(t);
  const unit = (await deployFile('wltool.service')).replace('/usr/bin/wltool', process.execPath);
  const file = join(folder, 'wltool.service');
  await writeFile(file, unit);
  const { code, stderr } = await runPeer('systemd-analyze', ['verify', '--man=no', file]);
  assert.equal(stderr, '');
  assert.equal(code, 0);
});

test('the unit starts serve with options from the file that docs/deployment.md shows', async (t) => {
  const command = captured(await deployFile('wltool.service'), /^ExecStart=(.*)$/m);
  const [program, ...args] = command.split(' ');
  assert.equal(program, '/usr/bin/wltool');
  assert.deepEqual(args, ['serve', '--config', '/etc/wltool/serve.json', '/srv/worklists']);
  const manual = await readFile(join(ROOT, 'docs/deployment.md'), 'utf8');
  const shown = JSON.parse(captured(manual, /`\/etc\/wltool\/serve\.json`:\n\n```json\n(.*?)```/s));
  const folder = await tempDir(t);
  const config = join(folder, 'serve.json');
  // The port of the example is for those who may take it.
  await writeFile(config, JSON.stringify({ ...shown, port: 0 }));
  const server = await startServe(t, ['--config', config, folder]);
  assert.equal((await server.stop()).code, 0);
});

test('the image runs serve on the port that it names, and its health check tells', async (t) => {
  const image = await deployFile('Containerfile');
  assert.deepEqual(JSON.parse(captured(image, /^ENTRYPOINT (.*)$/m)), ['wltool', 'serve']);
  const [folder] = JSON.parse(captured(image, /^CMD (.*)$/m));
  assert.equal(captured(image, /^VOLUME (.*)$/m), folder);
  const port = captured(image, /^EXPOSE (\d+)$/m);
  const [program, ...args] = JSON.parse(captured(image, /^HEALTHCHECK .*CMD (.*)$/m));
  assert.equal(program, 'node');
  const healthOf = (actualPort: number): number | null =>
    spawnSync(
      process.execPath,
      args.map((arg: string) => arg.replace(port, String(actualPort))),
    ).status;
  const server = await startServe(t, ['-p', '0', await tempDir(t)]);
  assert.equal(healthOf(server.port), 0);
  assert.notEqual(healthOf(await freePort()), 0);
  const { stdout } = await runCli(['serve', '--help']);
  assert.match(stdout, new RegExp(`default: ${port}`));
});
