/** Tables in columns of text, wide characters aligned. */

import { displayWidth } from './display-width.ts';

const GAP = '  ';
const ELLIPSIS = '…';
/** Columns are not made narrower than this to fit a screen. */
const LEAST_WIDTH = 6;
/** Text that can be guessed from its beginning gives way first, as far as this. */
const LEAST_TEXT_WIDTH = 8;

/** The width that each column needs. */
export function widthsOf(rows: readonly (readonly string[])[]): number[] {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, index) => {
      widths[index] = Math.max(widths[index] ?? 0, displayWidth(cell));
    });
  }
  return widths;
}

/**
 * Takes from the widest columns until the row fits, or all are as narrow as may be. Columns in `texts` give way before
 * the others: half a number or a date says nothing.
 */
export function fitWidths(
  widths: readonly number[],
  available: number,
  texts: readonly boolean[] = widths.map(() => true),
): number[] {
  const room = available - GAP.length * Math.max(0, widths.length - 1);
  const narrowed = narrow(widths, room, (index) => (texts[index] ? LEAST_TEXT_WIDTH : Number.POSITIVE_INFINITY));
  return narrow(narrowed, room, () => LEAST_WIDTH);
}

function narrow(widths: readonly number[], room: number, least: (index: number) => number): number[] {
  const fitted = [...widths];
  for (let excess = fitted.reduce((sum, width) => sum + width, 0) - room; excess > 0; excess -= 1) {
    const spare = fitted.map((width, index) => (width > least(index) ? width : 0));
    const widest = spare.indexOf(Math.max(...spare));
    if (spare[widest] === 0) break;
    fitted[widest] = (fitted[widest] ?? 0) - 1;
  }
  return fitted;
}

/** One line: each cell padded or cut to its width, the last one without padding. */
export function tableRow(cells: readonly string[], widths: readonly number[]): string {
  const padded = cells.map((cell, index) => {
    const width = widths[index] ?? 0;
    const text = cut(cell, width);
    return text + ' '.repeat(Math.max(0, width - displayWidth(text)));
  });
  return `${padded.join(GAP).trimEnd()}\n`;
}

function cut(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  let kept = '';
  let used = 0;
  for (const character of text) {
    used += displayWidth(character);
    if (used > width - 1) break;
    kept += character;
  }
  return kept + ELLIPSIS;
}
