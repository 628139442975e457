/** docs/from-dcmtk.md names every option of DCMTK's tools, and each becomes what the page says. */

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'node:test';
import type { Command } from 'commander';
import { COMMANDS } from '../../src/commands/command-list.ts';
import { translateDcmtkOptions } from '../../src/commands/dcmtk-options.ts';
import { describeProgram } from '../../src/commands/program.ts';
import { UsageError } from '../../src/errors.ts';
import { missing, type PeerName, runPeer } from '../support/peers.ts';
import { ROOT } from '../support/spawn-cli.ts';

const PAGE = await readFile(join(ROOT, 'docs/from-dcmtk.md'), 'utf8');

const TOOLS = [
  ['wlmscpfs', 'serve'],
  ['dump2dcm', 'dump2wl'],
  ['dcmdump', 'dump'],
  ['findscu', 'find'],
] as const satisfies readonly (readonly [tool: PeerName, command: string])[];

interface Row {
  /** As one would type it, with its values. */
  readonly spelling: string;
  readonly becomes: string;
  readonly note: string;
}

function rowsOf(tool: string): readonly Row[] {
  const [, section = ''] = new RegExp(`\\n## ${tool}\\n([\\s\\S]*?)(?=\\n##+ )`).exec(PAGE) ?? [];
  return [...section.matchAll(/^\| (`.*?) \| (.*?) \| ?(.*?) ?\|$/gm)]
    .slice(1)
    .flatMap(([, spellings = '', becomes = '', note = '']) =>
      [...spellings.matchAll(/`([^`]+)`/g)].map(([, spelling = '']) => ({ spelling, becomes, note })),
    );
}

/** Words of a shell, as far as this page needs them. */
function words(text: string): readonly string[] {
  return [...text.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
}

function commandOf(name: string): Command {
  const command = describeProgram().commands.find((each) => each.name() === name);
  assert.ok(command);
  return command;
}

for (const [tool, name] of TOOLS) {
  const table = COMMANDS[name]?.dcmtk;
  const command = commandOf(name);
  const translate = (spelling: string) => {
    assert.ok(table);
    return translateDcmtkOptions(words(spelling), command, table);
  };

  for (const { spelling, becomes, note } of rowsOf(tool)) {
    test(`${tool} ${spelling}: ${becomes}`, () => {
      if (becomes === 'refused') {
        assert.throws(
          () => translate(spelling),
          (error) =>
            error instanceof UsageError && note.startsWith(error.message.replace(/^.* is not supported: /, '')),
        );
        return;
      }
      const { argv, warnings } = translate(spelling);
      const got = argv.filter((word) => word !== '--');
      if (becomes === 'ignored') {
        const [warning = ''] = warnings;
        const [, reason = ''] = /: ignored(?:; )?(.*)$/.exec(warning) ?? [];
        assert.ok(warning.includes('ignored') && note.startsWith(reason), `${warning} | ${note}`);
        assert.deepEqual(got, []);
        return;
      }
      assert.deepEqual(warnings, []);
      if (becomes === 'what it does anyway') assert.deepEqual(got, []);
      else if (becomes === 'the same') assert.deepEqual(got, words(spelling));
      else assert.deepEqual(got, words(becomes.replace(/^`(.*)`$/, '$1')));
      takenByCommander(commandOf(name), got);
    });
  }

  test(`the page names every option of ${tool} --help`, { skip: missing(tool) }, async () => {
    const { stdout } = await runPeer(tool, ['--help']);
    const listed = new Set(rowsOf(tool).map(({ spelling }) => spelling.split(' ')[0]));
    const options = [...stdout.toString().matchAll(/^\s{2,}(?:([-+]\S+)\s+)?(--[a-z0-9-]+)/gm)].flatMap(
      ([, short, long]) => [short, long].filter((option) => option !== undefined),
    );
    assert.ok(options.length > 40, `${options.length} options`);
    // Its name is wltool's own for something better, as the row of -X says.
    const missed = options.filter((option) => !listed.has(option) && !(tool === 'findscu' && option === '--extract'));
    assert.deepEqual(missed, []);
  });
}

/** Each option that a spelling becomes is one of the command's, with a value exactly if it needs one. */
function takenByCommander(command: Command, argv: readonly string[]): void {
  const rest = [...argv];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (!word.startsWith('-')) continue;
    const [flag, value] = word.split('=');
    if (['-h', '--help', '--version'].includes(word)) continue;
    const option = command.options.find(({ short, long }) => flag === short || flag === long);
    assert.ok(option, `${command.name()} has no ${flag}`);
    if (option.required && value === undefined) assert.notEqual(rest.shift(), undefined, flag);
  }
}

/** The second of each is DCMTK's default, and takes the first one back. */
const TAKEN_BACK = [
  ['serve', '-cs1', '-csk'],
  ['serve', '-efr', '-dfr'],
  ['dump', '+uc', '-uc'],
  ['dump', '-dc', '+dc'],
  ['dump', '-ml', '+ml'],
  ['dump', '-te', '-t='],
  ['dump', '+T', '-T'],
  ['dump2wl', '+te', '+t='],
  ['dump2wl', '-F', '+F'],
  ['find', '-ic', '-rc'],
  ['echo', '-ic', '-rc'],
] as const;

for (const [name, first, second] of TAKEN_BACK) {
  test(`${name} ${first} ${second}: the last one counts`, () => {
    const optionsOf = (...argv: string[]): Readonly<Record<string, unknown>> => {
      const command = commandOf(name);
      const table = COMMANDS[name]?.dcmtk;
      assert.ok(table);
      command.parseOptions([...translateDcmtkOptions(argv, command, table).argv]);
      return Object.fromEntries(Object.entries(command.opts()).filter(([, value]) => value !== false));
    };
    assert.deepEqual(optionsOf(first, second), optionsOf());
    assert.notDeepEqual(optionsOf(second, first), optionsOf());
  });
}

test('every row is read', () => {
  const rows = PAGE.split('\n').filter((line) => /^\| `[-+]/.test(line)).length;
  const read = TOOLS.map(
    ([tool]) => new Set(rowsOf(tool).map(({ becomes, note, spelling }) => spelling + becomes + note)).size,
  );
  assert.ok(rows > 180, `${rows} rows`);
  assert.ok(read.reduce((sum, size) => sum + size, 0) >= rows, read.join(', '));
});
