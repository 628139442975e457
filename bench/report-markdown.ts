/** What the bench found, as the table of docs/performance.md. */

import { type Figure, judge, median, OURS } from './figure.ts';
import { show } from './report.ts';

function cells(row: string, figure: Figure): string {
  const { work, unit, samples, side = OURS } = figure;
  const verdict = judge(figure);
  const others = [...samples].filter(([name]) => name !== side);
  const number = (numbers: readonly number[]): string => `${show(median(numbers))} ${unit}`;
  const peers = others.map(([name, numbers]) => `${name}: ${number(numbers)}`).join('<br>');
  const reached = verdict === undefined ? '' : `${show(verdict.reached)} ${verdict.ok ? '' : '(missed)'}`.trim();
  return `| \`${row}\` | ${work} | ${number(samples.get(side) ?? [])} | ${peers} | ${verdict?.aim ?? ''} | ${reached} |`;
}

/** Rows of the bench by name, with their figures. */
export function printMarkdown(results: ReadonlyMap<string, readonly Figure[]>): string {
  const lines = [...results].flatMap(([row, figures]) => figures.map((figure) => cells(row, figure)));
  return [
    '| row | work | wltool | beside | aim | reached |',
    '| --- | --- | --- | --- | --- | --- |',
    ...lines,
    '',
  ].join('\n');
}
