/** Names and VRs of private elements, by their creator (PS3.5 7.8.1). Loaded with the first private element. */

import { PRIVATES } from './private-table.gen.ts';
import { elementOf, groupOf, type Tag } from './tag.ts';
import type { ElementVr } from './vr.ts';

/** What the dictionary says of a private attribute. */
export interface PrivateAttribute {
  readonly vr: ElementVr;
  /** As in PS3.6: "1", "2-n". */
  readonly vm: string;
  readonly keyword: string;
}

interface PrivateEntry extends PrivateAttribute {
  readonly groupFrom: number;
  readonly groupTo: number;
  readonly element: number;
}

/** dcmjs calls the elements from (0019,xxa7) of this creator all alike; DCMTK numbers them in their order. */
const NUMBERED = { creator: 'GEMS_ACQU_01', group: 0x19, keyword: 'UserData' };

let byCreator: Map<string, PrivateEntry[]> | undefined;

function table(): Map<string, PrivateEntry[]> {
  if (byCreator !== undefined) return byCreator;
  byCreator = new Map();
  let count = 0;
  for (const line of PRIVATES.split('\n')) {
    const [numbers = '', creator = '', vr = '', vm = '', keyword = ''] = line.split('\t');
    const [groupFrom = 0, groupTo = 0, element = 0] = numbers.split('-').map((part) => Number.parseInt(part, 16));
    const numbered = creator === NUMBERED.creator && groupFrom === NUMBERED.group && keyword === NUMBERED.keyword;
    const entry: PrivateEntry = {
      groupFrom,
      groupTo,
      element,
      vr: vr as ElementVr,
      vm,
      // A few names come with blanks in them.
      keyword: numbered ? `${keyword}${count++}` : keyword.replaceAll(' ', ''),
    };
    const entries = byCreator.get(creator);
    if (entries === undefined) byCreator.set(creator, [entry]);
    else entries.push(entry);
  }
  return byCreator;
}

/** The entry for a private tag whose block its creator has reserved; the block number in the tag does not count. */
export function lookupPrivate(tag: Tag, creator: string): PrivateAttribute | undefined {
  const group = groupOf(tag);
  const element = elementOf(tag);
  const inGroup = (table().get(creator) ?? []).filter(
    (entry) => entry.groupFrom <= group && group <= entry.groupTo && (entry.groupFrom & 1) === (group & 1),
  );
  return (
    inGroup.find((entry) => entry.element === (element & 0xff)) ?? inGroup.find((entry) => entry.element === element)
  );
}
