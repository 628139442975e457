/**
 * The lines of dump text: tag, VR and value column in front, then length, VM and name as a comment.
 * In the tree form the name comes first and there is no comment.
 */

import { formatTag, type Tag } from '../dicom/tag.ts';
import type { PrintStyle } from './print-style.ts';
import type { TextSink } from './text-sink.ts';

/** Values shorter than this are padded to it. */
const VALUE_WIDTH = 40;
/** Names in the tree form, their indentation included. */
const TREE_NAME_WIDTH = 35;
/** DCMTK's way to print the tag that its tables use for "no tag". */
const UNDEFINED_TAG: Tag = 0xffffffff;

export interface LineHead {
  readonly tag: Tag;
  readonly vr: string;
  readonly name: string;
  /** 1 for the elements of the data set, one more for items, and again for their elements. */
  readonly level: number;
}

const tagTexts = new Map<Tag, string>();

function tagText(tag: Tag): string {
  let text = tagTexts.get(tag);
  if (text === undefined) {
    text = tag === UNDEFINED_TAG ? '(????,????)' : formatTag(tag);
    // Private tags could fill the memory of a long run.
    if (tagTexts.size < 10_000) tagTexts.set(tag, text);
  }
  return text;
}

/** The tag as dcmdump prints it. */
export function printedTag(tag: Tag): string {
  return tagText(tag);
}

/** Everything in front of the value. */
export function printLineStart(sink: TextSink, head: LineHead, style: PrintStyle): void {
  if (style.tree) {
    const padding = TREE_NAME_WIDTH - head.name.length - 2 * head.level;
    sink.add(`${'| '.repeat(head.level - 1)}${head.name} ${padding > 0 ? ' '.repeat(padding) : ''}`);
  } else {
    sink.add(`${'  '.repeat(head.level - 1)}${tagText(head.tag)} ${head.vr} `);
  }
}

/** Everything behind a value of `printed` bytes; `length` undefined stands for an undefined length. */
export function printLineEnd(
  sink: TextSink,
  head: LineHead,
  printed: number,
  length: number | undefined,
  multiplicity: number,
  style: PrintStyle,
): void {
  if (style.tree) {
    sink.add('\n');
    return;
  }
  const padding = printed < VALUE_WIDTH ? ' '.repeat(VALUE_WIDTH - printed) : '';
  const lengthText = length === undefined ? 'u/l' : String(length).padStart(3);
  sink.add(`${padding} # ${lengthText},${String(multiplicity).padStart(2)} ${head.name}\n`);
}
