/** Suggestions for a misspelt name. */

import { distance } from 'fastest-levenshtein';

/** The candidates most like the text, best first; none that differ in more than `limit` letters, about a third of it. */
export function nearest(
  text: string,
  candidates: readonly string[],
  count: number,
  limit = Math.max(2, Math.ceil(text.length / 3)),
): string[] {
  const wanted = text.toLowerCase();
  return candidates
    .filter((candidate) => Math.abs(candidate.length - text.length) <= limit)
    .map((candidate) => ({ candidate, edits: distance(wanted, candidate.toLowerCase()) }))
    .filter(({ edits }) => edits <= limit)
    .sort((a, b) => a.edits - b.edits)
    .slice(0, count)
    .map(({ candidate }) => candidate);
}
