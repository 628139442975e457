/** What the readers of value text hand back, and where in the text the trouble is. */

import type { Hint } from './findings.ts';
import type { Span } from './source-text.ts';

/** Text of a value that does not fit its VR. */
export class ValueTrouble {
  readonly span: Span;
  readonly message: string;
  readonly hint: Hint;

  constructor(span: Span, message: string, hint?: Hint) {
    this.span = span;
    this.message = message;
    this.hint = hint;
  }
}

/** The value field, or why there is none. */
export type ValueResult = Uint8Array | ValueTrouble;

/** One of the parts between backslashes, without the blanks around it. */
export interface Part {
  readonly text: string;
  readonly span: Span;
}

const BLANKS_BEFORE = /^[ \t\v\f]*/;

/** White space as DCMTK counts it, which JavaScript's trimEnd does not: a no-break space belongs to the value. */
export function lengthWithoutBlanks(text: string): number {
  let length = text.length;
  while (length > 0 && isBlank(text.charCodeAt(length - 1))) length--;
  return length;
}

function isBlank(code: number): boolean {
  return code === 0x20 || (code >= 0x09 && code <= 0x0d);
}

/** Parts between backslashes; `offset` is where the text begins in the input. */
export function splitParts(text: string, offset: number): Part[] {
  const parts: Part[] = [];
  let start = offset;
  for (const piece of text.split('\\')) {
    const lead = BLANKS_BEFORE.exec(piece)?.[0].length ?? 0;
    const inner = piece.slice(lead, Math.max(lead, lengthWithoutBlanks(piece)));
    parts.push({ text: inner, span: { offset: start + lead, length: inner.length } });
    start += piece.length + 1;
  }
  return parts;
}
