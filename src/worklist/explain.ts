/** Why an entry is not in an answer: the first key that excluded it, with what is stored beside what was asked. */

import { decodeText } from '../dicom/charset/text-codec.ts';
import type { Element } from '../dicom/data-set.ts';
import { formatTag, TAG } from '../dicom/tag.ts';
import { formatTagPath, type TagPathStep } from '../dicom/tag-path.ts';
import { trimPadding } from '../dicom/trim-padding.ts';
import { decidedVr, vrTraits } from '../dicom/vr.ts';
import { type EntryView, type ItemView, viewItem } from './entry-view.ts';
import { storedElement } from './key-test.ts';
import { readNumbers } from './match-number.ts';
import type { KeyLevel, KeyTest, Query } from './query-key.ts';

export interface Mismatch {
  /** E.g. "(0040,0100)[0].(0008,0060)". */
  readonly tagPath: string;
  readonly asked: string;
  /** As text; '' for zero length, undefined where the attribute is absent. */
  readonly stored: string | undefined;
}

interface Place extends Mismatch {
  /** How many conditions were met before: of several items the one that came nearest is told. */
  readonly met: number;
}

function textOf(element: Element, view: ItemView): string {
  if (element.kind === 'sequence') return `${element.items.length} items`;
  if (element.kind === 'fragments') return `${element.fragments.length} fragments`;
  const vr = decidedVr(element.vr);
  const { kind } = vrTraits(vr);
  if (kind === 'text' || kind === 'uid' || vr === 'UN') return trimPadding(decodeText(element.value, view.charset, vr));
  return readNumbers(element.value, vr)?.join('\\') ?? `${element.value.length} bytes`;
}

function storedText(test: KeyTest, view: ItemView): string | undefined {
  const element = storedElement(view, test.tag, test.creator);
  const first = element && textOf(element, view);
  if (test.secondTag === undefined) return first;
  const second = view.dataSet.get(test.secondTag);
  return `${first ?? ''} ${second === undefined ? '' : textOf(second, view)}`.trim();
}

/** The path of a period names both of its attributes. */
function placeOf(test: KeyTest, path: readonly TagPathStep[]): string {
  const first = formatTagPath(path, test.tag);
  return test.secondTag === undefined ? first : `${first}, ${formatTag(test.secondTag)}`;
}

function nearest(places: readonly Place[]): Place | undefined {
  return places.reduce<Place | undefined>((best, place) => (best && best.met >= place.met ? best : place), undefined);
}

function explainItems(test: KeyTest, items: KeyLevel, view: ItemView, path: readonly TagPathStep[]): Mismatch {
  const element = storedElement(view, test.tag, test.creator);
  const stored = element?.kind === 'sequence' ? element.items : [];
  const places = stored.flatMap(
    (item, index) => explainLevel(items, viewItem(view, item), [...path, { tag: test.tag, item: index }]) ?? [],
  );
  const [first] = items.tests;
  const absent = { tagPath: placeOf(test, path), asked: first?.asked ?? test.asked, stored: undefined };
  return nearest(places) ?? absent;
}

function explainLevel(level: KeyLevel, view: ItemView, path: readonly TagPathStep[]): Place | undefined {
  const met = level.tests.findIndex((test) => !test.passes(view));
  const test = level.tests[met];
  if (test === undefined) return undefined;
  if (test.items !== undefined) return { met, ...explainItems(test, test.items, view, path) };
  return { met, tagPath: placeOf(test, path), asked: test.asked, stored: storedText(test, view) };
}

/** The first key that excluded the entry, in tag order and the root before the step; undefined where it matches. */
export function explainMismatch(query: Query, entry: EntryView): Mismatch | undefined {
  const stepTag = TAG.ScheduledProcedureStepSequence;
  if (query.isEmpty) return { tagPath: '', asked: 'nothing', stored: undefined };
  if (entry.steps.length === 0) return { tagPath: formatTag(stepTag), asked: 'a step', stored: undefined };
  const atRoot = explainLevel(query.root, entry, []);
  if (atRoot !== undefined) return withoutMet(atRoot);
  const level = query.step?.items;
  if (level === undefined) return undefined;
  const places = entry.steps.map((step, item) => explainLevel(level, step, [{ tag: stepTag, item }]));
  if (places.includes(undefined)) return undefined;
  const place = nearest(places.flatMap((each) => each ?? []));
  return place && withoutMet(place);
}

function withoutMet({ tagPath, asked, stored }: Place): Mismatch {
  return { tagPath, asked, stored };
}
