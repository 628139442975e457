/** The tests that the keys of one level make of a data set or item. */

import { type Element, isEmpty } from '../dicom/data-set.ts';
import { TAG, type Tag } from '../dicom/tag.ts';
import { findPrivateTag, type ItemView, viewItem } from './entry-view.ts';
import { matchPeriod, type Period } from './match-moment.ts';
import type { KeyLevel, KeyTest, SequenceKey } from './query-key.ts';
import { storedDates, storedTimes } from './stored-moment.ts';
import { spanOfDate } from './value-span.ts';
import type { CompiledValue } from './value-test.ts';

/** The stored element that a key means; private ones are sought in the block of their creator. */
export function storedElement(view: ItemView, tag: Tag, creator: string | undefined): Element | undefined {
  const stored = creator === undefined ? tag : findPrivateTag(view.dataSet, tag, creator);
  return stored === undefined ? undefined : view.dataSet.get(stored);
}

export function passesAll(level: KeyLevel, view: ItemView): boolean {
  for (const test of level.tests) {
    if (!test.passes(view)) return false;
  }
  return true;
}

/** A stored value that is empty or absent is unknown and matches no value (PS3.4 K.2.2.1.1.1). */
export function valueTest(
  tag: Tag,
  creator: string | undefined,
  compiled: Extract<CompiledValue, { kind: 'test' }>,
): KeyTest {
  const passes = (view: ItemView): boolean => {
    const element = storedElement(view, tag, creator);
    return element?.kind === 'value' && !isEmpty(element) && compiled.test(element, view);
  };
  return { tag, creator, asked: compiled.asked, spans: compiled.spans, passes };
}

/** One stored item must satisfy all keys of the item (C.2.2.2.6). */
export function sequenceTest(key: SequenceKey, items: KeyLevel): KeyTest {
  const passes = (view: ItemView): boolean => {
    const element = storedElement(view, key.tag, key.creator);
    return element?.kind === 'sequence' && element.items.some((item) => passesAll(items, viewItem(view, item)));
  };
  return { tag: key.tag, creator: key.creator, asked: 'an item that matches', items, passes };
}

function periodTest(period: Period, asked: string): KeyTest {
  const dateTag = TAG.ScheduledProcedureStepStartDate;
  const timeTag = TAG.ScheduledProcedureStepStartTime;
  const passes = (view: ItemView): boolean => {
    const date = view.dataSet.get(dateTag);
    const time = view.dataSet.get(timeTag);
    if (date?.kind !== 'value' || time?.kind !== 'value') return false;
    const times = storedTimes(view, time);
    return storedDates(view, date).some((day) => times.some((clock) => matchPeriod(period, day, clock)));
  };
  return { tag: dateTag, secondTag: timeTag, creator: undefined, asked, spans: [spanOfDate(period.date)], passes };
}

/** Replaces the tests of a step's start date and start time by one of the period, where both are ranges (Table K.6-1). */
export function combinePeriod(tests: readonly KeyTest[], values: ReadonlyMap<Tag, CompiledValue>): readonly KeyTest[] {
  const startDate = values.get(TAG.ScheduledProcedureStepStartDate);
  const startTime = values.get(TAG.ScheduledProcedureStepStartTime);
  if (startDate?.kind !== 'test' || startTime?.kind !== 'test') return tests;
  const { date } = startDate;
  const { time } = startTime;
  if (date?.kind !== 'range' || time?.kind !== 'range') return tests;
  const period = periodTest({ date, time }, `${startDate.asked} ${startTime.asked}`);
  return tests.flatMap((test) => {
    if (test.tag === period.tag) return [period];
    return test.tag === period.secondTag ? [] : [test];
  });
}
