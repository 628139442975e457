/** The documents name nothing that is not there: options, links and their places. */

import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import test from 'node:test';
import { COMMANDS } from '../../../src/commands/command-list.ts';
import { describeProgram } from '../../../src/commands/program.ts';
import { ROOT } from '../../support/spawn-cli.ts';

const PAGES = readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.md'))
  .map((name) => join('docs', name))
  .concat('README.md');

/** Where DCMTK's options are the subject. */
const OF_DCMTK = /^docs\/(from-dcmtk\.md|from-dcmtk\/)/;

/** What --help lists; options that are only there for scripts of DCMTK's tools are not to be recommended. */
const OPTIONS: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  describeProgram().commands.map((command) => {
    const shown = command.createHelp().visibleOptions(command);
    return [command.name(), new Set(shown.flatMap(({ short, long }) => [short ?? '', long ?? '']))];
  }),
);

/** All that a page may speak of, wltool's own and what a page that compares the two says of DCMTK's. */
const KNOWN: ReadonlySet<string> = new Set([
  '--version',
  ...[...OPTIONS.values()].flatMap((options) => [...options]),
  ...Object.values(COMMANDS).flatMap(({ dcmtk }) => Object.keys(dcmtk?.options ?? {})),
]);

/** Spellings of the tool whose place a command takes; the long ones are for the pages about them. */
function isDcmtkSpelling(name: string, option: string): boolean {
  return !option.startsWith('--') && Object.hasOwn(COMMANDS[name]?.dcmtk?.options ?? {}, option);
}

/** Calls of a command in shell blocks and in running text: "wltool serve --port 1", "serve --explain". */
function callsIn(text: string): readonly (readonly [name: string, words: string])[] {
  const inline = [...withoutBlocks(text).matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);
  const blocks = [...text.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, block = '']) => block.replaceAll('\\\n', ' '));
  const command = [...OPTIONS.keys()].join('|');
  const call = (start: string) => new RegExp(`${start}(${command}) ([^|&;#)\\n]*)`, 'gm');
  return [
    ...inline.flatMap((code) => [...code.matchAll(call('^(?:wltool )?'))]),
    ...blocks.flatMap((block) => [...block.matchAll(call('\\bwltool '))]),
  ].map(([, name = '', words = '']) => [name, words.replace(/"[^"]*"|'[^']*'/g, '')]);
}

function withoutBlocks(text: string): string {
  return text.replace(/^```[\s\S]*?^```$/gm, '');
}

/** As GitHub makes it from a heading. */
function anchor(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s/g, '-');
}

for (const page of PAGES) {
  const text = readFileSync(join(ROOT, page), 'utf8');

  test(`${page}: links lead somewhere`, () => {
    for (const [, target = ''] of withoutBlocks(text).matchAll(/\]\((?!https?:)([^)\s]+)\)/g)) {
      const [path = '', place] = target.split('#');
      const file = path === '' ? join(ROOT, page) : join(ROOT, dirname(page), path);
      assert.ok(existsSync(file), target);
      if (place === undefined || !file.endsWith('.md')) continue;
      const headings = [...readFileSync(file, 'utf8').matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
        anchor(heading),
      );
      assert.ok(headings.includes(place), `${target}: ${headings.join(', ')}`);
    }
  });

  test(`${page}: each command has the options that it is given`, () => {
    for (const [name, words] of callsIn(text)) {
      for (const [option = ''] of words.matchAll(/(?<=^|\s)--?[a-zA-Z][\w-]*/g)) {
        assert.ok(OPTIONS.get(name)?.has(option) || isDcmtkSpelling(name, option), `${name} ${option}: ${words}`);
      }
    }
  });

  if (OF_DCMTK.test(page)) continue;
  test(`${page}: options exist`, () => {
    const code = [...withoutBlocks(text).matchAll(/`([^`]+)`/g)].map(([, inline = '']) => inline);
    const blocks = [...text.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, block = '']) => block);
    const wltool =
      blocks
        .join('\n')
        .replaceAll('\\\n', ' ')
        .match(/\bwltool [^|&\n]*/g) ?? [];
    for (const [option = ''] of [...code, ...wltool].join('\n').matchAll(/(?<![\w-])--[a-z][a-z0-9-]*/g)) {
      assert.ok(KNOWN.has(option), option);
    }
  });
}
