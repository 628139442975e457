/** The bench's results as JSON: of each row the newest, in bench/results. */

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Aim, type Figure, judge, median, type Unit } from './figure.ts';
import type { Machine } from './machine.ts';
import { printMarkdown } from './report-markdown.ts';
import { ROOT } from './wltool.ts';

const FOLDER = join(ROOT, 'bench/results');

/** A figure as it is written. */
interface PlainFigure {
  readonly work: string;
  readonly unit: Unit;
  readonly sides: readonly { readonly side: string; readonly median: number; readonly samples: readonly number[] }[];
  readonly aim?: Aim | undefined;
  readonly verdict: ReturnType<typeof judge>;
}

function plain(figure: Figure): PlainFigure {
  const { work, unit, samples, aim } = figure;
  const sides = [...samples].map(([side, numbers]) => ({ side, median: median(numbers), samples: numbers }));
  return { work, unit, sides, aim, verdict: judge(figure) };
}

function readFigures(name: string): readonly Figure[] {
  const { figures } = JSON.parse(readFileSync(pathOf(name), 'utf8')) as { figures: readonly PlainFigure[] };
  return figures.map(({ work, unit, sides, aim }) => ({
    work,
    unit,
    samples: new Map(sides.map(({ side, samples }) => [side, samples])),
    ...(aim && { aim }),
  }));
}

function pathOf(name: string): string {
  return join(FOLDER, `${name}.json`);
}

/** Writes the figures of one row; the path of the file. */
export function writeResults(name: string, figures: readonly Figure[], machine: Machine): string {
  mkdirSync(FOLDER, { recursive: true });
  const path = pathOf(name);
  writeFileSync(path, `${JSON.stringify({ row: name, machine, figures: figures.map(plain) }, undefined, 2)}\n`);
  return path;
}

/** Writes the newest figures of these rows, as far as there are any, as one table. */
export function writeTable(names: readonly string[]): void {
  const known = names.filter((name) => existsSync(pathOf(name)));
  writeFileSync(join(FOLDER, 'table.md'), printMarkdown(new Map(known.map((name) => [name, readFigures(name)]))));
}
