/** What the bench found, as a table for the terminal. */

import { type Figure, judge, median, type Unit } from './figure.ts';

const HEADINGS = ['work', 'side', 'median', 'range', 'aim', 'reached', ''];

/** Three digits that count. */
export function show(number: number): string {
  if (!Number.isFinite(number)) return '?';
  if (number >= 100) return Math.round(number).toLocaleString('en');
  return number.toPrecision(3);
}

function withUnit(number: number, unit: Unit): string {
  return `${show(number)} ${unit}`;
}

function rowsOf(figure: Figure): string[][] {
  const verdict = judge(figure);
  return [...figure.samples].map(([side, numbers], index) => {
    const first = index === 0;
    const range = numbers.length < 2 ? '' : `${show(Math.min(...numbers))} to ${show(Math.max(...numbers))}`;
    const cells = [first ? figure.work : '', side, withUnit(median(numbers), figure.unit), range];
    if (!first || verdict === undefined) return [...cells, '', '', ''];
    return [...cells, verdict.aim, show(verdict.reached), verdict.ok ? 'yes' : 'NO'];
  });
}

export function printTable(figures: readonly Figure[]): string {
  const rows = [HEADINGS, ...figures.flatMap(rowsOf)];
  const widths = HEADINGS.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return `${lines.join('\n')}\n`;
}
