/** One thing that is odd about answers: counted over a run, and told once. */

import type { Log } from '../../log.ts';

export class Doubt {
  #count = 0;
  #first = '';

  /** `what` is wrong with this answer. */
  note(number: number, what: string): void {
    if (this.#count === 0) this.#first = `answer ${number}: ${what}`;
    this.#count += 1;
  }

  /** "3 answers hold …; answer 1: …; advice", where there are any. */
  tell(log: Log, holds: string, advice?: string): void {
    if (this.#count === 0) return;
    const answers = this.#count === 1 ? '1 answer holds' : `${this.#count} answers hold`;
    log.warn([`${answers} ${holds}`, this.#first, advice].filter((part) => part !== undefined).join('; '));
  }
}
