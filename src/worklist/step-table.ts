/**
 * The steps of a folder's entries: all in the order of answers, and those that a query can match at most, found by
 * indexes of what modalities ask for. What they find is the same that a walk over all steps finds.
 */

import type { Entry } from './entry.ts';
import { compareSteps, type Step, stepsOf, updateSteps } from './entry-order.ts';
import { INDEXED_ATTRIBUTES, type IndexedAttribute, indexedValues } from './indexed-attributes.ts';
import type { KeyTest, Query } from './query-key.ts';
import { ValueIndex } from './value-index.ts';
import type { ValueSpan } from './value-span.ts';

/** Steps a query is to be matched with, out of so many. */
export interface Candidates {
  /** In the order of answers. The array never changes. */
  readonly steps: readonly Step[];
  readonly among: number;
}

/** Where more than this share is found, going through all that are in order already is as quick. */
const MOST_OF_ALL = 1 / 8;
/** So many changes may wait until all steps are asked for in order. */
const MOST_PENDING = 1_000;

/** What an attribute's key in the query says of where its values lie. */
interface Narrowing {
  readonly index: ValueIndex;
  readonly spans: readonly ValueSpan[];
}

export class StepTable {
  readonly #byEntry = new Map<Entry, readonly Step[]>();
  readonly #indexes: ReadonlyArray<readonly [IndexedAttribute, ValueIndex]> = INDEXED_ATTRIBUTES.map((attribute) => [
    attribute,
    new ValueIndex(),
  ]);
  #size = 0;
  /** In order, but for what is pending. */
  #steps: readonly Step[] = [];
  #arriving = new Set<Step>();
  #leaving = new Set<Step>();

  /** How many entries have steps here. */
  get entries(): number {
    return this.#byEntry.size;
  }

  /** All steps in the order of answers. The array never changes. */
  get steps(): readonly Step[] {
    if (this.#arriving.size + this.#leaving.size > 0) {
      this.#steps = updateSteps(this.#steps, this.#leaving, [...this.#arriving]);
      this.#arriving = new Set();
      this.#leaving = new Set();
    }
    return this.#steps;
  }

  update(removed: Iterable<Entry>, added: Iterable<Entry>): void {
    for (const entry of removed) this.#remove(entry);
    for (const entry of added) this.#add(entry);
    if (this.#arriving.size + this.#leaving.size > MOST_PENDING) void this.steps;
  }

  /** All steps that the query can match, and perhaps some that it does not. */
  candidates(query: Query): Candidates {
    const among = this.#size;
    let fewest: ReadonlySet<Step> | undefined;
    for (const { index, spans } of this.#narrowings(query)) {
      fewest = index.find(spans, fewest === undefined ? among * MOST_OF_ALL : fewest.size) ?? fewest;
      if (fewest?.size === 0) break;
    }
    return { steps: fewest === undefined ? this.steps : [...fewest].sort(compareSteps), among };
  }

  /** What the query narrows by, single values first: they are looked up at once. */
  #narrowings(query: Query): readonly Narrowing[] {
    const found = this.#indexes.flatMap(([attribute, index]) => {
      const level = attribute.level === 'root' ? query.root : query.step?.items;
      const spans = level?.tests.find((test: KeyTest) => test.tag === attribute.tag)?.spans;
      return spans === undefined ? [] : [{ index, spans }];
    });
    const looksUp = ({ spans }: Narrowing): boolean => spans.every(({ kind }) => kind === 'equal');
    return [...found.filter(looksUp), ...found.filter((narrowing) => !looksUp(narrowing))];
  }

  #add(entry: Entry): void {
    const steps = stepsOf(entry);
    this.#byEntry.set(entry, steps);
    this.#size += steps.length;
    for (const step of steps) this.#arriving.add(step);
    this.#eachValue(steps, (index, value, step) => index.add(value, step));
  }

  #remove(entry: Entry): void {
    const steps = this.#byEntry.get(entry) ?? [];
    this.#byEntry.delete(entry);
    this.#size -= steps.length;
    for (const step of steps) if (!this.#arriving.delete(step)) this.#leaving.add(step);
    this.#eachValue(steps, (index, value, step) => index.remove(value, step));
  }

  #eachValue(steps: readonly Step[], visit: (index: ValueIndex, value: string, step: Step) => void): void {
    const [first] = steps;
    if (first === undefined) return;
    const { view } = first.entry;
    for (const [attribute, index] of this.#indexes) {
      if (attribute.level === 'root') {
        for (const value of indexedValues(view, attribute)) for (const step of steps) visit(index, value, step);
        continue;
      }
      for (const step of steps) {
        const item = view.steps[step.index];
        if (item === undefined) continue;
        for (const value of indexedValues(item, attribute)) visit(index, value, step);
      }
    }
  }
}
