/** Which form of orders an input is in, by the ending of its name. */

import type { OrderKind } from './order.ts';

const KIND_OF_ENDING: ReadonlyMap<string, OrderKind> = new Map([
  ['csv', 'csv'],
  ['tsv', 'csv'],
  ['hl7', 'hl7'],
  ['hl7v2', 'hl7'],
  ['er7', 'hl7'],
]);

/** The kind of a file with this name, or undefined where the ending is none of orders. */
export function orderKindOf(path: string): OrderKind | undefined {
  const ending = /\.([^./\\]+)$/.exec(path)?.[1];
  return ending === undefined ? undefined : KIND_OF_ENDING.get(ending.toLowerCase());
}
