/** The documents name nothing that is not there: options, links and their places. */

import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import test from 'node:test';
import { describeProgram } from '../../../src/commands/program.ts';
import { ROOT } from '../../support/spawn-cli.ts';

const PAGES = readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.md'))
  .map((name) => join('docs', name));

/** Where DCMTK's options are the subject. */
const OF_DCMTK = /^docs\/(from-dcmtk\.md|from-dcmtk\/)/;

const OPTIONS = new Set(
  describeProgram().commands.flatMap((command) => ['--help', ...command.options.map(({ long }) => long ?? '')]),
);
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
      assert.ok(OPTIONS.has(option), option);
    }
  });
}
