/** What became of the orders of an input, in a line. */

import { EXIT, type ExitCode } from '../../errors.ts';
import type { Log } from '../../log.ts';
import type { Order } from '../../orders/order.ts';

export interface Outcome {
  readonly status: ExitCode;
  /** Entries that went. */
  readonly removed: number;
}

function entries(count: number): string {
  return `${count} ${count === 1 ? 'entry' : 'entries'}`;
}

/** Says how many entries came and went; `outcomes` in the order of `orders`. */
export function summarizeOrders(
  name: string,
  orders: readonly Order[],
  outcomes: readonly Outcome[],
  folder: string,
  log: Log,
): void {
  const isDone = (index: number) => outcomes[index]?.status === EXIT.done;
  const written = orders.filter(({ action }, index) => action === 'write' && isDone(index)).length;
  const removed = outcomes.reduce((sum, outcome) => sum + outcome.removed, 0);
  const failed = outcomes.filter(({ status }) => status !== EXIT.done).length;
  const parts = [
    `${entries(written)} written to ${folder}`,
    ...(removed > 0 ? [`${removed} removed from it`] : []),
    ...(failed > 0 ? [`${failed} failed`] : []),
  ];
  const message = `${name}: ${parts.join(', ')}`;
  if (failed > 0) log.warn(message);
  else log.notice(message);
}
