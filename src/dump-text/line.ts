/** One line of an element, taken apart: the tokens of the grammar as places in the input. */

import type { IToken } from 'chevrotain';
import type { Tag } from '../dicom/tag.ts';
import type { SeveralLines } from './bracketed-value.ts';
import type { Span } from './source-text.ts';
import { Bare, Bracketed, UnclosedBracket } from './tokens.ts';
import { lengthWithoutBlanks } from './value-text.ts';

/** The text of a value, without brackets and the blanks around. */
export interface ValueText {
  readonly form: 'bracketed' | 'unclosed' | 'parenthesized' | 'bare';
  readonly start: number;
  readonly end: number;
  /** Set where a bracketed value runs on over the following lines. */
  readonly several: SeveralLines | undefined;
}

/** Text on the line that is no value, with its place. */
export interface PlacedText {
  readonly text: string;
  readonly span: Span;
}

export interface LineTokens {
  readonly tag: IToken;
  readonly vr: IToken | undefined;
  readonly value: IToken | undefined;
  readonly trailing: IToken | undefined;
  readonly comment: IToken | undefined;
}

/** Most of it is worked out when asked for: a long dump has a hundred thousand lines, and few have trouble. */
export class ElementLine {
  readonly tag: Tag;
  readonly value: ValueText | undefined;
  readonly #tokens: LineTokens;
  readonly #base: number;

  /** `base` is where the lexer's text begins in the input. */
  constructor(tag: Tag, tokens: LineTokens, base: number) {
    this.tag = tag;
    this.value = tokens.value && readValueToken(tokens.value, base);
    this.#tokens = tokens;
    this.#base = base;
  }

  get offset(): number {
    return this.#base + this.#tokens.tag.startOffset;
  }

  get tagSpan(): Span {
    return spanOfToken(this.#tokens.tag, this.#base);
  }

  /** Two letters or `??`; undefined where none is written. */
  get vrText(): string | undefined {
    return this.#tokens.vr?.image.slice(0, 2);
  }

  /** The VR, or the tag where none is written. */
  get vrSpan(): Span {
    const { vr } = this.#tokens;
    return vr === undefined ? this.tagSpan : { offset: this.#base + vr.startOffset, length: 2 };
  }

  /** No blank between the VR and the value. */
  get glued(): boolean {
    return this.#tokens.vr?.image.length === 2;
  }

  /** Text between the value and the comment. */
  get trailing(): PlacedText | undefined {
    return placedText(this.#tokens.trailing, this.#base);
  }

  get comment(): PlacedText | undefined {
    return placedText(this.#tokens.comment, this.#base);
  }

  get hasTrailing(): boolean {
    return this.#tokens.trailing !== undefined;
  }

  /** The comment as it stands, with the end of the line. */
  get commentImage(): string | undefined {
    return this.#tokens.comment?.image;
  }
}

function placedText(token: IToken | undefined, base: number): PlacedText | undefined {
  return token && { text: token.image, span: spanOfToken(token, base) };
}

export function spanOf(text: ValueText): Span {
  return { offset: text.start, length: text.end - text.start };
}

/** Where a token stands in the input, the blanks that belong to it left out. */
export function spanOfToken(token: IToken, base: number): Span {
  return { offset: base + token.startOffset, length: lengthWithoutBlanks(token.image) };
}

function readValueToken(token: IToken, base: number): ValueText {
  const { image, tokenType } = token;
  const start = base + token.startOffset;
  if (tokenType === Bracketed) {
    const several: SeveralLines | undefined = token.payload;
    return { form: 'bracketed', start: start + 1, end: start + image.lastIndexOf(']'), several };
  }
  const form = tokenType === Bare ? 'bare' : tokenType === UnclosedBracket ? 'unclosed' : 'parenthesized';
  return { form, start, end: start + lengthWithoutBlanks(image), several: undefined };
}
