/** The character set of a message: what MSH-18 names, what the mapping says in its place, or what the bytes look like. */

import { isUtf8 } from 'node:buffer';
import type { Span } from '../../dump-text/source-text.ts';
import { ASCII, type MessageCharset, messageCharset, UTF_8, WINDOWS_1252, whyNoCharset } from './charset.ts';

export interface Problem {
  readonly severity: 'error' | 'warning';
  readonly span: Span;
  readonly message: string;
  readonly hint?: string;
}

export interface Declaration {
  /** The repetitions of MSH-18. */
  readonly names: readonly string[];
  readonly escape: string;
  /** Of the message, from 1. */
  readonly number: number;
  /** Of its MSH. */
  readonly span: Span;
}

/** Bytes that are no ASCII, and those that switch to other sets by ISO 2022: SO, SI, ESC. */
const BEYOND_ASCII = /[\0\x0e\x0f\x1b\x80-\xff]/;
const ESCAPED_BYTES = /^X(?:[0-9A-Fa-f]{2})+$/;

/** `line`: bytes as Latin-1; `mark`: the escape character. */
function isPlain(line: string, mark: string): boolean {
  if (BEYOND_ASCII.test(line)) return false;
  const escaped = line.split(mark).filter((part) => ESCAPED_BYTES.test(part));
  return escaped.every((part) => !BEYOND_ASCII.test(Buffer.from(part.slice(1), 'hex').toString('latin1')));
}

/** The set of bytes that no name explains. */
export function guessCharset(bytes: Uint8Array): MessageCharset {
  return isUtf8(bytes) ? UTF_8 : WINDOWS_1252;
}

export class DeclaredCharset {
  readonly charset: MessageCharset;
  readonly #declaration: Declaration;
  /** The error to be, of a set that is not known and that some line needs. */
  #refusal: Problem | undefined;
  #problem: Problem | undefined;

  /** `assumed`: the set of messages that name none that is known. */
  constructor(declaration: Declaration, assumed: MessageCharset | undefined) {
    this.#declaration = declaration;
    this.charset = this.#choose(assumed);
  }

  /** What is wrong with MSH-18, once all lines were examined. */
  get problems(): readonly Problem[] {
    return this.#problem === undefined ? [] : [this.#problem];
  }

  /** False for a line that nobody can read without knowing the set. `line`: bytes as Latin-1. */
  examine(line: string): boolean {
    if (this.#refusal === undefined || isPlain(line, this.#declaration.escape)) return true;
    this.#problem = this.#refusal;
    return false;
  }

  #choose(assumed: MessageCharset | undefined): MessageCharset {
    const { names, span } = this.#declaration;
    if (names.every((name) => name === '')) return assumed ?? this.#guessing('no character set');
    const named = messageCharset(names);
    if (named !== undefined) return named.dicom === '' ? this.#guessing('ASCII') : named;
    const why = whyNoCharset(names);
    const message = `MSH-18 names a character set that is ${why}: ${names.join('~')}`;
    const other = why === 'not known' ? 'name the right one, by HL7 table 0211' : 'use another, e.g. UNICODE UTF-8';
    const hint = `have the sender ${other}`;
    if (assumed !== undefined) {
      this.#warn(`${message}; read as ${assumed.name}, by the mapping`, hint);
      return assumed;
    }
    this.#warn(`${message}; there is nothing but ASCII, read as that`, hint);
    this.#refusal = {
      severity: 'error',
      span,
      message: this.#labelled(message),
      hint: `${hint}; or, where the bytes are in another, name that as "characterSet" in the mapping`,
    };
    return { name: names.join('~'), dicom: undefined, decode: (bytes) => guessCharset(bytes).decode(bytes) };
  }

  /** ASCII where it is that; else what it looks like, and a warning when the first such bytes come. */
  #guessing(declared: string): MessageCharset {
    const decode = (bytes: Uint8Array) => {
      if (bytes.every((byte) => byte < 0x80)) return ASCII.decode(bytes);
      const guessed = guessCharset(bytes);
      if (this.#problem === undefined) {
        const hint = 'have the sender fill MSH-18, or set "characterSet" in the mapping';
        this.#warn(`MSH-18 says ${declared}, and there are other bytes: read as ${guessed.name}`, hint);
      }
      return guessed.decode(bytes);
    };
    return { name: declared, dicom: undefined, decode };
  }

  #warn(message: string, hint: string): void {
    this.#problem = { severity: 'warning', span: this.#declaration.span, message: this.#labelled(message), hint };
  }

  #labelled(message: string): string {
    return `message ${this.#declaration.number}: ${message}`;
  }
}
