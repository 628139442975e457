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
  /** Of the message, from 1. */
  readonly number: number;
  /** Of its MSH. */
  readonly span: Span;
}

/** Bytes that are no ASCII, and those that switch to other sets by ISO 2022: SO, SI, ESC. */
const BEYOND_ASCII = /[\0\x0e\x0f\x1b\x80-\xff]/;
/** Bytes that 8859/1 has for control codes, and Windows-1252 for characters. */
const BEYOND_LATIN_1 = /[\x80-\x9f]/;

const LATIN_1 = 'ISO_IR 100';

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}

/** The set of bytes that no name explains. */
export function guessCharset(bytes: Uint8Array): MessageCharset {
  return isUtf8(bytes) ? UTF_8 : WINDOWS_1252;
}

export class DeclaredCharset {
  readonly charset: MessageCharset;
  readonly #declaration: Declaration;
  readonly #warnings: Problem[] = [];
  /** The error that it is if some line cannot be read without knowing the set. */
  #refusal: Problem | undefined;
  #isRefused = false;

  /** `assumed`: the set of messages that name none that is known. */
  constructor(declaration: Declaration, assumed: MessageCharset | undefined) {
    this.#declaration = declaration;
    this.charset = this.#choose(assumed);
  }

  /** What is wrong with MSH-18, once all lines were examined. */
  get problems(): readonly Problem[] {
    return this.#isRefused && this.#refusal !== undefined ? [this.#refusal] : this.#warnings;
  }

  /** False for bytes that nobody can read without knowing the set. */
  examine(bytes: Uint8Array): boolean {
    if (this.#refusal === undefined || !BEYOND_ASCII.test(latin1(bytes))) return true;
    this.#isRefused = true;
    return false;
  }

  #choose(assumed: MessageCharset | undefined): MessageCharset {
    const { names, span } = this.#declaration;
    if (names.every((name) => name === ''))
      return assumed === undefined ? this.#guessing('no character set') : this.#orWindows(assumed);
    const named = messageCharset(names);
    if (named?.dicom === '') return this.#guessing('ASCII');
    if (named !== undefined) return this.#orWindows(named);
    const why = whyNoCharset(names);
    const message = `MSH-18 names a character set that is ${why}: ${names.join('~')}`;
    const other = why === 'not known' ? 'name the right one, by HL7 table 0211' : 'use another, e.g. UNICODE UTF-8';
    const hint = `have the sender ${other}`;
    if (assumed !== undefined) {
      this.#warn(`${message}; read as ${assumed.name}, by the mapping`, hint);
      return this.#orWindows(assumed);
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
    let isWarned = false;
    const decode = (bytes: Uint8Array) => {
      if (bytes.every((byte) => byte < 0x80)) return ASCII.decode(bytes);
      const guessed = guessCharset(bytes);
      if (!isWarned) {
        const hint = 'have the sender fill MSH-18, or set "characterSet" in the mapping';
        this.#warn(`MSH-18 says ${declared}, and there are other bytes: read as ${guessed.name}`, hint);
      }
      isWarned = true;
      return guessed.decode(bytes);
    };
    return { name: declared, dicom: undefined, decode };
  }

  /** For Latin-1, what Windows has beyond it, if there is any; the entries are then in a set that has it too. */
  #orWindows(charset: MessageCharset): MessageCharset {
    if (charset.dicom !== LATIN_1) return charset;
    const { name } = charset;
    let dicom: string | undefined = LATIN_1;
    const decode = (bytes: Uint8Array) => {
      if (!BEYOND_LATIN_1.test(latin1(bytes))) return charset.decode(bytes);
      if (dicom !== undefined) {
        const hint = 'have the sender put Windows-1252 into MSH-18, or send UNICODE UTF-8';
        this.#warn(`${name} lacks some of the bytes: read as ${WINDOWS_1252.name}`, hint);
      }
      dicom = undefined;
      return WINDOWS_1252.decode(bytes);
    };
    return {
      name,
      get dicom() {
        return dicom;
      },
      decode,
    };
  }

  #warn(message: string, hint: string): void {
    const { span } = this.#declaration;
    this.#warnings.push({ severity: 'warning', span, message: this.#labelled(message), hint });
  }

  #labelled(message: string): string {
    return `message ${this.#declaration.number}: ${message}`;
  }
}
