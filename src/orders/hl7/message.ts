/** HL7 v2 messages (chapter 2 of the standard): segments of text that are cut into fields when someone asks. */

import type { Span } from '../../dump-text/source-text.ts';
import type { MessageCharset } from './charset.ts';

export interface Delimiters {
  readonly field: string;
  readonly component: string;
  readonly repetition: string;
  readonly escape: string;
  readonly subcomponent: string;
}

export interface Hl7Message {
  /** From 1, as the file has them. */
  readonly number: number;
  readonly delimiters: Delimiters;
  readonly charset: MessageCharset;
  readonly segments: readonly Segment[];
  /** False where a line of it could not be read: its orders may lack anything. */
  readonly isSound: boolean;
}

export interface Segment {
  /** "PID". */
  readonly name: string;
  readonly text: string;
  /** Of the text, in bytes of the decoded input. */
  readonly offset: number;
  readonly message: Pick<Hl7Message, 'number' | 'delimiters' | 'charset'>;
}

/** A repetition of a field, one of its components, or a subcomponent. */
export interface Hl7Value {
  readonly level: 'repetition' | 'component' | 'subcomponent';
  /** With escape sequences. */
  readonly raw: string;
  /** Where in the segment's text it starts. */
  readonly start: number;
  readonly segment: Segment;
}

const USUAL = '|^~\\&';

/** The five delimiters, from the text of an MSH, BHS or FHS; those that MSH-2 leaves out are the usual ones. */
export function delimitersOf(header: string): Delimiters {
  const field = header.charAt(3);
  const [encoding = ''] = header.slice(4).split(field);
  const at = (index: number) => encoding.charAt(index) || USUAL.charAt(index + 1);
  return { field, component: at(0), repetition: at(1), escape: at(2), subcomponent: at(3) };
}

function split(value: Omit<Hl7Value, 'level'>, separator: string, level: Hl7Value['level']): Hl7Value[] {
  let { start } = value;
  return value.raw.split(separator).map((raw) => {
    const part = { level, raw, start, segment: value.segment };
    start += raw.length + separator.length;
    return part;
  });
}

/** The repetitions of a field, numbered from 1 as HL7 has them; none where the segment ends before it. */
export function fieldOf(segment: Segment, number: number): Hl7Value[] {
  const { field, repetition } = segment.message.delimiters;
  const parts = split({ raw: segment.text, start: 0, segment }, field, 'repetition');
  if (segment.name !== 'MSH') return parts[number] === undefined ? [] : split(parts[number], repetition, 'repetition');
  // MSH-1 is the separator itself, and MSH-2 holds the others.
  if (number === 1) return [{ level: 'repetition', raw: field, start: 3, segment }];
  const part = parts[number - 1];
  if (part === undefined) return [];
  return number === 2 ? [part] : split(part, repetition, 'repetition');
}

/** Components of a repetition, subcomponents of a component, and of a subcomponent itself. */
export function partsOf(value: Hl7Value): Hl7Value[] {
  const { component, subcomponent } = value.segment.message.delimiters;
  switch (value.level) {
    case 'repetition':
      return split(value, component, 'component');
    case 'component':
      return split(value, subcomponent, 'subcomponent');
    case 'subcomponent':
      return [value];
    default:
      return value.level satisfies never;
  }
}

/** The place of a value in the decoded input. */
export function spanOf({ raw, start, segment }: Hl7Value): Span {
  const before = Buffer.byteLength(segment.text.slice(0, start));
  return { offset: segment.offset + before, length: Math.max(1, Buffer.byteLength(raw)) };
}

/** The place of a segment's name. */
export function spanOfSegment({ offset, name }: Segment): Span {
  return { offset, length: name.length };
}
