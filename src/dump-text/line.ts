/** One line of an element, taken apart: the tokens of the grammar as places in the input. */

import type { IToken } from 'chevrotain';
import type { Tag } from '../dicom/tag.ts';
import type { SeveralLines } from './bracketed-value.ts';
import type { Span } from './source-text.ts';
import { Bare, Bracketed, UnclosedBracket } from './tokens.ts';

/** The text of a value, without brackets and the blanks around. */
export interface ValueText {
  readonly form: 'bracketed' | 'unclosed' | 'parenthesized' | 'bare';
  readonly start: number;
  readonly end: number;
  /** Set where a bracketed value runs on over the following lines. */
  readonly several: SeveralLines | undefined;
}

export interface ElementLine {
  readonly tag: Tag;
  readonly tagSpan: Span;
  /** Two letters or `??`; undefined where none is written. */
  readonly vrText: string | undefined;
  readonly vrSpan: Span;
  readonly value: ValueText | undefined;
  /** No blank between the VR and the value. */
  readonly glued: boolean;
  /** Text between the value and the comment. */
  readonly trailing: { readonly text: string; readonly span: Span } | undefined;
  readonly comment: { readonly text: string; readonly span: Span } | undefined;
}

export function spanOf(text: ValueText): Span {
  return { offset: text.start, length: text.end - text.start };
}

/** Where a token stands in the input, the blanks that belong to it left out. */
export function spanOfToken(token: IToken, base: number): Span {
  return { offset: base + token.startOffset, length: token.image.trimEnd().length };
}

/** The value of a token; `base` is where the lexer's text begins in the input. */
export function readValueToken(token: IToken, base: number): ValueText {
  const { image, tokenType } = token;
  const start = base + token.startOffset;
  if (tokenType === Bracketed) {
    const several: SeveralLines | undefined = token.payload;
    return { form: 'bracketed', start: start + 1, end: start + image.lastIndexOf(']'), several };
  }
  const form = tokenType === Bare ? 'bare' : tokenType === UnclosedBracket ? 'unclosed' : 'parenthesized';
  return { form, start, end: start + image.trimEnd().length, several: undefined };
}
