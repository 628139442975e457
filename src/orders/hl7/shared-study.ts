/** The Study Instance UID of v2.3.1 orders: IHE puts one ZDS behind the ORC and OBR of a requested procedure (RAD-4). */

import type { Segment } from './message.ts';
import type { OrderGroup } from './order-groups.ts';

function ownStudy({ segments }: OrderGroup): Segment | undefined {
  return segments.find(({ name }) => name === 'ZDS');
}

/** The ZDS that stands behind all orders and is the only one, so that it is nobody's in particular. */
function commonStudy(segments: readonly Segment[]): Segment | undefined {
  const [study, ...others] = segments.filter(({ name }) => name === 'ZDS');
  if (study === undefined || others.length > 0) return undefined;
  return segments.slice(segments.indexOf(study)).some(({ name }) => name === 'OBR') ? undefined : study;
}

/**
 * Orders without a ZDS get that of the same requested procedure, and else the one of the whole message.
 * `procedureOf`: what a requested procedure is known by.
 */
export function shareStudies(
  groups: readonly OrderGroup[],
  segments: readonly Segment[],
  procedureOf: (group: OrderGroup) => string,
): OrderGroup[] {
  const studies = new Map<string, Set<Segment>>();
  for (const group of groups) {
    const study = ownStudy(group);
    const procedure = procedureOf(group);
    if (study !== undefined) studies.set(procedure, (studies.get(procedure) ?? new Set()).add(study));
  }
  const common = commonStudy(segments);
  return groups.map((group) => {
    if (ownStudy(group) !== undefined) return group;
    const [study, ...others] = studies.get(procedureOf(group)) ?? [];
    const shared = others.length > 0 ? undefined : (study ?? common);
    return shared === undefined ? group : { ...group, segments: [...group.segments, shared] };
  });
}

/** Each ZDS that several requested procedures have, with their orders. `studyOf`: where an order's study is from. */
export function ambiguousStudies(
  groups: readonly OrderGroup[],
  studyOf: (group: OrderGroup) => Segment | undefined,
  procedureOf: (group: OrderGroup) => string,
) {
  const sharing = new Map<Segment, OrderGroup[]>();
  for (const group of groups) {
    const study = studyOf(group);
    if (study?.name !== 'ZDS') continue;
    const others = sharing.get(study);
    if (others === undefined) sharing.set(study, [group]);
    else others.push(group);
  }
  return [...sharing].flatMap(([study, orders]) => {
    const procedures = new Set(orders.map(procedureOf)).size;
    return procedures > 1 ? { study, orders, procedures } : [];
  });
}
