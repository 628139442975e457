/** Connections without an association: not yet, or not any more. There is room for so many; the greediest host makes way. */

import { MAX_WAITING_CONNECTIONS } from './limits.ts';

export class WaitingRoom<Connection extends { destroy(): void }> {
  /** With their addresses, in the order they came. */
  readonly #waiting = new Map<Connection, string>();

  /** Where there is no room, the oldest connection of the address that holds most is destroyed. */
  add(connection: Connection, address: string): void {
    this.#waiting.set(connection, address);
    if (this.#waiting.size <= MAX_WAITING_CONNECTIONS) return;
    const greediest = this.#greediest();
    for (const [oldest, itsAddress] of this.#waiting) {
      if (itsAddress !== greediest) continue;
      this.#waiting.delete(oldest);
      oldest.destroy();
      return;
    }
  }

  delete(connection: Connection): void {
    this.#waiting.delete(connection);
  }

  [Symbol.iterator](): Iterator<Connection> {
    return this.#waiting.keys();
  }

  #greediest(): string | undefined {
    const held = new Map<string, number>();
    let greediest: string | undefined;
    for (const address of this.#waiting.values()) {
      const count = (held.get(address) ?? 0) + 1;
      held.set(address, count);
      if (greediest === undefined || count > (held.get(greediest) ?? 0)) greediest = address;
    }
    return greediest;
  }
}
