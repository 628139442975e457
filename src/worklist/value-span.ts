/**
 * Where, in the order of stored values as they are compared, all values lie that a key accepts. A span may hold others
 * too: it tells an index where to look, and the key's test decides.
 */

import type { DateKey } from './match-moment.ts';

export type ValueSpan =
  | { readonly kind: 'equal'; readonly value: string }
  /** The values that begin so. */
  | { readonly kind: 'prefix'; readonly prefix: string }
  /** First and last value included. */
  | { readonly kind: 'range'; readonly first: string; readonly last: string };

const FIRST_WILDCARD = /[*?]/;

/** Of a pattern as it is compared; undefined where it begins with a wild card. */
export function spanOfPattern(pattern: string): ValueSpan | undefined {
  const wildcard = pattern.search(FIRST_WILDCARD);
  if (wildcard === -1) return { kind: 'equal', value: pattern };
  return wildcard === 0 ? undefined : { kind: 'prefix', prefix: pattern.slice(0, wildcard) };
}

/**
 * Of a name as it is compared, among the component groups of stored names. The first group decides: what fits it stands
 * first in the stored name, or is its only group.
 */
export function spanOfName([first = '']: readonly string[]): ValueSpan | undefined {
  const span = first === '' ? undefined : spanOfPattern(first);
  if (span?.kind !== 'prefix') return span;
  // "DOE^*" fits the name "DOE", too.
  const prefix = span.prefix.replace(/\^+$/, '');
  return prefix === '' ? undefined : { kind: 'prefix', prefix };
}

/** A date as the indexed text of it: dates in order are texts in order. */
export function dateText(day: number): string {
  return String(day).padStart(8, '0');
}

export function spanOfDate(key: DateKey): ValueSpan {
  if (key.kind === 'single') return { kind: 'equal', value: dateText(key.value) };
  return { kind: 'range', first: dateText(key.from ?? 0), last: dateText(key.to ?? 99_999_999) };
}

/** All of them, or undefined where one is: a key of several values accepts what one of them accepts. */
export function allSpans(spans: ReadonlyArray<ValueSpan | undefined>): readonly ValueSpan[] | undefined {
  return spans.every((span) => span !== undefined) ? spans : undefined;
}
