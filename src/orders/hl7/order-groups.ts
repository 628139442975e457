/** The orders of a message: each OBR of an ORC, and each imaging procedure step (IPC) of an OBR, is one entry. */

import type { Segment } from './message.ts';

export interface OrderGroup {
  readonly orc: Segment;
  /** What this entry is made of: the message's head, and its own ORC, TQ1, OBR, IPC and so on. */
  readonly segments: readonly Segment[];
}

/** Cuts a list where segments of this name begin: what comes before the first, and the parts. */
export function cut(segments: readonly Segment[], name: string): { head: Segment[]; parts: Segment[][] } {
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

/** The orders of a message, or of a part of it that has its own head. */
export function orderGroups(segments: readonly Segment[]): OrderGroup[] {
  const { head, parts } = cut(segments, 'ORC');
  return parts.flatMap((order) =>
    groupsOfOrder(order).map((group) => ({ orc: order[0] as Segment, segments: [...head, ...group] })),
  );
}
