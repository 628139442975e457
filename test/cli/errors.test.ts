/** Every way to end: its exit status, and one report on stderr that says what to do. */

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import test from 'node:test';
import { freePort } from '../support/free-port.ts';
import { type CliOptions, runCli, startCli, WLTOOL } from '../support/spawn-cli.ts';
import { tempDir } from '../support/temp-dir.ts';

interface Ending {
  readonly args: readonly string[];
  readonly code: number;
  readonly stderr: RegExp;
  readonly options?: CliOptions;
}

const ENDINGS: Readonly<Record<string, Ending>> = {
  'no command': { args: [], code: 2, stderr: /^error: no command given\n\nUsage: wltool/ },
  'a misspelt command': { args: ['fnd'], code: 2, stderr: /unknown command 'fnd'\n {2}hint: did you mean find\?/ },
  'a misspelt option': {
    args: ['dump', '--shrt', 'x'],
    code: 2,
    stderr: /unknown option '--shrt'\n {2}hint: did you mean --short/,
  },
  'a misspelt DCMTK option': {
    args: ['find', '-acc', 'RIS', 'ris', '104'],
    code: 2,
    stderr: /unknown option -acc\n {2}hint: did you mean -aec\?/,
  },
  'an argument left out': { args: ['dump'], code: 2, stderr: /missing required argument 'file-or-folder'/ },
  'a value left out': { args: ['find', 'ris', '104', '--aec'], code: 2, stderr: /'--aec <title>' argument missing/ },
  'a value out of range': { args: ['serve', '--port', '70000', '.'], code: 2, stderr: /whole number from 0 to 65535/ },
  'a missing file': { args: ['dump', '/none/a.wl'], code: 3, stderr: /\/none\/a\.wl: no such file or folder/ },
  'a missing folder': { args: ['serve', '-p', '0', '/none'], code: 3, stderr: /\/none/ },
  'a port and no folder': {
    args: ['serve', '-v', '65000'],
    code: 3,
    stderr: /65000: no such file or folder\n {2}hint: a port comes behind the folder: wltool serve \. 65000/,
  },
  'a missing --config': { args: ['dump', '--config', '/none.json', 'x'], code: 3, stderr: /cannot read \/none\.json/ },
};

for (const [name, { args, code, stderr, options }] of Object.entries(ENDINGS)) {
  test(`${name} ends with ${code}: ${stderr.source}`, async () => {
    const result = await runCli(args, options);
    assert.equal(result.code, code, result.stderr);
    assert.match(result.stderr, stderr);
    assert.equal(result.stdout, '');
    assert.doesNotMatch(result.stderr, /\n {4}at /, 'no stack');
  });
}

test('nobody listens: exit 4, and the port is named', async () => {
  const port = await freePort();
  const { code, stderr } = await runCli(['echo', '127.0.0.1', String(port)]);
  assert.equal(code, 4, stderr);
  assert.match(stderr, new RegExp(`127\\.0\\.0\\.1:${port}`));
});

test('a port in use: exit 3, and it is named', async (scope) => {
  const folder = await tempDir(scope);
  const first = startCli(['serve', '-p', '0', '--host', '127.0.0.1', folder]);
  scope.after(() => first.stop());
  const [, port = ''] = await first.waitFor(/127\.0\.0\.1:(\d+)/);
  const { code, stderr } = await runCli(['serve', '-p', port, '--host', '127.0.0.1', folder]);
  assert.equal(code, 3, stderr);
  assert.match(stderr, new RegExp(port));
});

test('with --log-format json an error is one JSON object', async () => {
  for (const args of [['dump', '/none/a.wl'], ['dump', '--nonsense'], ['nonsense']]) {
    const { stderr } = await runCli([...args, '--log-format', 'json']);
    const [line = '', ...rest] = stderr.trimEnd().split('\n');
    assert.deepEqual(rest, []);
    const { level, message } = JSON.parse(line);
    assert.equal(level, 'error');
    assert.equal(typeof message, 'string');
  }
});

