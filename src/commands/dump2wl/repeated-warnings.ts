/** Warnings that one entry after another has: said of the first few, and counted for the others. */

import type { Note } from './draft.ts';

/** As many entries of an input are named for each warning. */
const MOST_NAMED = 5;

export class RepeatedWarnings {
  /** How many entries had it, and the line of the last, by message. */
  readonly #repetitions = new Map<string, { count: number; line: number }>();

  /** Which notes of the entry of a line are to be said now. Errors each cost an entry, and are all said. */
  toSay(notes: readonly Note[], line: number): Note[] {
    return notes.filter(({ severity, message }) => severity === 'error' || this.#countOf(message, line) <= MOST_NAMED);
  }

  #countOf(message: string, line: number): number {
    const count = (this.#repetitions.get(message)?.count ?? 0) + 1;
    this.#repetitions.set(message, { count, line });
    return count;
  }

  /** What was held back, a sentence each. */
  summary(): string[] {
    return [...this.#repetitions].flatMap(([message, { count, line }]) => {
      const others = count - MOST_NAMED;
      if (others <= 0) return [];
      return `the same of ${others} more ${others === 1 ? 'entry' : 'entries'}, the last in line ${line}: ${message}`;
    });
  }
}
