/**
 * The order of answers: start date, start time, patient's name, file name. A step without a date comes last.
 * The unit is the scheduled procedure step (PS3.4 K.6.1.2.1), so an entry with three steps stands in three places.
 */

import { decodeText } from '../dicom/charset/text-codec.ts';
import { plainText } from '../dicom/data-set.ts';
import { TAG } from '../dicom/tag.ts';
import type { Entry } from './entry.ts';

/** One scheduled procedure step of an entry: `index` counts the items of its sequence. */
export interface Step {
  readonly entry: Entry;
  readonly index: number;
  /** What steps are ordered by; it begins with the start date. */
  readonly key: string;
}

const NOTHING = new Uint8Array(0);
const LAST = '\uffff';
const SEPARATOR = '\0';

export function stepsOf(entry: Entry): Step[] {
  const { view, fileName } = entry;
  const name = decodeText(view.dataSet.value(TAG.PatientName) ?? NOTHING, view.charset, 'PN').toUpperCase();
  return view.steps.map(({ dataSet: item }, index) => {
    // Old forms YYYY.MM.DD and HH:MM:SS sort with the new ones once their marks are gone.
    const date = plainText(item, TAG.ScheduledProcedureStepStartDate).replace(/[. ]/g, '') || LAST;
    const time = plainText(item, TAG.ScheduledProcedureStepStartTime).replace(/[: ]/g, '') || LAST;
    return { entry, index, key: [date, time, name, fileName].join(SEPARATOR) };
  });
}

/** Whether the step starts before a day (YYYYMMDD). One without a date does not. */
export function startsBefore(step: Step, day: string): boolean {
  return step.key < day;
}

/** `steps` in order, without the `removed` ones and with the `added` ones. */
export function updateSteps(
  steps: readonly Step[],
  removed: ReadonlySet<Step>,
  added: readonly Step[],
): readonly Step[] {
  const arriving = added.toSorted(compareSteps);
  if (arriving.length + removed.size < FEW) return spliced(steps, removed, arriving);
  return merged(
    steps.filter((step) => !removed.has(step)),
    arriving,
  );
}

/** Below this many changes, single insertions into a copy are cheaper than a walk over all steps. */
const FEW = 32;

function spliced(steps: readonly Step[], leaving: Iterable<Step>, arriving: readonly Step[]): readonly Step[] {
  const result = [...steps];
  for (const step of leaving) {
    const position = positionOf(result, step);
    if (result[position] === step) result.splice(position, 1);
  }
  for (const step of arriving) result.splice(positionOf(result, step), 0, step);
  return result;
}

function merged(first: readonly Step[], second: readonly Step[]): readonly Step[] {
  const result: Step[] = [];
  let next = 0;
  for (const step of first) {
    for (let other = second[next]; other !== undefined && compareSteps(other, step) < 0; other = second[next]) {
      result.push(other);
      next += 1;
    }
    result.push(step);
  }
  for (const step of second.slice(next)) result.push(step);
  return result;
}

/** The first position whose step does not come before `step`. */
function positionOf(steps: readonly Step[], step: Step): number {
  let low = 0;
  let high = steps.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const other = steps[middle];
    if (other !== undefined && compareSteps(other, step) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function compareSteps(a: Step, b: Step): number {
  if (a.key !== b.key) return a.key < b.key ? -1 : 1;
  return a.index - b.index;
}
