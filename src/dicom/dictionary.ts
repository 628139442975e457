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

const TAG_DIGITS = 8;

/** What was asked for and found. Misses are not kept: a peer may ask for four thousand million tags. */
const known = new Map<Tag, DictionaryEntry>();
const tagsOfKeywords = new Map<string, Tag>();
let byKeyword: Map<string, Tag> | undefined;
let replaced: Map<Tag, DictionaryEntry> | undefined;
let ranges: RangeEntry[] | undefined;

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
  const wanted = tag.toString(16).padStart(TAG_DIGITS, '0');
  let from = 0;
  let to = STANDARD.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    const start = middle === 0 ? 0 : STANDARD.lastIndexOf('\n', middle - 1) + 1;
    const lineEnd = STANDARD.indexOf('\n', middle);
    const end = lineEnd < 0 ? STANDARD.length : lineEnd;
    const hex = STANDARD.slice(start, start + TAG_DIGITS);
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

/** The tag of the last line with this keyword, as dcmjs spells it. */
function tagOfLine(keyword: string): Tag | undefined {
  const at = STANDARD.lastIndexOf(`\t${keyword}\n`);
  const end = at < 0 && STANDARD.endsWith(`\t${keyword}`) ? STANDARD.length : at;
  if (end < 0) return undefined;
  const start = STANDARD.lastIndexOf('\n', end - 1) + 1;
  return Number.parseInt(STANDARD.slice(start, start + TAG_DIGITS), 16);
}

function findKeyword(keyword: string): Tag | undefined {
  for (const entry of replacedTable().values()) if (entry.keyword === keyword) return entry.tag;
  const plain = keyword.replace(RETIRED_PREFIX, '');
  for (const spelling of [keyword, RETIRED_PREFIX + plain, plain]) {
    const tag = tagOfLine(spelling);
    if (tag !== undefined && isSpelling(keyword, spelling, tag)) return tag;
  }
  return undefined;
}

/** Whether an attribute that dcmjs spells so is also called `keyword`: by DCMTK, or without the prefix. */
function isSpelling(keyword: string, spelling: string, tag: Tag): boolean {
  return (
    keyword === spelling || keyword === spelling.replace(RETIRED_PREFIX, '') || keyword === dcmtkKeyword(tag, spelling)
  );
}

/** The tag of a keyword, in the standard's or DCMTK's spelling, exact. */
export function tagOfKeyword(keyword: string): Tag | undefined {
  // The text is searched, as in standardLine: a table of all keywords takes longer to make than most runs last.
  if (!/^\w+$/.test(keyword)) return undefined;
  const before = tagsOfKeywords.get(keyword);
  if (before !== undefined) return before;
  const tag = findKeyword(keyword);
  if (tag !== undefined) tagsOfKeywords.set(keyword, tag);
  return tag;
}

/** All keywords, retired ones with their prefix. */
function keywords(): ReadonlySet<string> {
  const all = new Set<string>();
  for (const line of STANDARD.split('\n')) {
    const { tag, keyword } = readStandardLine(line);
    all.add(replacedTable().get(tag)?.keyword ?? keyword);
  }
  for (const { keyword } of replacedTable().values()) all.add(keyword);
  return all;
}

/** Every spelling of every keyword, for who looks at all of them. */
function keywordTable(): Map<string, Tag> {
  if (byKeyword !== undefined) return byKeyword;
  const table = new Map<string, Tag>();
  for (const line of STANDARD.split('\n')) {
    const { tag, keyword } = readStandardLine(line);
    table.set(replacedTable().get(tag)?.keyword ?? keyword, tag);
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

/** The keywords most like a misspelt one, best first. */
export function nearestKeywords(text: string, count = 3): string[] {
  const plain = [...keywordTable().keys()].filter((keyword) => !keyword.startsWith(RETIRED_PREFIX));
  return nearest(text, plain, count);
}

/** All keywords that begin so. */
export function keywordsStartingWith(text: string): string[] {
  return [...keywords()].filter((keyword) => keyword.startsWith(text));
}
