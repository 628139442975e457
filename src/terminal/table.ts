/** Tables in columns of text, wide characters aligned. */

import { displayWidth } from './display-width.ts';

const GAP = '  ';
const ELLIPSIS = '…';
/** Columns are not made narrower than this to fit a screen. */
const LEAST_WIDTH = 6;

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

/** Takes from the widest columns until the row fits, or all are as narrow as may be. */
export function fitWidths(widths: readonly number[], available: number): number[] {
  const fitted = [...widths];
  const room = available - GAP.length * Math.max(0, widths.length - 1);
  for (let excess = fitted.reduce((sum, width) => sum + width, 0) - room; excess > 0; excess -= 1) {
    const widest = fitted.indexOf(Math.max(...fitted));
    if ((fitted[widest] ?? 0) <= LEAST_WIDTH) break;
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
