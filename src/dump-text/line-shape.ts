/**
 * What can be wrong with a line whatever its element means: brackets that do not close, lines that were joined, values
 * that dcmdump has cut.
 */

import { endsCut } from './comment.ts';
import type { Findings } from './findings.ts';
import type { ElementLine } from './line.ts';
import type { SourceText, Span } from './source-text.ts';
import { ValueTrouble } from './value-text.ts';

const TAG = /\([0-9a-f]{4},[0-9a-f]{4}\)/i;
/** A tag that something follows as in a line of its own; of items and delimiters the tag is enough. */
const TAG_OF_LINE =
  /\([0-9a-fA-F]{4},[0-9a-fA-F]{4}\)[ \t]*(?:[A-Z]{2}\b|na\b|pi\b|\[)|\([fF]{3}[eE],[eE]0(?:0[0dD]|[dD]{2})\)/;
const DCMDUMP_COMMENT = /^#[ \t]*(?:\d+|u\/l),[ \t]*\d+ /;
const TAG_BEHIND_BRACKET = /\][ \t\v\f]*(?=\([0-9a-f]{4},[0-9a-f]{4}\))/i;

/** A second element on the line: line ends were lost when the dump was written. */
export class JoinedLines extends ValueTrouble {}

function joined(offset: number): JoinedLines {
  return new JoinedLines(
    { offset, length: 11 },
    'a second element begins on the same line',
    'each element needs a line of its own: were line ends lost?',
  );
}

/** The value has been cut by dcmdump, which shows 70 bytes unless told otherwise. */
export function cutValue(text: string, offset: number): ValueTrouble {
  const dots = text.lastIndexOf('...');
  const span = { offset: offset + Math.max(0, dots), length: 3 };
  return new ValueTrouble(
    span,
    'the value was cut when it was dumped',
    'dump again with full values: dcmdump +L, or wltool dump',
  );
}

/** The trouble with a line's shape, if any; what is only odd is noted as a warning. */
export function examineShape(line: ElementLine, source: SourceText, findings: Findings): ValueTrouble | undefined {
  const { value } = line;
  const second = line.commentImage?.includes('(') ? examineComment(line) : undefined;
  if (second !== undefined || value === undefined) return second;
  const text = source.text.slice(value.start, value.end);
  switch (value.form) {
    case 'unclosed':
      return examineUnclosed(text, value.start);
    case 'bracketed':
      return examineBracketed(text, line, findings);
    case 'bare':
      return examineBare(text, value.start);
    case 'parenthesized':
      return examineDescription(text, line, source);
    default:
      return value.form satisfies never;
  }
}

/** `#   2, 1 Modality(0040,0001) AE [CT1]`: the comment is dcmdump's, the rest another line's. */
function examineComment({ comment }: ElementLine): ValueTrouble | undefined {
  if (comment === undefined || !DCMDUMP_COMMENT.test(comment.text)) return undefined;
  const second = TAG_OF_LINE.exec(comment.text);
  return second === null ? undefined : joined(comment.span.offset + second.index);
}

/** `na (0008,0060) CS [CT]`: a tag where dcmdump has words. */
function examineDescription(text: string, line: ElementLine, source: SourceText): ValueTrouble | undefined {
  const { value } = line;
  if (value !== undefined && text.startsWith('(')) {
    const second = TAG_OF_LINE.exec(
      source.text.slice(value.start, line.trailing ? endOf(line.trailing.span) : value.end),
    );
    if (second?.index === 0) return joined(value.start);
  }
  return examineTrailing(line, 'the description', undefined);
}

/** What stands between a closing bracket and the comment or the end of the line. */
function examineTrailing(line: ElementLine, behind: string, findings: Findings | undefined): ValueTrouble | undefined {
  const trailing = line.hasTrailing ? line.trailing : undefined;
  if (trailing === undefined) return undefined;
  if (endsCut(trailing.text)) return cutValue(trailing.text, trailing.span.offset);
  const tag =
    TAG_OF_LINE.exec(trailing.text) ?? (trailing.text.trimEnd().endsWith(')') ? null : TAG.exec(trailing.text));
  if (tag !== null) return joined(trailing.span.offset + tag.index);
  findings?.warning(trailing.span, `text behind ${behind} is ignored`, 'comments begin with #');
  return undefined;
}

function examineUnclosed(text: string, offset: number): ValueTrouble {
  if (endsCut(text)) return cutValue(text, offset);
  return new ValueTrouble({ offset, length: 1 }, 'the bracket is not closed', 'add the ] that ends the value');
}

function examineBracketed(text: string, line: ElementLine, findings: Findings): ValueTrouble | undefined {
  const { commentImage, value } = line;
  const second = text.includes(']') ? TAG_BEHIND_BRACKET.exec(text) : null;
  if (second !== null && value !== undefined) return joined(value.start + second.index + second[0].length);
  if (commentImage?.includes(']') && line.comment !== undefined) {
    findings.warning(
      line.comment.span,
      'a bracket in the comment; the value ends before it',
      'dump2dcm would have taken it as the end of the value',
    );
  }
  return examineTrailing(line, 'the value', findings);
}

function examineBare(text: string, offset: number): ValueTrouble | undefined {
  if (text.startsWith('<')) {
    return new ValueTrouble({ offset, length: 1 }, 'a value cannot begin with <', 'put it in brackets');
  }
  const second = text.includes('(') ? TAG_OF_LINE.exec(text) : null;
  return second === null ? undefined : joined(offset + second.index);
}

/** `(0040,0100).(0008,0060)`: what dcmdump prints with +p, of which dump2dcm reads the first tag. */
export function findPath({ value, tagSpan }: ElementLine, source: SourceText): ValueTrouble | undefined {
  if (value?.form !== 'bare' || !/^\.\([0-9a-f]/i.test(source.text.slice(value.start, value.start + 3)))
    return undefined;
  return new ValueTrouble(tagSpan, 'a path stands in place of the tag', 'dump without +p');
}

/** Byte 0 within the line's element; dump2dcm takes it for the end of the line. */
export function findNul(source: SourceText, line: ElementLine): Span | undefined {
  const end = Math.max(line.tagSpan.offset + line.tagSpan.length, line.value?.end ?? 0, endOf(line.trailing?.span));
  const found = source.bytes.subarray(line.offset, end).indexOf(0);
  return found < 0 ? undefined : { offset: line.offset + found, length: 1 };
}

function endOf(span: Span | undefined): number {
  return span === undefined ? 0 : span.offset + span.length;
}
