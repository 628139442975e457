/** Where an element stands in a data set: sequences and item numbers (from 0), then the element. */

import { formatTag, type Tag } from './tag.ts';

export interface TagPathStep {
  readonly tag: Tag;
  readonly item: number;
}

export type TagPath = readonly TagPathStep[];

/** "(0040,0100)[1].(0040,0002)"; without `tag` the path of the item itself: "(0040,0100)[1]". */
export function formatTagPath(path: TagPath, tag?: Tag): string {
  const steps = path.map((step) => `${formatTag(step.tag)}[${step.item}]`);
  if (tag !== undefined) steps.push(formatTag(tag));
  return steps.join('.');
}
