import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'node:test';
import { Command, Option } from 'commander';
import { applyConfigFile } from '../../../src/commands/config-file.ts';
import { repeated, wholeNumber } from '../../../src/commands/option-values.ts';
import { FileError, UsageError } from '../../../src/errors.ts';
import { tempDir } from '../../support/temp-dir.ts';

/** The options that a command sees for this file and this command line. */
async function optionsFor(
  scope: test.TestContext,
  config: unknown,
  ...argv: string[]
): Promise<Record<string, unknown>> {
  const file = join(await tempDir(scope), 'wltool.json');
  await writeFile(file, typeof config === 'string' ? config : JSON.stringify(config));
  const command = new Command('serve')
    .exitOverride()
    .addOption(new Option('-p, --port <n>').default(4242).argParser(wholeNumber(0, 65535)))
    .addOption(new Option('--allow-aet <title>').argParser(repeated))
    .addOption(new Option('--layout <layout>').choices(['auto', 'flat', 'ae']).default('auto'))
    .option('--explain')
    .option('--no-meta')
    .option('--new-uids [which]')
    .option('-v, --verbose', '', (_, previous: number) => previous + 1, 0)
    .option('--config <file>')
    .parse(argv, { from: 'user' });
  applyConfigFile(command, file);
  return command.opts();
}

test('options come from the file by their long names', async (scope) => {
  const options = await optionsFor(scope, {
    port: 104,
    'allow-aet': ['CT1', 'MR1'],
    layout: 'flat',
    explain: true,
    'no-meta': true,
    'new-uids': 'missing',
  });
  assert.deepEqual(options, {
    port: 104,
    allowAet: ['CT1', 'MR1'],
    layout: 'flat',
    explain: true,
    meta: false,
    newUids: 'missing',
    verbose: 0,
  });
});

test('the command line wins', async (scope) => {
  const options = await optionsFor(
    scope,
    { port: 104, 'allow-aet': ['CT1'], layout: 'flat' },
    '-p',
    '11112',
    '--allow-aet',
    'US1',
  );
  assert.deepEqual([options['port'], options['allowAet'], options['layout']], [11112, ['US1'], 'flat']);
});

test('one value of a repeating option, a switch turned off, an optional value left out, a count', async (scope) => {
  const options = await optionsFor(scope, { 'allow-aet': 'CT1', explain: false, 'new-uids': true, verbose: 2 });
  assert.deepEqual(
    [options['allowAet'], options['explain'], options['newUids'], options['verbose']],
    [['CT1'], false, true, 2],
  );
});

test('an empty list, and the place of the schema', async (scope) => {
  const options = await optionsFor(scope, { $schema: './wltool.schema.json', 'allow-aet': [], verbose: true });
  assert.deepEqual([options['allowAet'], options['verbose'], options['$schema']], [[], 1, undefined]);
});

test('a byte order mark is skipped', async (scope) => {
  assert.equal((await optionsFor(scope, '\ufeff{"port": 1}'))['port'], 1);
});

const REFUSED: readonly (readonly [config: unknown, message: RegExp, hint?: RegExp])[] = [
  [{ prot: 104 }, /"prot" is no option of this command/, /did you mean "port"\?/],
  [{ zzzzzzzzzzzz: 1 }, /is no option of this command/, /without the dashes/],
  [{ config: 'x' }, /"config" is no option/],
  [{ port: 70000 }, /"port": It must be a whole number from 0 to 65535/],
  [{ port: [1, 2] }, /"port" must be one value, not a list/],
  [{ port: {} }, /"port" must be a number/],
  [{ port: true }, /"port" must be a number/],
  [{ port: '104' }, /"port" must be a number/],
  [{ 'allow-aet': [1] }, /"allow-aet" must be a text/],
  [{ verbose: -1 }, /"verbose" must be true, false or a number from 0 to 2/],
  [{ verbose: 1.5 }, /"verbose" must be true, false or a number from 0 to 2/],
  [{ explain: 'yes' }, /"explain" must be true or false/],
  [{ layout: 'round' }, /"layout": Allowed choices are auto, flat, ae/],
  ['[1]', /must hold one JSON object/],
  ['{', /is not JSON/],
];

for (const [config, message, hint] of REFUSED) {
  test(`${JSON.stringify(config)} is refused: ${message.source}`, async (scope) => {
    await assert.rejects(
      optionsFor(scope, config),
      (error) =>
        error instanceof UsageError &&
        message.test(error.message) &&
        (hint === undefined || hint.test(error.hint ?? '')),
    );
  });
}

test('a missing file is file trouble', () => {
  assert.throws(() => applyConfigFile(new Command(), '/none/wltool.json'), FileError);
});
