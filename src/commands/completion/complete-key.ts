/** Keys: attributes of the worklist model by keyword, also inside sequences, and where it has none the dictionary's. */

import { keywordsStartingWith, lookupTag, tagOfKeyword } from '../../dicom/dictionary.ts';
import { formatTag, parseTag, TAG, type Tag } from '../../dicom/tag.ts';
import { modelItems, worklistModel } from '../../model/worklist-model.ts';
import type { Candidate, Completion } from './completion.ts';

export interface KeyForm {
  /** The name alone is a key. */
  readonly mayAsk: boolean;
  readonly mayHaveValue: boolean;
}

const DAYS = ['today', 'tomorrow', 'yesterday', 'today+2', 'today..today+7'];

export function completeKey(current: string, form: KeyForm): Completion {
  const equals = current.indexOf('=');
  if (equals >= 0) return { names: 'none', candidates: form.mayHaveValue ? days(current.slice(0, equals)) : [] };
  const dot = current.lastIndexOf('.') + 1;
  const before = current.slice(0, dot);
  const sequences = before.split('.').slice(0, -1).map(tagOfSegment);
  const known = sequences.includes(undefined) ? [] : attributesIn(sequences as Tag[]);
  const name = current.slice(dot);
  const ofModel = known.filter((tag) => keywordOf(tag).startsWith(name));
  const tags = ofModel.length > 0 || name === '' ? ofModel : keywordsStartingWith(name).flatMap(tagOrNone);
  return { names: 'none', candidates: tags.flatMap((tag) => forms(tag, before, form)) };
}

/** The attributes that the model names there; at the root those of the step too, which a bare keyword reaches. */
function attributesIn(sequences: readonly Tag[]): readonly Tag[] {
  if (sequences.length > 0) return [...(modelItems(sequences)?.keys() ?? [])];
  const step = modelItems([TAG.ScheduledProcedureStepSequence]) ?? new Map<Tag, unknown>();
  return [...new Set([...worklistModel().keys(), ...step.keys()])].sort((a, b) => a - b);
}

function forms(tag: Tag, before: string, { mayAsk, mayHaveValue }: KeyForm): readonly Candidate[] {
  const name = before + keywordOf(tag);
  const about = formatTag(tag);
  const texts = mayAsk ? [name] : [];
  if (lookupTag(tag)?.vr === 'SQ') texts.push(`${name}[0].`);
  else if (mayHaveValue) texts.push(`${name}=`);
  return texts.map((text) => ({ text, about }));
}

function days(name: string): readonly Candidate[] {
  const tag = tagOfSegment(name.slice(name.lastIndexOf('.') + 1));
  if (tag === undefined || lookupTag(tag)?.vr !== 'DA') return [];
  return DAYS.map((day) => ({ text: `${name}=${day}`, about: '' }));
}

function tagOfSegment(segment: string): Tag | undefined {
  const name = segment.replace(/\[(?:\d+|\*)\]$/, '');
  return parseTag(name) ?? tagOfKeyword(name);
}

function tagOrNone(keyword: string): readonly Tag[] {
  const tag = tagOfKeyword(keyword);
  return tag === undefined ? [] : [tag];
}

function keywordOf(tag: Tag): string {
  return lookupTag(tag)?.keyword ?? '';
}
