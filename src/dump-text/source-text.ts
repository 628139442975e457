/** Dump text as bytes, and where in it something stands. Text is decoded only to be shown. */

import { isUtf8 } from 'node:buffer';
import type { Diagnostic } from '../errors.ts';

const UTF8_MARK = [0xef, 0xbb, 0xbf];
const LINE_END = /\r\n?|\n/g;

/** A stretch of the input, in bytes. */
export interface Span {
  readonly offset: number;
  readonly length: number;
}

/** The encoding of an input that cannot be read as dump text, by its first bytes. */
export function foreignEncoding(bytes: Uint8Array): string | undefined {
  const [first, second, third, fourth] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return 'UTF-16';
  // Without a mark: two ASCII characters, each with a zero byte on the same side.
  const isText = (byte: number | undefined) => byte !== undefined && byte >= 0x09 && byte < 0x7f;
  if (isText(first) && second === 0 && isText(third) && fourth === 0) return 'UTF-16';
  if (first === 0 && isText(second) && third === 0 && isText(fourth)) return 'UTF-16';
  return undefined;
}

/** Text of unknown encoding for people: UTF-8 where it is that, else one character a byte. */
function decodeForPeople(bytes: Uint8Array): string {
  const encoding = isUtf8(bytes) ? 'utf8' : 'latin1';
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString(encoding);
}

/** Characters, not the one or two units that JavaScript stores them in. */
function countCharacters(text: string): number {
  return text.replace(/[\ud800-\udbff][\udc00-\udfff]/g, '_').length;
}

export class SourceText {
  readonly bytes: Uint8Array;
  /** The bytes as Latin-1, without a byte order mark: offsets in it are offsets from `start`. */
  readonly text: string;
  /** Where the text begins in the bytes: behind a byte order mark. */
  readonly start: number;
  #lineStarts: readonly number[] | undefined;

  constructor(bytes: Uint8Array) {
    this.start = UTF8_MARK.every((byte, index) => bytes[index] === byte) ? UTF8_MARK.length : 0;
    // A plain view: a Buffer makes its views by a slow way round.
    this.bytes = new Uint8Array(bytes.buffer, bytes.byteOffset + this.start, bytes.byteLength - this.start);
    this.text = Buffer.from(this.bytes.buffer, this.bytes.byteOffset, this.bytes.byteLength).toString('latin1');
  }

  /** The number of the line at an offset, from 1. */
  lineAt(offset: number): number {
    const starts = this.#starts();
    let low = 0;
    let high = starts.length;
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if ((starts[middle] as number) <= offset) low = middle;
      else high = middle;
    }
    return low + 1;
  }

  /** Text of a span for a message. */
  show(span: Span): string {
    return decodeForPeople(this.bytes.subarray(span.offset, span.offset + span.length));
  }

  /** A finding at a span, with line and column in decoded characters. */
  diagnostic(severity: Diagnostic['severity'], span: Span, message: string, hint?: string | undefined): Diagnostic {
    const line = this.lineAt(span.offset);
    const lineStart = this.#starts()[line - 1] ?? 0;
    const lineBytes = this.bytes.subarray(lineStart, this.#lineEnd(lineStart));
    const before = span.offset - lineStart;
    // One encoding for the whole line, so that its parts add up.
    const encoding = isUtf8(lineBytes) ? 'utf8' : 'latin1';
    const buffer = Buffer.from(lineBytes.buffer, lineBytes.byteOffset, lineBytes.byteLength);
    const column = countCharacters(buffer.toString(encoding, 0, before));
    const length = countCharacters(buffer.toString(encoding, before, before + span.length));
    return {
      severity,
      line,
      column: column + 1,
      length: Math.max(1, length),
      message,
      hint,
      lineText: buffer.toString(encoding),
    };
  }

  #starts(): readonly number[] {
    if (this.#lineStarts !== undefined) return this.#lineStarts;
    const starts = [0];
    for (const match of this.text.matchAll(LINE_END)) starts.push(match.index + match[0].length);
    this.#lineStarts = starts;
    return starts;
  }

  #lineEnd(lineStart: number): number {
    const pattern = /[\r\n]|$/g;
    pattern.lastIndex = lineStart;
    return pattern.exec(this.text)?.index ?? this.text.length;
  }
}
