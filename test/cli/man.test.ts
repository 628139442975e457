/** Man pages: made from what --help is made from, and good roff. */

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'node:test';
import { manPages } from '../../src/build/man-page.ts';
import { describeProgram } from '../../src/commands/program.ts';
import { missing, peerPath } from '../support/peers.ts';
import { ROOT, runCli } from '../support/spawn-cli.ts';
import { tempDir } from '../support/temp-dir.ts';

const PAGES = manPages(describeProgram(), '1.2.3');

/** The page as a terminal shows it, without bold and underline, and what man complains of. */
async function render(scope: test.TestContext, text: string): Promise<{ stdout: string; stderr: string }> {
  const file = join(await tempDir(scope), 'page.1');
  await writeFile(file, text);
  const env = { ...process.env, MANWIDTH: '100', LC_ALL: 'C.UTF-8', MANROFFOPT: '-c', MANPAGER: 'cat' };
  return await new Promise((resolve, reject) => {
    execFile(peerPath('man'), ['--warnings', '-l', file], { env }, (error, stdout, stderr) =>
      error === null ? resolve({ stdout: stdout.replace(/.\u0008/g, ''), stderr }) : reject(error),
    );
  });
}

for (const [name, text] of PAGES) {
  test(`${name} is rendered without a warning`, { skip: missing('man') }, async (scope) => {
    const { stdout, stderr } = await render(scope, text);
    assert.equal(stderr, '');
    for (const section of ['NAME', 'SYNOPSIS', 'DESCRIPTION', 'OPTIONS', 'EXIT STATUS', 'SEE ALSO']) {
      assert.match(stdout, new RegExp(`^${section}$`, 'm'), section);
    }
  });
}

for (const command of describeProgram().commands) {
  const name = command.name();
  test(`wltool-${name}.1 says what ${name} --help says`, { skip: missing('man') }, async (scope) => {
    const page = (await render(scope, PAGES.get(`wltool-${name}.1`) ?? '')).stdout.replace(/\s+/g, ' ');
    const { stdout: help } = await runCli([name, '--help']);
    for (const [, option = ''] of help.matchAll(/^ {2}((?:-\w, )?--[a-z0-9-]+)/gm)) {
      assert.ok(page.includes(option), option);
    }
    const examples = /\nExamples:\n([\s\S]*?)(\n\n|$)/.exec(help)?.[1] ?? '';
    for (const line of examples.split('\n')) {
      assert.ok(page.includes(line.trim().replace(/\s+/g, ' ')), line);
    }
  });
}

test('a dash can be copied, and a backslash is one', { skip: missing('man') }, async (scope) => {
  assert.match((await render(scope, PAGES.get('wltool-serve.1') ?? '')).stdout, /--for-caller/);
  assert.match(
    (await render(scope, PAGES.get('wltool-completion.1') ?? '')).stdout,
    /source <\(wltool completion bash\)/,
  );
});

test('package.json names every page', async () => {
  const { man } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'));
  assert.deepEqual([...man].sort(), [...PAGES.keys()].map((name) => `dist/man/${name}`).sort());
});
