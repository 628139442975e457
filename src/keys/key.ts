/** Keys as a user names them: a place in a data set, and perhaps a value for it. */

import { formatTag, type Tag } from '../dicom/tag.ts';

/** A sequence on the way to the attribute, and which of its items; undefined: every item there is. */
export interface KeyStep {
  readonly tag: Tag;
  readonly item: number | undefined;
}

export interface Key {
  readonly path: readonly KeyStep[];
  readonly tag: Tag;
  /** Set where the key names an item of the sequence `tag` itself, as in "ReferencedStudySequence[0]". */
  readonly item: number | undefined;
  /** The text after "="; undefined without "=": a return key. */
  readonly value: string | undefined;
  /** The key was a bare keyword that belongs into the scheduled procedure step, and was put there. */
  readonly placed: boolean;
}

/** "(0040,0100)[0].(0008,0060)", without the value; a step that means every item has no index. */
export function formatKeyPath(key: Key): string {
  const steps = [...key.path, { tag: key.tag, item: key.item }];
  return steps.map(({ tag, item }) => `${formatTag(tag)}${item === undefined ? '' : `[${item}]`}`).join('.');
}
