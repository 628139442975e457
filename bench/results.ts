/** The bench's results as JSON: of each row the newest, in bench/results. */

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Figure, judge, median } from './figure.ts';
import type { Machine } from './machine.ts';
import { ROOT } from './wltool.ts';

const FOLDER = join(ROOT, 'bench/results');

function plain(figure: Figure) {
  const { work, unit, samples } = figure;
  const sides = [...samples].map(([side, numbers]) => ({ side, median: median(numbers), samples: numbers }));
  return { work, unit, sides, verdict: judge(figure) };
}

/** Writes the figures of one row; the path of the file. */
export function writeResults(name: string, figures: readonly Figure[], machine: Machine): string {
  mkdirSync(FOLDER, { recursive: true });
  const path = join(FOLDER, `${name}.json`);
  writeFileSync(path, `${JSON.stringify({ row: name, machine, figures: figures.map(plain) }, undefined, 2)}\n`);
  return path;
}
