/** Values of options, read and checked for commander. */

import { InvalidArgumentError } from 'commander';

/** What a parser takes, in the words of JSON Schema: the schema of --config is made from it. */
export interface Accepted {
  readonly type: 'integer' | 'number' | 'string';
  readonly minimum?: number;
  readonly maximum?: number;
  readonly pattern?: string;
}

export interface ValueParser<Value> {
  (text: string): Value;
  readonly accepts: Accepted;
}

/** A parser that says what it takes. */
export function valueParser<Value>(accepts: Accepted, parse: (text: string) => Value): ValueParser<Value> {
  return Object.assign((text: string) => parse(text), { accepts });
}

/** What the parser of an option takes; any text where it does not say. */
export function acceptedBy(parse: unknown): Accepted {
  return typeof parse === 'function' && 'accepts' in parse
    ? (parse as ValueParser<unknown>).accepts
    : { type: 'string' };
}

/** A whole number from `least` to `most`. */
export function wholeNumber(least: number, most: number): ValueParser<number> {
  return valueParser({ type: 'integer', minimum: least, maximum: most }, (text) => {
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return value;
    throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
  });
}

/** What a timer can tell apart. */
const LEAST_SECONDS = 0.001;
const DAY = 86_400;

/** A number of seconds, at most a day. */
export const seconds = valueParser({ type: 'number', minimum: LEAST_SECONDS, maximum: DAY }, (text) => {
  const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (value >= LEAST_SECONDS && value <= DAY) return value;
  throw new InvalidArgumentError(`It must be a number of seconds from ${LEAST_SECONDS} to ${DAY}.`);
});

/** One more value of an option that repeats. */
export function repeated(value: string, previous: readonly string[] = []): readonly string[] {
  return [...previous, value];
}
