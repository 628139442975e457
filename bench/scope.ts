/** What a benchmark started or made, to be undone when it ends: the same shape as a test's context. */

export class Scope {
  readonly #cleanUps: Array<() => Promise<void>> = [];

  after(cleanUp: () => Promise<void>): void {
    this.#cleanUps.push(cleanUp);
  }

  /** Last first. */
  async end(): Promise<void> {
    for (let cleanUp = this.#cleanUps.pop(); cleanUp !== undefined; cleanUp = this.#cleanUps.pop()) await cleanUp();
  }
}
