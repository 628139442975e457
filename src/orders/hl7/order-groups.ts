/** The orders of a message: each OBR of an ORC, and each imaging procedure step (IPC) of an OBR, is one entry. */

import type { Hl7Message, Segment } from './message.ts';

export interface OrderGroup {
  readonly orc: Segment;
  /** What this entry is made of: the message's head, and its own ORC, TQ1, OBR, IPC and so on. */
  readonly segments: readonly Segment[];
}

/** Cuts a list where segments of this name begin: what comes before the first, and the parts. */
function cut(segments: readonly Segment[], name: string): { head: Segment[]; parts: Segment[][] } {
  const head: Segment[] = [];
  const parts: Segment[][] = [];
  for (const segment of segments) {
    if (segment.name === name) parts.push([segment]);
    else (parts.at(-1) ?? head).push(segment);
  }
  return { head, parts };
}

/** Each of the parts with the head before it; the head alone where there are none. */
function spread(head: readonly Segment[], parts: readonly (readonly Segment[])[]): Segment[][] {
  return parts.length === 0 ? [[...head]] : parts.map((part) => [...head, ...part]);
}

function groupsOfOrder(order: readonly Segment[]): Segment[][] {
  const { head, parts } = cut(order, 'OBR');
  return spread(head, parts).flatMap((request) => {
    const steps = cut(request, 'IPC');
    return spread(steps.head, steps.parts);
  });
}

/**
 * The orders of a message. IHE puts one ZDS behind all ORC and OBR of a v2.3.1 message (RAD-4), so a ZDS that is the
 * only one is every order's.
 */
export function orderGroups(message: Hl7Message): OrderGroup[] {
  const { head, parts } = cut(message.segments, 'ORC');
  const studies = message.segments.filter(({ name }) => name === 'ZDS');
  const shared = studies.length === 1 ? studies : [];
  return parts.flatMap((order) =>
    groupsOfOrder(order).map((group) => ({
      orc: order[0] as Segment,
      segments: [...head, ...group, ...shared.filter((study) => !group.includes(study))],
    })),
  );
}
