/** README tells the truth: its commands run, and print what it says they print. */

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'node:test';
import { freePort } from '../support/free-port.ts';
import { missing, startPeer } from '../support/peers.ts';
import { ROOT, type RunningCli, startCli } from '../support/spawn-cli.ts';
import { shell, workplace } from '../support/workplace.ts';

const README_PORT = '4242';
const README = await readFile(join(ROOT, 'README.md'), 'utf8');

interface Block {
  readonly language: string;
  readonly text: string;
}

const BLOCKS: readonly Block[] = [...README.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(
  ([, language = '', text = '']) => ({ language, text }),
);

/** Starts `wltool serve …` as README has it, and waits until it listens. */
async function serve(scope: test.TestContext, command: string, folder: string, port: number): Promise<RunningCli> {
  const server = startCli(command.trim().split(' ').slice(1), { cwd: folder });
  scope.after(() => server.stop());
  await server.waitFor(new RegExp(`listening on .*:${port}`));
  return server;
}

test('the commands run one after the other and print what README says', async (scope) => {
  const place = await workplace(scope);
  const { folder } = place;
  const port = await freePort();
  let printed = '';
  for (const { language, text } of BLOCKS) {
    if (language === 'text') {
      if (printed !== '') assert.equal(printed, text);
    } else if (language === 'sh') {
      printed = '';
      for (const line of text.trimEnd().split('\n')) {
        const command = line.replace(README_PORT, String(port));
        if (command.startsWith('npm ')) await npmScriptsExist(command);
        else if (command.startsWith('wltool serve ')) await serve(scope, command, folder, port);
        else printed += await shell(command, place);
      }
    }
  }
});

async function npmScriptsExist(command: string): Promise<void> {
  const { scripts } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'));
  for (const [, run, name = ''] of command.replace(/#.*/, '').matchAll(/npm (run )?([a-z:]+)/g)) {
    if (run !== undefined || name === 'test') assert.ok(name in scripts, `npm run ${name}`);
    else assert.equal(name, 'ci');
  }
}

/** The rows of the walk-through: what DCMTK is told, and what wltool is told. */
const STEPS = [
  ...README.matchAll(/^\| ([^|]+) \| (`[^|]*?`|\([^|]*\)) +\| (`wltool [^|]*?`|`(?:mkdir|cp) [^|]*?`) +\|$/gm),
].map(([, step = '', dcmtk = '', ours = '']) => ({ step: step.trim(), dcmtk, ours: ours.slice(1, -1) }));

test('the walk-through has a row for each step', () => {
  assert.deepEqual(
    STEPS.map(({ step }) => step),
    [
      'text to worklist file',
      'back to text, to edit it',
      'and to a file again',
      'change one value',
      'a folder to serve',
      'fill it',
      'serve it',
      'query it',
    ],
  );
});

test('wltool goes through the walk-through', async (scope) => {
  const place = await workplace(scope);
  const { folder } = place;
  const port = await freePort();
  let answer = '';
  for (const { ours } of STEPS) {
    const command = ours.replace(README_PORT, String(port));
    if (command.startsWith('wltool serve ')) await serve(scope, `${command} --port ${port}`, folder, port);
    else answer = await shell(command, place);
  }
  assert.match(answer, /PN \[Hartley\^Rosamund\]/);
  assert.match(answer, /CS \[CT\]/);
});

const PEERS = missing('dump2dcm', 'dcmdump', 'wlmscpfs', 'findscu');

test('DCMTK goes through the walk-through too', { skip: PEERS }, async (scope) => {
  const place = await workplace(scope);
  const { folder } = place;
  const port = await freePort();
  let answer = '';
  for (const { dcmtk } of STEPS.filter(({ dcmtk }) => dcmtk.startsWith('`'))) {
    const command = dcmtk.slice(1, -1).replace(README_PORT, String(port));
    if (command.startsWith('wlmscpfs '))
      await startPeer(scope, 'wlmscpfs', command.split(' ').slice(1), { cwd: folder, port });
    // findscu prints its answers on stderr.
    else answer = await shell(`${command} 2>&1`, place);
  }
  assert.match(answer, /PN \[Hartley\^Rosamund\]/);
});

test('npm run demo shows the job and prints the match that README shows', async () => {
  const output = await shell('node --import tsx src/build/run-demo.ts', { folder: ROOT, env: process.env });
  assert.match(
    output,
    /\$ wltool dump2wl [\s\S]*\$ wltool serve [\s\S]*listening on [\s\S]*\$ wltool find -k Modality=CT/,
  );
  const match = BLOCKS.find(({ language }) => language === 'text')?.text ?? '';
  assert.ok(output.includes(match), output);
});

test('every link leads somewhere', () => {
  for (const [, target = ''] of README.matchAll(/\]\((?!https?:)([^)#]+)[^)]*\)/g)) {
    assert.ok(existsSync(join(ROOT, target)), target);
  }
});

test('README is short', () => {
  assert.ok(README.split('\n').length < 200);
});
