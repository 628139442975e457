/** Orders for tests: what an entry holds, by key, and HL7 segments by field number. */

import { decodeText } from '../../src/dicom/charset/text-codec.ts';
import { type DataSet, specificCharacterSet } from '../../src/dicom/data-set.ts';
import type { Diagnostic } from '../../src/errors.ts';
import { parseKey } from '../../src/keys/parse-key.ts';
import type { EntryToWrite, Order, OrderReading } from '../../src/orders/order.ts';

/** The day orders are read on in tests. */
export const TODAY = new Date(2026, 10, 25);

/** The text of an attribute of an entry, without padding; undefined where it is absent. */
export function entryText(entry: DataSet, keyText: string): string | undefined {
  const key = parseKey(keyText, { bareKeywords: 'worklist' });
  let dataSet = entry;
  let charset = specificCharacterSet(dataSet);
  for (const { tag, item } of key.path) {
    const inner = dataSet.items(tag)[item ?? 0]?.dataSet;
    if (inner === undefined) return undefined;
    dataSet = inner;
    charset = specificCharacterSet(dataSet, charset);
  }
  const element = dataSet.get(key.tag);
  if (element?.kind !== 'value') return undefined;
  return decodeText(element.value, charset, element.vr).replace(/[ \0]+$/, '');
}

/** The entries that orders write; fails where there are other orders. */
export function writtenEntries(orders: readonly Order[]): readonly EntryToWrite[] {
  return orders.map((order) => {
    if (order.action !== 'write') throw new Error(`${order.name} is to be removed`);
    return order;
  });
}

/** "2:5 error message", as a person would look it up. */
export function shortly({ line, column, severity, message }: Diagnostic): string {
  return `${line}:${column} ${severity} ${message}`;
}

export function findingsOf({ diagnostics }: OrderReading): string[] {
  return diagnostics.map(shortly);
}

/** A segment with these fields by number: segment('PID', { 3: 'P1', 5: 'Doe^Jane' }). */
export function segment(name: string, fields: Readonly<Record<number, string>>): string {
  const last = Math.max(0, ...Object.keys(fields).map(Number));
  return [name, ...Array.from({ length: last }, (_, index) => fields[index + 1] ?? '')].join('|');
}

export interface MessageParts {
  readonly type?: string;
  readonly charset?: string;
  readonly pid?: Readonly<Record<number, string>>;
  readonly orc?: Readonly<Record<number, string>>;
  readonly obr?: Readonly<Record<number, string>>;
  /** Segments behind the OBR. */
  readonly more?: readonly string[];
}

/** An order that has all it needs, but for what the test says otherwise; segments end with CR. */
export function orderMessage({ type = 'ORM^O01', charset, pid, orc, obr, more = [] }: MessageParts = {}): string {
  const header = `MSH|^~\\&|RIS|NOWHERE|WLTOOL|NOWHERE|20261124||${type}|1|P|2.3.1`;
  return [
    charset === undefined ? header : `${header}||||||${charset}`,
    segment('PID', { 3: 'P1', 5: 'Doe^Jane', 7: '19700131', 8: 'F', ...pid }),
    segment('ORC', { 1: 'NW', 2: 'PL1', 7: '^^^202611260815^^R', ...orc }),
    segment('OBR', { 4: 'CTHEAD^CT head^99NOWHERE', 18: 'ACC1', 19: 'RP1', 20: 'SPS1', 24: 'CT', ...obr }),
    ...more,
    '',
  ].join('\r');
}
