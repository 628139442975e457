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

let standard: Map<Tag, DictionaryEntry> | undefined;
let ranges: RangeEntry[] | undefined;
let byKeyword: Map<string, Tag> | undefined;

function makeEntry(tag: Tag, vr: string, vm: string, keyword: string): DictionaryEntry {
  return { tag, vr: vr as ElementVr, vm, keyword };
}

function standardTable(): Map<Tag, DictionaryEntry> {
  if (standard !== undefined) return standard;
  standard = new Map();
  for (const line of STANDARD.split('\n')) {
    const [hex = '', vr = '', vm = '', keyword = ''] = line.split('\t');
    const tag = Number.parseInt(hex, 16);
    standard.set(tag, makeEntry(tag, vr, vm, dcmtkKeyword(tag, keyword)));
  }
  for (const [hex = '', vr = '', vm = '', keyword = ''] of REPLACED_ENTRIES) {
    const tag = Number.parseInt(hex, 16);
    standard.set(tag, makeEntry(tag, vr, vm, keyword));
  }
  return standard;
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
    return lookupPrivate(tag, privateCreator);
  }
  return standardTable().get(tag) ?? lookupByRule(tag) ?? lookupRange(tag);
}

function keywordTable(): Map<string, Tag> {
  if (byKeyword !== undefined) return byKeyword;
  const table = new Map<string, Tag>();
  for (const entry of standardTable().values()) {
    table.set(entry.keyword, entry.tag);
  }
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
