/**
 * The line a diagnostic speaks of, with a caret under the place.
 */

import type { Diagnostic } from '../errors.ts';
import { displayWidth } from './display-width.ts';
import { visible } from './safe-text.ts';

/** Long lines are cut around the place. */
const MOST_COLUMNS = 160;
const BEFORE_PLACE = 60;

/** Two lines: the text, and the caret with the hint. */
export function excerpt(diagnostic: Pick<Diagnostic, 'line' | 'column' | 'length' | 'lineText' | 'hint'>): string {
  const number = String(diagnostic.line);
  const { before, marked, after } = cut(diagnostic);
  const carets = `^${'~'.repeat(Math.max(0, displayWidth(marked) - 1))}`;
  const hint = diagnostic.hint === undefined ? '' : ` ${visible(diagnostic.hint)}`;
  return [
    `  ${number} | ${before}${marked}${after}`.trimEnd(),
    `  ${' '.repeat(number.length)} | ${' '.repeat(displayWidth(before))}${carets}${hint}`,
  ].join('\n');
}

function cut({ column, length, lineText }: Pick<Diagnostic, 'column' | 'length' | 'lineText'>) {
  // Columns count decoded characters, which JavaScript stores in one or two units.
  const characters = Array.from(lineText);
  const from = Math.min(column - 1, characters.length);
  const to = Math.min(from + length, characters.length, from + MOST_COLUMNS - BEFORE_PLACE);
  const first = characters.length > MOST_COLUMNS ? Math.max(0, from - BEFORE_PLACE) : 0;
  const last = Math.min(characters.length, Math.max(to, first + MOST_COLUMNS));
  const show = (start: number, end: number) => expand(characters.slice(start, end).join(''));
  return {
    before: `${first > 0 ? '…' : ''}${show(first, from)}`,
    marked: show(from, to),
    after: `${show(to, last)}${last < characters.length ? '…' : ''}`,
  };
}

/** The one place that expands tabs: the caret stands right whatever the terminal's tab stops are. */
function expand(text: string): string {
  return visible(text.replaceAll('\t', '  '));
}
