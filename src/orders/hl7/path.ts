/**
 * Places in an HL7 message: "OBR-18", "PID-3.4.1", "PID-3[1].1" (the second repetition: they count from 0, as items do),
 * "PID-3[5=MR].1" (the first repetition whose fifth component is MR), "OBX[3.2=Body Weight,6=kg]-5".
 */

import { fieldOf, type Hl7Value, partsOf, type Segment } from './message.ts';
import { unescapeText } from './unescape.ts';

interface Condition {
  /** Numbers from 1: field, component, subcomponent of a segment; component, subcomponent of a repetition. */
  readonly steps: readonly number[];
  readonly text: string;
}

/** Which of several: the one at an index, or those that meet all conditions. */
type Selection = { readonly index: number } | { readonly conditions: readonly Condition[] };

export interface Hl7Path {
  readonly text: string;
  readonly segment: string;
  readonly segmentSelection: Selection;
  readonly field: number;
  readonly repetition: Selection;
  /** Component, subcomponent. */
  readonly steps: readonly number[];
}

const PATH = /^([A-Z][A-Z0-9]{2})(?:\[([^\]]+)\])?-(\d{1,3})(?:\[([^\]]+)\])?((?:\.\d{1,3}){0,2})$/;
const CONDITION = /^(\d{1,3}(?:\.\d{1,3}){0,2})=(.+)$/;

function numbers(text: string): number[] {
  return text.split('.').filter(Boolean).map(Number);
}

function readSelection(text: string | undefined): Selection | undefined {
  if (text === undefined) return { conditions: [] };
  if (/^\d{1,3}$/.test(text)) return { index: Number(text) };
  const conditions = text.split(',').map((condition) => {
    const [, steps, value] = CONDITION.exec(condition.trim()) ?? [];
    return steps === undefined || value === undefined ? undefined : { steps: numbers(steps), text: value };
  });
  return conditions.every((condition) => condition !== undefined) ? { conditions } : undefined;
}

/** Reads "4" or "4.1", component and subcomponent; undefined for what is neither. */
export function readComponent(text: string): readonly number[] | undefined {
  const steps = numbers(text);
  return /^\d{1,3}(?:\.\d{1,3})?$/.test(text) && !steps.includes(0) ? steps : undefined;
}

/** Reads a path; undefined for what is none. */
export function readPath(text: string): Hl7Path | undefined {
  const [, segment, segmentPart, field, repetitionPart, rest = ''] = PATH.exec(text.trim()) ?? [];
  const segmentSelection = readSelection(segmentPart);
  const repetition = readSelection(repetitionPart);
  if (segment === undefined || segmentSelection === undefined || repetition === undefined) return undefined;
  const path = { text, segment, segmentSelection, field: Number(field), repetition, steps: numbers(rest) };
  return path.field === 0 || path.steps.includes(0) ? undefined : path;
}

function select<T>(
  all: readonly T[],
  selection: Selection,
  valueAt: (one: T, steps: readonly number[]) => string,
): T[] {
  if ('index' in selection) return all.slice(selection.index, selection.index + 1);
  return all.filter((one) => selection.conditions.every(({ steps, text }) => valueAt(one, steps) === text));
}

function descend(value: Hl7Value | undefined, steps: readonly number[]): Hl7Value | undefined {
  return steps.reduce<Hl7Value | undefined>((part, step) => part && partsOf(part)[step - 1], value);
}

function textAt(value: Hl7Value | undefined, steps: readonly number[]): string {
  const part = descend(value, steps);
  return part === undefined ? '' : textOf(part);
}

/** All repetitions of fields that the path names, in the order of the message. */
function repetitionsAt(path: Hl7Path, segments: readonly Segment[]): Hl7Value[] {
  const named = segments.filter(({ name }) => name === path.segment);
  const chosen = select(named, path.segmentSelection, (segment, [field = 0, ...steps]) =>
    textAt(fieldOf(segment, field)[0], steps),
  );
  return chosen.flatMap((segment) => select(fieldOf(segment, path.field), path.repetition, textAt));
}

/** All values that the path names and that hold anything, in the order of the message. */
export function valuesAt(path: Hl7Path, segments: readonly Segment[]): Hl7Value[] {
  return repetitionsAt(path, segments)
    .flatMap((repetition) => descend(repetition, path.steps) ?? [])
    .filter(({ raw }) => raw !== '');
}

/** Another component of the repetition that has the first value of the path. */
export function valueBeside(path: Hl7Path, steps: readonly number[], segments: readonly Segment[]) {
  const repetition = repetitionsAt(path, segments).find((each) => (descend(each, path.steps)?.raw ?? '') !== '');
  const value = descend(repetition, steps);
  return value === undefined || value.raw === '' ? undefined : value;
}

/** The path of `valueBeside`. None for a field without components: what follows it is not known to belong to it. */
export function pathBeside(path: Hl7Path, steps: readonly number[]): Hl7Path | undefined {
  if (path.steps.length === 0) return undefined;
  const [field = ''] = /^.*?(?=(?:\.\d+)+$)/.exec(path.text) ?? [];
  return { ...path, steps, text: [field, ...steps].join('.') };
}

/**
 * A value as text. HL7 gives to who expects one value the first of several components (2.8.2 of v2.5.1); below
 * that a subcomponent delimiter is taken as the "&" that a careless sender meant, unless the path goes further.
 */
export function textOf(value: Hl7Value): string {
  const { raw } = value.level === 'repetition' ? (partsOf(value)[0] ?? value) : value;
  return unescapeText(raw, value.segment.message);
}
