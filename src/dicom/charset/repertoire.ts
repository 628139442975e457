/** Reads Specific Character Set (0008,0005), PS3.3 C.12.1.1.2: its terms, and what is wrong with them. */

import { trimPadding } from '../trim-padding.ts';
import type { CodedSet } from './coded-set.ts';
import { ASCII, SETS_OF_TERM } from './coded-sets.ts';

/** One- and two-byte sets, switched by escape sequences when there are several (PS3.5 6.1.2.5). */
export interface Iso2022Repertoire {
  readonly scheme: 'iso2022';
  /** The initial state: the sets of value 1. */
  readonly g0: CodedSet;
  readonly g1: CodedSet | undefined;
  /** Every declared set, those of value 1 first; encoding takes the first that has the character. */
  readonly sets: readonly CodedSet[];
  /** What bytes above 7f are read as when value 1 has no such set and nothing was designated. */
  readonly assumedG1: CodedSet | undefined;
}

/** Encodings of all of Unicode, without escape sequences (GBK: of a part of it). */
export interface StandAloneRepertoire {
  readonly scheme: 'utf-8' | 'gb18030' | 'gbk';
}

export type Repertoire = Iso2022Repertoire | StandAloneRepertoire;

export interface CharsetReading {
  readonly repertoire: Repertoire;
  /** Every term was recognised, if need be in spite of its spelling. */
  readonly known: boolean;
  readonly problems: readonly string[];
}

type Term =
  | { readonly kind: 'set'; readonly number: number }
  | { readonly kind: 'alone'; readonly scheme: StandAloneRepertoire['scheme']; readonly name: string }
  | { readonly kind: 'empty' }
  | { readonly kind: 'unknown' };

const UTF_8_NUMBER = 192;
/** Character sets come from files and peers, so what is remembered of them is bounded. */
const CACHE_LIMIT = 256;
/** All terms that there are take 300 characters; a longer text is none that was meant, and is not read at all. */
const LONGEST = 1024;
const UNREADABLE: CharsetReading = {
  repertoire: repertoireOf([{ kind: 'empty' }]),
  known: false,
  problems: [`more than ${LONGEST} characters are no list of character sets`],
};
const cache = new Map<string, CharsetReading>();

/** What the text of (0008,0005) declares; the same text gives the same object. */
export function readCharset(charset: string): CharsetReading {
  if (charset.length > LONGEST) return UNREADABLE;
  const cached = cache.get(charset);
  if (cached !== undefined) return cached;
  const reading = parse(charset);
  if (cache.size >= CACHE_LIMIT) cache.clear();
  cache.set(charset, reading);
  return reading;
}

function parse(charset: string): CharsetReading {
  const spellings = charset.split('\\').map(trimPadding);
  const terms = spellings.map(readTerm);
  return {
    repertoire: repertoireOf(terms),
    known: terms.every((term) => term.kind !== 'unknown'),
    problems: [
      ...spellings.flatMap((spelling, index) => termProblem(spelling, terms, index) ?? []),
      ...combinationProblems(terms),
    ],
  };
}

/** Reads a term in the spellings that are met: any case, and `_`, `-` or nothing where the standard has a blank. */
function readTerm(spelling: string): Term {
  if (spelling === '') return { kind: 'empty' };
  if (/^GBK$/i.test(spelling)) return { kind: 'alone', scheme: 'gbk', name: 'GBK' };
  if (/^GB[ _-]?18030$/i.test(spelling)) return { kind: 'alone', scheme: 'gb18030', name: 'GB18030' };
  const number = Number(/^ISO[ _-]?(?:2022[ _-]?)?IR[ _-]?(\d{1,3})$/i.exec(spelling)?.[1]);
  if (number === UTF_8_NUMBER) return { kind: 'alone', scheme: 'utf-8', name: 'ISO_IR 192' };
  return SETS_OF_TERM.has(number) ? { kind: 'set', number } : { kind: 'unknown' };
}

function repertoireOf(terms: readonly Term[]): Repertoire {
  // A set that may not be combined is believed when it comes first: writers that add terms to it mean it.
  const leading = terms.find((term) => term.kind === 'alone' || (term.kind === 'set' && term.number !== 6));
  if (leading?.kind === 'alone') return { scheme: leading.scheme };

  const declared = terms.map((term) => (term.kind === 'set' ? SETS_OF_TERM.get(term.number) : undefined));
  // Two-byte sets cannot be the initial state; where one comes first, it is used as if value 1 were empty.
  const g0 = oneByte(declared[0]?.g0) ?? ASCII;
  const g1 = oneByte(declared[0]?.g1);
  const sets = [g0, g1, ...declared.flatMap((pair) => [pair?.g0, pair?.g1])].filter((set) => set !== undefined);
  return {
    scheme: 'iso2022',
    g0,
    g1,
    sets: [...new Set(sets)],
    assumedG1: sets.find((set) => set.element === 'G1'),
  };
}

function oneByte(set: CodedSet | undefined): CodedSet | undefined {
  return set?.width === 1 ? set : undefined;
}

function termProblem(spelling: string, terms: readonly Term[], index: number): string | undefined {
  const term = terms[index];
  const isOnly = terms.length === 1;
  switch (term?.kind) {
    case undefined:
      return undefined;
    case 'empty':
      return index === 0 ? undefined : `value ${index + 1} is empty`;
    case 'unknown':
      return `"${spelling}" is no defined term`;
    case 'alone':
      return spelling === term.name ? undefined : `"${spelling}" should be "${term.name}"`;
    case 'set': {
      if (isOnly && term.number === 6) return `"${spelling}" is the default: leave the value empty`;
      const name = isOnly && !isTwoByte(term) ? `ISO_IR ${term.number}` : `ISO 2022 IR ${term.number}`;
      if (spelling === name) return undefined;
      return `"${spelling}" should be "${name}"${isOnly ? '' : ' among several values'}`;
    }
    default:
      return term satisfies never;
  }
}

function combinationProblems(terms: readonly Term[]): string[] {
  const problems: string[] = [];
  const alone = terms.find((term) => term.kind === 'alone');
  if (alone?.kind === 'alone' && terms.length > 1) problems.push(`"${alone.name}" must be the only value`);
  const first = terms[0];
  if (first?.kind === 'set' && isTwoByte(first)) {
    problems.push(`"ISO 2022 IR ${first.number}" cannot be the first value: put an empty one before it`);
  }
  const numbers = terms.flatMap((term) => (term.kind === 'set' ? [term.number] : []));
  for (const number of new Set(numbers.filter((each, index) => numbers.indexOf(each) !== index))) {
    problems.push(`"ISO 2022 IR ${number}" is given twice`);
  }
  return problems;
}

function isTwoByte(term: { readonly number: number }): boolean {
  const sets = SETS_OF_TERM.get(term.number);
  return sets?.g0?.width === 2 || sets?.g1?.width === 2;
}
