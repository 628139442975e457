/** Reads a key in any of the forms a user may write: keyword, tag, or a path of either through sequences. */

import { lookupTag, nearestKeywords, tagOfKeyword } from '../dicom/dictionary.ts';
import { parseTag, TAG, type Tag } from '../dicom/tag.ts';
import type { ElementVr } from '../dicom/vr.ts';
import { UsageError } from '../errors.ts';
import { isStepAttribute } from '../model/worklist-model.ts';
import type { Key, KeyStep } from './key.ts';
import { type MomentVr, resolveMoments, unresolvedMoment } from './relative-date.ts';

export interface ParseKeyOptions {
  /** Dates and times are understood as people write them, also relative to this day; without it they stay as written. */
  readonly today?: Date;
  /** `worklist`: a bare keyword that the model knows only inside the step is put there. `literal`: at the root. */
  readonly bareKeywords: 'worklist' | 'literal';
}

/** A tag in parentheses or without, or a keyword; then perhaps an item number, or * for every item. */
const SEGMENT = /^(\([^()]*\)|[0-9a-f]{1,4},[0-9a-f]{1,4}|\w+)(?:\[(\d+|\*)\])?$/i;
const SEPARATOR = /\.(?![^(]*\))/;
/** More items than any sequence of a worklist has; a slip of the finger would fill the memory otherwise. */
const MAX_ITEM = 999;
/** How values of these VRs may be written. */
const MOMENTS: Readonly<Record<MomentVr, string>> = {
  DA: 'today, today-1, yesterday, 20261125 or 2026-11-25',
  TM: '0830 or 08:30',
  DT: 'today, 20261125083000 or "2026-11-25 08:30"',
};
const FAR_DAY = /^today[+-]\d+$/i;

interface Segment {
  readonly tag: Tag;
  readonly item: number | undefined;
  /** With "[0]" or "[*]". */
  readonly indexed: boolean;
  readonly isKeyword: boolean;
}

function unknownKeyword(keyword: string, text: string): UsageError {
  const nearest = nearestKeywords(keyword);
  return new UsageError(`no attribute is called "${keyword}" (in key "${text}")`, {
    hint: nearest.length === 0 ? 'write the tag, e.g. 0010,0020' : `did you mean ${nearest.join(' or ')}?`,
  });
}

function parseSegment(segment: string, text: string): Segment {
  const match = SEGMENT.exec(segment.trim());
  if (match === null) {
    throw new UsageError(`"${segment}" is no attribute (in key "${text}")`, {
      hint: 'write a keyword, a tag such as 0010,0020, or a path such as (0040,0100)[0].Modality',
    });
  }
  const [, name = '', index] = match;
  const tag = parseTag(name) ?? tagOfKeyword(name);
  if (tag === undefined) throw unknownKeyword(name, text);
  const item = index === undefined || index === '*' ? undefined : Number(index);
  if (item !== undefined && item > MAX_ITEM) throw new UsageError(`item ${index} is too large (in key "${text}")`);
  return { tag, item, indexed: index !== undefined, isKeyword: parseTag(name) === undefined };
}

function isMoment(vr: ElementVr | undefined): vr is MomentVr {
  return vr === 'DA' || vr === 'TM' || vr === 'DT';
}

function resolveValue(tag: Tag, value: string | undefined, today: Date | undefined, text: string): string | undefined {
  const vr = lookupTag(tag)?.vr;
  if (value === undefined || today === undefined || !isMoment(vr)) return value;
  const resolved = resolveMoments(value, vr, today);
  const misread = unresolvedMoment(resolved);
  if (misread === undefined) return resolved;
  const what = FAR_DAY.test(misread) ? 'outside of the calendar' : `no ${vr === 'TM' ? 'time' : 'date'}`;
  throw new UsageError(`"${misread}" is ${what} (in key "${text}")`, { hint: `write ${MOMENTS[vr]}` });
}

/**
 * Reads "Modality=CT", "0008,0060=CT", "(0040,0100)[0].Modality", "ReferencedStudySequence[0]" and the like.
 * A tag or a path is taken literally, as findscu does; what follows the first "=" is the value.
 * @throws UsageError for a misspelt keyword (naming the nearest ones) or what is no key at all.
 */
export function parseKey(text: string, options: ParseKeyOptions): Key {
  const equals = text.indexOf('=');
  const name = equals === -1 ? text : text.slice(0, equals);
  const rawValue = equals === -1 ? undefined : text.slice(equals + 1);
  const segments = name.split(SEPARATOR).map((segment) => parseSegment(segment, text));
  const last = segments.pop() as Segment;
  const path: KeyStep[] = segments.map(({ tag, item }) => ({ tag, item }));
  if (last.indexed) {
    if (rawValue) throw new UsageError(`an item takes no value (in key "${text}")`);
    // "[*]" at the end names no item that could be made.
    return { path, tag: last.tag, item: last.item, value: rawValue, placed: false, typed: text };
  }
  if (rawValue && lookupTag(last.tag)?.vr === 'SQ') {
    throw new UsageError(`a sequence takes no value (in key "${text}")`, {
      hint: `name an attribute of its items, e.g. ${name}[0].CodeValue=${rawValue}`,
    });
  }
  const value = resolveValue(last.tag, rawValue, options.today, text);
  const placed =
    options.bareKeywords === 'worklist' && path.length === 0 && last.isKeyword && isStepAttribute(last.tag);
  if (placed) path.push({ tag: TAG.ScheduledProcedureStepSequence, item: undefined });
  return { path, tag: last.tag, item: undefined, value, placed, typed: text };
}
