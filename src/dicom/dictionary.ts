/** The data dictionary (PS3.6): tag to VR, VM and keyword, and back. */

import { dcmtkKeyword, REPLACED_ENTRIES, RETIRED_PREFIX } from './dictionary-overlay.ts';
import { RANGES, STANDARD } from './dictionary-table.gen.ts';
import { nearest } from './nearest.ts';
import { lookupPrivate } from './private-dictionary.ts';
import { elementOf, groupOf, isPrivate, isPrivateCreator, type Tag } from './tag.ts';
import type { ElementVr } from './vr.ts';

export interface DictionaryEntry {
  readonly tag: Tag;
  readonly vr: ElementVr;
  /** As in PS3.6: "1", "2-n". */
  readonly vm: string;
  /** In DCMTK's spelling: retired attributes begin with RETIRED_. */
  readonly keyword: string;
}

interface RangeEntry {
  readonly groups: readonly [from: number, to: number];
  readonly elements: readonly [from: number, to: number];
  readonly entry: Omit<DictionaryEntry, 'tag'>;
}

const known = new Map<Tag, DictionaryEntry>();
let replaced: Map<Tag, DictionaryEntry> | undefined;
let ranges: RangeEntry[] | undefined;
let byKeyword: Map<string, Tag> | undefined;

function makeEntry(tag: Tag, vr: string, vm: string, keyword: string): DictionaryEntry {
  return { tag, vr: vr as ElementVr, vm, keyword };
}

function replacedTable(): Map<Tag, DictionaryEntry> {
  replaced ??= new Map(
    REPLACED_ENTRIES.map(([hex = '', vr = '', vm = '', keyword = '']) => {
      const tag = Number.parseInt(hex, 16);
      return [tag, makeEntry(tag, vr, vm, keyword)];
    }),
  );
  return replaced;
}

function readStandardLine(line: string): DictionaryEntry {
  const [hex = '', vr = '', vm = '', keyword = ''] = line.split('\t');
  const tag = Number.parseInt(hex, 16);
  return makeEntry(tag, vr, vm, dcmtkKeyword(tag, keyword));
}

/**
 * The line of a tag in the sorted table, halving it. A run asks for few of the 5,000 lines, and taking them all apart
 * would be a tenth of the time that it takes to print one file.
 */
function standardLine(tag: Tag): string | undefined {
  const wanted = tag.toString(16).padStart(8, '0');
  let from = 0;
  let to = STANDARD.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    const start = middle === 0 ? 0 : STANDARD.lastIndexOf('\n', middle - 1) + 1;
    const lineEnd = STANDARD.indexOf('\n', middle);
    const end = lineEnd < 0 ? STANDARD.length : lineEnd;
    const hex = STANDARD.slice(start, start + wanted.length);
    if (hex === wanted) return STANDARD.slice(start, end);
    if (hex < wanted) from = end + 1;
    else to = start;
  }
  return undefined;
}

function lookupStandard(tag: Tag): DictionaryEntry | undefined {
  const before = known.get(tag);
  if (before !== undefined) return before;
  const line = standardLine(tag);
  const entry = replacedTable().get(tag) ?? (line === undefined ? undefined : readStandardLine(line));
  // Misses are not kept: a peer may ask for four thousand million of them.
  if (entry !== undefined) known.set(tag, entry);
  return entry;
}

function rangeTable(): RangeEntry[] {
  ranges ??= RANGES.split('\n').map((line) => {
    const [numbers = '', vr = '', vm = '', keyword = ''] = line.split('\t');
    const [groupFrom = 0, groupTo = 0, elementFrom = 0, elementTo = 0] = numbers
      .split('-')
      .map((part) => Number.parseInt(part, 16));
    return {
      groups: [groupFrom, groupTo],
      elements: [elementFrom, elementTo],
      entry: { vr: vr as ElementVr, vm, keyword },
    };
  });
  return ranges;
}

function within(number: number, [from, to]: readonly [from: number, to: number]): boolean {
  return from === to ? number === from : from <= number && number <= to && (number & 1) === 0;
}

/** Repeating groups (PS3.5 7.6): only the even numbers of a range are meant. */
function lookupRange(tag: Tag): DictionaryEntry | undefined {
  const found = rangeTable().find(
    ({ groups, elements }) => within(groupOf(tag), groups) && within(elementOf(tag), elements),
  );
  return found && { tag, ...found.entry };
}

/** Elements that a rule of tag numbers names: group lengths and private creators. */
function lookupByRule(tag: Tag): DictionaryEntry | undefined {
  const group = groupOf(tag);
  const illegal = isPrivate(tag) && group < 9;
  if (elementOf(tag) === 0) {
    const keyword = illegal ? 'IllegalGroupLength' : isPrivate(tag) ? 'PrivateGroupLength' : 'GenericGroupLength';
    return makeEntry(tag, 'UL', '1', keyword);
  }
  if (isPrivateCreator(tag)) return makeEntry(tag, 'LO', '1', illegal ? 'IllegalPrivateCreator' : 'PrivateCreator');
  return undefined;
}

/** What the dictionary knows of a tag; a private element needs the creator that reserved its block. */
export function lookupTag(tag: Tag, privateCreator?: string): DictionaryEntry | undefined {
  if (privateCreator !== undefined && isPrivate(tag) && !isPrivateCreator(tag) && elementOf(tag) !== 0) {
    const found = lookupPrivate(tag, privateCreator);
    return found && makeEntry(tag, found.vr, found.vm, found.keyword);
  }
  return lookupStandard(tag) ?? lookupByRule(tag) ?? lookupRange(tag);
}

function keywordTable(): Map<string, Tag> {
  if (byKeyword !== undefined) return byKeyword;
  const table = new Map<string, Tag>();
  for (const line of STANDARD.split('\n')) {
    const { tag, keyword } = readStandardLine(line);
    if (!replacedTable().has(tag)) table.set(keyword, tag);
  }
  for (const { tag, keyword } of replacedTable().values()) table.set(keyword, tag);
  // The spelling of dcmjs where DCMTK has another, and retired names without the prefix.
  for (const line of STANDARD.split('\n')) {
    const [hex = '', , , keyword = ''] = line.split('\t');
    const tag = Number.parseInt(hex, 16);
    for (const spelling of [keyword, keyword.replace(RETIRED_PREFIX, '')]) {
      if (!table.has(spelling)) table.set(spelling, tag);
    }
  }
  byKeyword = table;
  return table;
}

/** The tag of a keyword, in the standard's or DCMTK's spelling, exact. */
export function tagOfKeyword(keyword: string): Tag | undefined {
  return keywordTable().get(keyword);
}

/** The keywords most like a misspelt one, best first. */
export function nearestKeywords(text: string, count = 3): string[] {
  const plain = [...keywordTable().keys()].filter((keyword) => !keyword.startsWith(RETIRED_PREFIX));
  return nearest(text, plain, count);
}
