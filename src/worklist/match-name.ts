/**
 * Person names (PS3.5 6.2 PN, PS3.4 C.2.2.2.1.1): case does not count, nor do blanks around components, nor empty
 * components and groups at the end. A key fits the whole name or one of its component groups.
 */

import { trimPadding } from '../dicom/trim-padding.ts';
import { composed } from './comparable-text.ts';
import { compileWildcard, hasWildcard, isUniversal, type TextTest } from './match-wildcard.ts';

/** Diacritical marks of Latin, Greek and Cyrillic; not the voicing marks of kana. */
const ACCENTS = /[\u0300-\u036f]/g;
const UPPER_OR_FOREIGN = /[^\0-@[-\x7f]/;

/** Latin letters with a stroke and the like, which Unicode does not decompose. */
const STROKES: ReadonlyMap<string, string> = new Map(
  Object.entries({ ø: 'o', ł: 'l', đ: 'd', ð: 'd', ħ: 'h', ŧ: 't', ı: 'i', ŋ: 'n', ɓ: 'b', ɗ: 'd', ƙ: 'k' }),
);

/** Case folding that keeps the number of characters, so that "?" stands for one character of the name as written. */
function foldCharacter(character: string): string {
  const upper = character.toUpperCase();
  const folded = (upper.length === character.length ? upper : character).toLowerCase();
  return folded.length === character.length ? folded : character;
}

function foldCase(text: string): string {
  if (!UPPER_OR_FOREIGN.test(text)) return text;
  return Array.from(text, foldCharacter).join('');
}

function withoutAccents(text: string): string {
  const bare = text.normalize('NFD').replace(ACCENTS, '').normalize('NFC');
  return Array.from(bare, (character) => STROKES.get(character) ?? character).join('');
}

function comparableGroup(group: string): string {
  const components = group.split('^').map(trimPadding);
  while (components.length > 0 && components.at(-1) === '') components.pop();
  return components.join('^');
}

/** A name as it is compared: its component groups, without empty ones at the end. */
export function comparableName(name: string, fuzzy: boolean): readonly string[] {
  const folded = foldCase(composed(name));
  const groups = (fuzzy ? foldCase(withoutAccents(folded)) : folded).split('=').map(comparableGroup);
  while (groups.length > 0 && groups.at(-1) === '') groups.pop();
  return groups;
}

function countCarets(text: string): number {
  return text.split('^').length - 1;
}

/** "DOE" is the name "DOE^^^" too, so the pattern "DOE^*" fits it: carets that the pattern has are supplied. */
function compileGroup(pattern: string): TextTest {
  const test = compileWildcard(pattern);
  if (!hasWildcard(pattern)) return test;
  const carets = countCarets(pattern);
  return (group) => {
    if (test(group)) return true;
    const missing = carets - countCarets(group);
    return missing > 0 && group !== '' && test(group + '^'.repeat(missing));
  };
}

/** Tests the groups of a stored name. */
export type NameTest = (groups: readonly string[]) => boolean;

/**
 * Compiles a comparable name of a key. One group is sought among all stored groups; several are compared each with the
 * group in its place, where an empty one asks for nothing; a pattern may also cover the whole value, "=" included.
 */
export function compileName(groups: readonly string[]): NameTest {
  const tests = groups.map((group) => (group === '' ? undefined : compileGroup(group)));
  const whole = groups.join('=');
  const wholeTest = hasWildcard(whole) ? compileWildcard(whole) : undefined;
  const single = tests.length === 1 ? tests[0] : undefined;
  return (stored) => {
    if (stored.length === 0) return false;
    if (wholeTest?.(stored.join('='))) return true;
    if (single !== undefined) return stored.some((group) => group !== '' && single(group));
    return tests.every(
      (test, index) => test === undefined || ((stored[index] ?? '') !== '' && test(stored[index] as string)),
    );
  };
}

/** True for a name that asks for nothing: "*", also with empty components behind it. */
export function isUniversalName(groups: readonly string[]): boolean {
  return groups.length === 1 && isUniversal(groups[0] as string);
}
