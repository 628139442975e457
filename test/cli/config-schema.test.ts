/** The schema of --config takes what the commands take, and nothing else. */

import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'node:test';
import { Ajv } from 'ajv';
import { configSchema } from '../../src/build/config-schema.ts';
import { applyConfigFile, configurableOptions } from '../../src/commands/config-file.ts';
import { describeProgram } from '../../src/commands/program.ts';
import { UsageError } from '../../src/errors.ts';
import { ROOT, runCli } from '../support/spawn-cli.ts';
import { tempDir } from '../support/temp-dir.ts';

const PUBLISHED = join(ROOT, 'docs/deploy/wltool.schema.json');
const schema = configSchema(describeProgram());
const ajv = new Ajv({ strict: true, allowUnionTypes: true });
ajv.addSchema(schema, 'wltool');

function schemaTakes(command: string, config: unknown): boolean {
  const validate = ajv.getSchema(`wltool#/definitions/${command}`);
  assert.ok(validate, command);
  return validate(config) === true;
}

/** Whether the command takes the options of this file. */
async function commandTakes(file: string, command: string, config: unknown): Promise<boolean> {
  await writeFile(file, JSON.stringify(config));
  const declared = describeProgram().commands.find((each) => each.name() === command);
  assert.ok(declared);
  try {
    applyConfigFile(declared, file);
    return true;
  } catch (error) {
    assert.ok(error instanceof UsageError, String(error));
    return false;
  }
}

/** Something of every kind, and of every bound. */
const VALUES: readonly unknown[] = [
  true,
  false,
  null,
  {},
  [],
  ['a'],
  ['CT1', 'MR1'],
  [1],
  ['a', 1],
  '',
  'x',
  '4242',
  'today-1',
  'SIXTEEN_LETTERS_',
  'SEVENTEEN_LETTERS',
  ' padded ',
  'back\\slash',
  'bäh',
  -1,
  0,
  0.0001,
  0.5,
  1,
  2,
  3,
  9,
  10,
  4095,
  4096,
  16384,
  65535,
  65536,
  86_400,
  86_401,
  131_072,
  131_073,
  1_000_000,
  1_000_001,
  2 ** 31,
  2 ** 31 + 1,
  1e21,
];

for (const command of describeProgram().commands) {
  const name = command.name();
  test(`${name}: the schema takes exactly what the command takes`, async (scope) => {
    const file = join(await tempDir(scope), 'wltool.json');
    for (const [option, declared] of configurableOptions(command)) {
      let taken = 0;
      for (const value of [...VALUES, ...(declared.argChoices ?? [])]) {
        const config = { [option]: value };
        const isTaken = await commandTakes(file, name, config);
        assert.equal(schemaTakes(name, config), isTaken, `${name}: ${JSON.stringify(config)}`);
        taken += Number(isTaken);
      }
      assert.ok(taken > 0, `no value was right for ${option}`);
    }
    for (const config of [{ 'no-such-option': true }, { config: 'x' }, { help: true }, []]) {
      assert.equal(schemaTakes(name, config), false);
      assert.equal(await commandTakes(file, name, config), false);
    }
    assert.ok(schemaTakes(name, { $schema: './wltool.schema.json' }));
  });

  test(`${name}: every long option of --help is in the schema`, async () => {
    const { stdout } = await runCli([name, '--help']);
    const longs = [...stdout.matchAll(/^ {2}(?:-\w, )?--([a-z0-9-]+)/gm)].map(([, long = '']) => long);
    const known = configurableOptions(command);
    const missed = longs.filter((long) => !known.has(long) && long !== 'config' && long !== 'help');
    assert.deepEqual(missed, []);
  });
}

test('the published schema is that of the commands', async () => {
  const text = `${JSON.stringify(schema, undefined, 2)}\n`;
  if (process.env['UPDATE_GOLDEN'] === '1') await writeFile(PUBLISHED, text);
  assert.equal(text, await readFile(PUBLISHED, 'utf8'), 'UPDATE_GOLDEN=1 writes it anew');
});

test('the configuration in docs/deployment.md is valid', async () => {
  const text = await readFile(join(ROOT, 'docs/deployment.md'), 'utf8');
  const [, example = ''] = /```json\n([\s\S]*?)```/.exec(text) ?? [];
  assert.ok(schemaTakes('serve', JSON.parse(example)));
});