test('-q leaves errors', async () => {
  const { code, stderr } = await runCli(['dump', '-q', '/none/a.wl']);
  assert.equal(code, 3);
  assert.match(stderr, /no such file/);
});

test('options come from --config, and a wrong one is named', async (scope) => {
  const file = join(await tempDir(scope), 'wltool.json');
  await writeFile(file, JSON.stringify({ prot: 0 }));
  const { code, stderr } = await runCli(['serve', '--config', file, '.']);
  assert.equal(code, 2);
  assert.match(stderr, /"prot" is no option of this command\n {2}hint: did you mean "port"\?/);
});

/** Makes the reading of one file fail as no file system does. */
const SABOTAGE = `
  import fs from 'node:fs';
  import { syncBuiltinESMExports } from 'node:module';
  const { readFileSync } = fs;
  fs.readFileSync = (path, ...rest) => {
    if (path === '/sabotaged') throw new RangeError('sabotaged');
    return readFileSync(path, ...rest);
  };
  syncBuiltinESMExports();`;

test('an unforeseen throw is a bug: exit 70, the stack, and a request to report it', async () => {
  const { code, stdout, stderr } = await runCli(['dump', '--config', '/sabotaged', 'x'], {
    env: { NODE_OPTIONS: `--import "data:text/javascript,${encodeURIComponent(SABOTAGE)}"` },
  });
  assert.equal(code, 70, stderr);
  assert.equal(stdout, '');
  assert.match(stderr, /RangeError: sabotaged\n {4}at /);
  assert.match(stderr, /This is a bug in wltool\. Please report it/);
});

/** Runs wltool in a shell, for what only a shell can do with its streams; prints its exit status. */
async function inShell(script: string): Promise<{ stdout: string; stderr: string }> {
  const wltool = [process.execPath, ...WLTOOL].map((word) => `'${word}'`).join(' ');
  return await new Promise((resolve) => {
    execFile('bash', ['-c', `wltool() { ${wltool} "$@"; }; ${script}`], (_, stdout, stderr) =>
      resolve({ stdout, stderr }),
    );
  });
}

test('a closed pipe ends quietly', async () => {
  const running = startCli(['--help']);
  running.child.stdout?.destroy();
  const { code, stderr } = await running.finished;
  assert.deepEqual({ code, stderr }, { code: 0, stderr: '' });
});

test('a full disk behind stdout is file trouble', async () => {
  const { stdout, stderr } = await inShell('wltool --help > /dev/full; echo "$?"');
  assert.equal(stdout, '3\n');
  assert.match(stderr, /cannot write standard output: no space left/);
});

test('a closed stderr is nobody’s trouble', async () => {
  const { stdout } = await inShell('wltool nonsense 2>&-; echo "$?"');
  assert.equal(stdout, '2\n');
});

for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const) {
  test(`${signal} while it waits for a peer ends with ${code}`, async (scope) => {
    const peer = createServer((socket) => socket.on('error', () => undefined).resume()).listen(0, '127.0.0.1');
    scope.after(() => peer.close());
    await once(peer, 'listening');
    const address = peer.address();
    assert.ok(address !== null && typeof address === 'object');
    const running = startCli(['echo', '127.0.0.1', String(address.port)]);
    await once(peer, 'connection');
    const result = await running.stop(signal);
    assert.equal(result.code, code, result.stderr);
    assert.doesNotMatch(result.stderr, /bug/);
  });
}

test('a server that is told to stop has done its work', async (scope) => {
  const running = startCli(['serve', '-p', '0', '--host', '127.0.0.1', await tempDir(scope)]);
  await running.waitFor(/127\.0\.0\.1:\d+/);
  assert.equal((await running.stop('SIGTERM')).code, 0);
});

test('colour is for terminals, or for who asks', async () => {
  const plain = await runCli(['nonsense']);
  assert.doesNotMatch(plain.stderr, /\x1b/);
  const forced = await runCli(['nonsense'], { env: { FORCE_COLOR: '1' } });
  assert.match(forced.stderr, /\x1b\[/);
});
