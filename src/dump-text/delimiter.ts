/** Lines of group fffe: items, their ends and the ends of sequences; and what dcmdump says about these. */

import { formatTag, TAG } from '../dicom/tag.ts';
import { formatTagPath } from '../dicom/tag-path.ts';
import { isVr } from '../dicom/vr.ts';
import type { Findings } from './findings.ts';
import type { ElementLine } from './line.ts';
import { examineShape, JoinedLines } from './line-shape.ts';
import type { Nesting } from './nesting.ts';
import { readElementValue, type ValueReading } from './read-value.ts';
import type { SourceText } from './source-text.ts';
import { ValueTrouble } from './value-text.ts';

const NOTHING = new Uint8Array(0);

/** Reports trouble with the path of the item that it is in. */
export function reportTrouble({ span, message, hint }: ValueTrouble, nesting: Nesting, findings: Findings): void {
  const { path } = nesting;
  const place = path.length === 0 ? '' : `${formatTagPath(path)}: `;
  findings.error(span, `${place}${message}`, hint);
}

/** True for a line with a description in parentheses that begins with these words. */
export function isDescribedAs({ value }: ElementLine, words: string, source: SourceText): boolean {
  return value?.form === 'parenthesized' && source.text.startsWith(words, value.start + 1);
}

/** The number in `(Sequence with explicit length #=2)`. */
export function announcedCount({ value }: ElementLine, source: SourceText): number | undefined {
  if (value?.form !== 'parenthesized') return undefined;
  const match = /#=(\d+)\)$/.exec(source.text.slice(value.start, value.end));
  return match === null ? undefined : Number(match[1]);
}

/** Opens or closes what the line says, and reports where it cannot. */
export function readDelimiter(line: ElementLine, nesting: Nesting, reading: ValueReading): void {
  const { findings, source } = reading;
  const { tag, vrText } = line;
  const isPixelItem = vrText === 'pi';
  const { fragments } = nesting;
  const report = (trouble: ValueTrouble) => reportTrouble(trouble, nesting, findings);
  const shape = examineShape(line, source, findings);
  if (shape instanceof JoinedLines) nesting.distrust();
  if (shape !== undefined) report(shape);
  if (tag === TAG.Item && isPixelItem && fragments !== undefined) {
    if (shape !== undefined) return;
    const value = line.value?.form === 'parenthesized' ? NOTHING : readElementValue(line, 'OB', reading);
    if (value instanceof ValueTrouble) report(value);
    else fragments.fragments.push(value);
    return;
  }
  if (vrText !== undefined && (isVr(vrText) || isPixelItem)) {
    const message = isPixelItem ? 'pi marks items of pixel data only' : `an item or delimiter has no VR ${vrText}`;
    report(new ValueTrouble(line.vrSpan, message, 'write na, - or nothing behind the tag'));
  }
  if (tag === TAG.Item) nesting.openItem(line.tagSpan, announcedCount(line, source));
  else if (tag === TAG.ItemDelimitationItem) nesting.closeItem(line.tagSpan);
  else if (tag === TAG.SequenceDelimitationItem) nesting.closeSequence(line.tagSpan);
  else report(new ValueTrouble(line.tagSpan, `${formatTag(tag)} is no delimiter that there is`, 'see PS3.5 7.5'));
}
