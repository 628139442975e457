/** Steps by the values of one attribute, found by a value, by its beginning, or by a range. */

import type { Step } from './entry-order.ts';
import type { ValueSpan } from './value-span.ts';

/** So many values that are not in order yet are looked through one by one. */
const MOST_LOOSE = 500;

export class ValueIndex {
  /** Most values of most attributes have one step: that one is not worth a set. */
  readonly #steps = new Map<string, Step | Set<Step>>();
  /** Values in order, as of when they were needed last; some may be gone since. */
  #ordered: readonly string[] = [];
  /** Values that came since. */
  #loose = new Set<string>();
  #gone = 0;

  add(value: string, step: Step): void {
    const known = this.#steps.get(value);
    if (known instanceof Set) known.add(step);
    else if (known === undefined) {
      this.#steps.set(value, step);
      this.#loose.add(value);
    } else if (known !== step) this.#steps.set(value, new Set([known, step]));
  }

  remove(value: string, step: Step): void {
    const known = this.#steps.get(value);
    if (known instanceof Set) known.delete(step);
    if (known === step || (known instanceof Set && known.size === 0)) this.#forget(value);
  }

  /** The steps with a value in one of the spans; undefined where they are more than `most`. */
  find(spans: readonly ValueSpan[], most: number): ReadonlySet<Step> | undefined {
    const found = new Set<Step>();
    for (const span of spans) {
      for (const value of this.#valuesIn(span)) {
        const steps = this.#steps.get(value);
        if (steps instanceof Set) {
          if (steps.size > most) return undefined;
          for (const step of steps) found.add(step);
        } else if (steps !== undefined) found.add(steps);
        if (found.size > most) return undefined;
      }
    }
    return found;
  }

  *#valuesIn(span: ValueSpan): Iterable<string> {
    if (span.kind === 'equal') {
      yield span.value;
      return;
    }
    this.#putInOrder();
    const first = span.kind === 'prefix' ? span.prefix : span.first;
    const isIn = (value: string): boolean =>
      span.kind === 'prefix' ? value.startsWith(first) : value >= first && value <= span.last;
    for (let at = this.#positionOf(first); at < this.#ordered.length; at++) {
      const value = this.#ordered[at] as string;
      if (!isIn(value)) break;
      yield value;
    }
    for (const value of this.#loose) if (isIn(value)) yield value;
  }

  /** The first position in order whose value is not below this one. */
  #positionOf(value: string): number {
    let low = 0;
    let high = this.#ordered.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#ordered[middle] as string) < value) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #forget(value: string): void {
    this.#steps.delete(value);
    if (!this.#loose.delete(value)) this.#gone += 1;
  }

  #putInOrder(): void {
    if (this.#loose.size <= MOST_LOOSE && this.#gone <= this.#ordered.length / 2) return;
    // A value that went and came again would be there twice.
    const staying = this.#ordered.filter((value) => this.#steps.has(value) && !this.#loose.has(value));
    // Two runs in order: sorting them is merging them.
    this.#ordered = staying.concat([...this.#loose].sort()).sort();
    this.#loose = new Set();
    this.#gone = 0;
  }
}
