/** The messages of a file: one or several, bare, in a batch, or still in the frames of MLLP. */

import { isUtf8 } from 'node:buffer';
import { foreignEncoding, type Span } from '../../dump-text/source-text.ts';
import { ASCII, type MessageCharset, messageCharset, UTF_8, WINDOWS_1252 } from './charset.ts';
import { delimitersOf, type Hl7Message, type Segment } from './message.ts';

export interface Problem {
  readonly severity: 'error' | 'warning';
  readonly span: Span;
  readonly message: string;
  readonly hint?: string;
}

export interface MessageFile {
  /** The input in UTF-8: what offsets and problems refer to. */
  readonly bytes: Uint8Array;
  readonly messages: readonly Hl7Message[];
  readonly problems: readonly Problem[];
}

/** MLLP's start of block, and its end. */
const FRAMES = /[\x0b\x1c]/g;
const LINE = /([^\r\n]*)(\r\n?|\n|$)/g;
const SEGMENT_NAME = /^[A-Z][A-Z0-9]{2}/;
/** Headers and trailers of files and batches. */
const ENVELOPES = new Set(['FHS', 'BHS', 'BTS', 'FTS']);
const UTF8_MARK = '\u00ef\u00bb\u00bf';

interface OpenMessage {
  readonly message: Omit<Hl7Message, 'segments' | 'isSound'>;
  readonly segments: Segment[];
  isSound: boolean;
}

/** Reads all messages; `assumed` is the character set of those that name none. */
export function readMessages(input: Uint8Array, assumed: MessageCharset | undefined): MessageFile {
  return new MessageReader(assumed).read(toEightBits(input));
}

/** UTF-16 has delimiters of two bytes, so it is turned into UTF-8 first. */
function toEightBits(bytes: Uint8Array): Uint8Array {
  if (foreignEncoding(bytes) !== 'UTF-16') return bytes;
  const isBigEndian = bytes[0] === 0xfe || bytes[0] === 0;
  return Buffer.from(new TextDecoder(isBigEndian ? 'utf-16be' : 'utf-16le').decode(bytes), 'utf8');
}

class MessageReader {
  readonly #assumed: MessageCharset | undefined;
  readonly #decoded: Buffer[] = [];
  readonly #messages: OpenMessage[] = [];
  readonly #problems: Problem[] = [];
  #offset = 0;
  #inMessage = false;
  /** Something that stands outside of messages was reported. */
  #isOutside = false;

  constructor(assumed: MessageCharset | undefined) {
    this.#assumed = assumed;
  }

  read(bytes: Uint8Array): MessageFile {
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
    const start = text.startsWith(UTF8_MARK) ? UTF8_MARK.length : 0;
    for (const [whole, line = '', end = ''] of text.slice(start).matchAll(LINE)) {
      if (whole !== '') this.#readLine(line, end);
    }
    if (this.#messages.length === 0 && this.#problems.length === 0) {
      const hint = 'a message starts with MSH|^~\\&|';
      this.#problems.push({
        severity: 'error',
        span: { offset: 0, length: 1 },
        message: 'there is no HL7 message',
        hint,
      });
    }
    return {
      bytes: Buffer.concat(this.#decoded),
      messages: this.#messages.map(({ message, segments, isSound }) => ({ ...message, segments, isSound })),
      problems: this.#problems,
    };
  }

  /** `line`: bytes as Latin-1, because what they say is known only once MSH-18 is read. */
  #readLine(line: string, end: string): void {
    const content = line.replace(FRAMES, '');
    const lead = line.length - line.replace(/^[\x0b\x1c]+/, '').length;
    const name = SEGMENT_NAME.exec(content)?.[0] ?? '';
    if (name === 'MSH') this.#openMessage(content, lead);
    else if (ENVELOPES.has(name)) this.#inMessage = false;
    const open = this.#inMessage ? this.#messages.at(-1) : undefined;
    const charset = open?.message.charset ?? (isUtf8(latin1Bytes(content)) ? UTF_8 : WINDOWS_1252);
    const { text, problem } = charset.decode(latin1Bytes(content));
    const offset = this.#offset + lead;
    if (content.trim() !== '' && !ENVELOPES.has(name)) this.#addSegment(open, name, text, offset, problem);
    const decoded = Buffer.from(`${' '.repeat(lead)}${text}${end}`, 'utf8');
    this.#decoded.push(decoded);
    this.#offset += decoded.length;
  }

  #addSegment(
    open: OpenMessage | undefined,
    name: string,
    text: string,
    offset: number,
    problem: string | undefined,
  ): void {
    const span = { offset, length: Math.max(1, name.length) };
    if (open === undefined) {
      // One finding for what stands there, not one for each of its lines.
      if (this.#isOutside) return;
      this.#isOutside = true;
      this.#error(span, 'this stands outside of any message', 'a message starts with MSH|^~\\&|');
      return;
    }
    const { message, segments } = open;
    if (name === '' || text.charAt(3) !== message.delimiters.field) {
      if (text.length === name.length && name !== '') return;
      const hint = 'a line break inside a field is written \\.br\\';
      open.isSound = false;
      this.#error(span, `message ${message.number}: this line is no segment`, hint);
      return;
    }
    if (problem !== undefined) {
      const hint = 'name in MSH-18 the character set that the bytes are really in';
      open.isSound = false;
      this.#error(span, `message ${message.number}: ${name} is not in ${message.charset.name}: ${problem}`, hint);
    }
    segments.push({ name, text, offset, message });
  }

  #openMessage(header: string, lead: number): void {
    const number = this.#messages.length + 1;
    const delimiters = delimitersOf(header);
    const names = (header.split(delimiters.field)[17] ?? '').split(delimiters.repetition).map((name) => name.trim());
    const charset = this.#charsetOf(names, number, { offset: this.#offset + lead, length: 3 });
    this.#messages.push({ message: { number, delimiters, charset }, segments: [], isSound: true });
    this.#inMessage = true;
  }

  #charsetOf(names: readonly string[], number: number, span: Span): MessageCharset {
    if (names.every((name) => name === '')) return this.#assumed ?? this.#guessing(number, span, 'no character set');
    const named = messageCharset(names);
    if (named === undefined) {
      const hint = 'names are those of HL7 table 0211, e.g. 8859/1 or UNICODE UTF-8';
      this.#error(span, `message ${number}: MSH-18 names a character set that is not known: ${names.join('~')}`, hint);
    }
    return named === undefined || named.dicom === '' ? this.#guessing(number, span, 'ASCII') : named;
  }

  /** ASCII where it is that; else what it looks like, and a warning on the first segment that needs it. */
  #guessing(number: number, span: Span, declared: string): MessageCharset {
    let warned = false;
    const guess = (bytes: Uint8Array) => {
      if (bytes.every((byte) => byte < 0x80)) return ASCII.decode(bytes);
      const guessed = isUtf8(bytes) ? UTF_8 : WINDOWS_1252;
      if (!warned) {
        const message = `message ${number}: MSH-18 says ${declared}, and there are other bytes: read as ${guessed.name}`;
        const hint = 'have the sender fill MSH-18, or set "characterSet" in the mapping';
        this.#problems.push({ severity: 'warning', span, message, hint });
      }
      warned = true;
      return guessed.decode(bytes);
    };
    return { name: declared, dicom: undefined, decode: guess };
  }

  #error(span: Span, message: string, hint: string): void {
    this.#problems.push({ severity: 'error', span, message, hint });
  }
}

function latin1Bytes(text: string): Uint8Array {
  return Buffer.from(text, 'latin1');
}
