/** The one patient of a message (HL7 v2.5.1 4.4.1, 4.4.4, 4.4.8): repeated PID, prior results, and PID of others. */

import { fieldOf, type Hl7Message, partsOf, type Segment } from './message.ts';
import { cut } from './order-groups.ts';
import { textOf } from './path.ts';

export type PatientReading =
  /** Each with the message's head, its PID, and the orders behind it. */
  | { readonly parts: readonly (readonly Segment[])[] }
  /** The PID of another patient, whose orders would be filed under the first. */
  | { readonly stranger: Segment };

/** All fields but PID-1, which numbers the PID of a message. */
function fieldsOf({ text, message }: Segment): string {
  return text.split(message.delimiters.field).slice(2).join('\n').trimEnd();
}

/** The identifiers of PID-3, each with its assigning authority. */
function identifiersOf(pid: Segment): string[] {
  return fieldOf(pid, 3).flatMap((repetition) => {
    const parts = partsOf(repetition);
    const [id, authority] = [parts[0], parts[3]].map((part) => (part === undefined ? '' : textOf(part).trim()));
    return id === '' ? [] : JSON.stringify([id, authority]);
  });
}

function isSame(pid: Segment, other: Segment): boolean {
  return fieldsOf(pid) === fieldsOf(other);
}

function shareIdentifier(pid: Segment, other: Segment): boolean {
  const identifiers = new Set(identifiersOf(pid));
  return identifiersOf(other).some((identifier) => identifiers.has(identifier));
}

/**
 * Behind an order of OMG and OMI stand prior results: a PID, which may be the record of another department, or a PV1;
 * then OBR, whose ORC may be missing and says PR if it is there.
 */
function withoutPriorResults(segments: readonly Segment[]): Segment[] {
  const { head, parts } = cut(segments, 'ORC');
  const starts = ['PID', 'PV1'].filter((start) => head.some(({ name }) => name === start));
  const orders = parts.map((order) => {
    const end = order.findIndex(({ name }) => starts.includes(name));
    return end === -1 ? order : order.slice(0, end);
  });
  return [...head, ...orders.flat()];
}

/** Each PID with the orders behind it, where there are some behind each: what is between them is theirs, e.g. a PV1. */
function perPid(segments: readonly Segment[]): (readonly Segment[])[] {
  const { head, parts } = cut(segments, 'PID');
  const hasOrder = (part: readonly Segment[]) => part.some(({ name }) => name === 'ORC');
  return hasOrder(head) || !parts.every(hasOrder) ? [segments] : parts.map((part) => [...head, ...part]);
}

export function readPatient({ segments }: Hl7Message, mayHavePriorResults: boolean): PatientReading {
  const [first, ...others] = segments.filter(({ name }) => name === 'PID');
  if (first === undefined) return { parts: [segments] };
  const behindOrders = new Set(mayHavePriorResults ? cut(segments, 'ORC').parts.flat() : []);
  const isOfFirst = (pid: Segment) => isSame(first, pid) || (behindOrders.has(pid) && shareIdentifier(first, pid));
  const stranger = others.find((pid) => !isOfFirst(pid));
  if (stranger !== undefined) return { stranger };
  return { parts: mayHavePriorResults ? [withoutPriorResults(segments)] : perPid(segments) };
}
