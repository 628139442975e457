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
  /** The whole text that the user wrote; undefined for a key that no user wrote. */
  readonly typed?: string;
}

/** "(0040,0100)[0].(0008,0060)", without the value; a step that means every item has no index. */
export function formatKeyPath(key: Key): string {
  const steps = [...key.path, { tag: key.tag, item: key.item }];
  return steps.map(({ tag, item }) => `${formatTag(tag)}${item === undefined ? '' : `[${item}]`}`).join('.');
}

/** As the user named it, with the path where that says more: "PatientID (0010,0020)". */
export function describeKey(key: Key): string {
  const path = formatKeyPath(key);
  const [name = path] = key.typed?.split('=') ?? [];
  return name === path ? path : `${name} ${path}`;
}

/** What the user wrote, for the end of a message: ' (in key "PatientID=1")'; '' where nobody wrote it. */
export function inKey(key: Key | undefined): string {
  return key?.typed === undefined ? '' : ` (in key "${key.typed}")`;
}
