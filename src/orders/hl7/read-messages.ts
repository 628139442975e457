/** The messages of a file: one or several, bare, in a batch, or still in the frames of MLLP. */

import { foreignEncoding, type Span } from '../../dump-text/source-text.ts';
import type { MessageCharset } from './charset.ts';
import { readCharsetNames } from './charset-names.ts';
import { DeclaredCharset, guessCharset, type Problem } from './declared-charset.ts';
import { delimitersOf, type Hl7Message, type Segment } from './message.ts';
import { escapedBytes } from './unescape.ts';

export interface MessageFile {
  /** The input in UTF-8: what offsets and problems refer to. */
  readonly bytes: Uint8Array;
  readonly messages: readonly Hl7Message[];
  readonly problems: readonly Problem[];
}

/** MLLP's start of block, and its end. */
const FRAMES = /[\x0b\x1c]/g;
/** Blanks, and what files are padded with and end with: NUL, SUB. */
const PADDING = /[\s\0\x1a]+/g;
const LINE = /([^\r\n]*)(\r\n?|\n|$)/g;
const SEGMENT_NAME = /^[A-Z][A-Z0-9]{2}/;
/** Headers and trailers of files and batches. */
const ENVELOPES = new Set(['FHS', 'BHS', 'BTS', 'FTS']);
const UTF8_MARK = '\u00ef\u00bb\u00bf';

interface OpenMessage {
  readonly message: Omit<Hl7Message, 'segments' | 'isSound'>;
  readonly declared: DeclaredCharset;
  readonly segments: Segment[];
  isSound: boolean;
}

/** Reads all messages; `assumed` is the character set of those that name none that is known. */
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
      problems: [...this.#problems, ...this.#messages.flatMap(({ declared }) => declared.problems)],
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
    const bytes = Buffer.from(content, 'latin1');
    const charset = open?.message.charset ?? guessCharset(bytes);
    const { text, problem } = charset.decode(bytes);
    const escaped = open === undefined ? [] : escapedBytes(text, open.message);
    const problems = [problem, ...escaped.map((run) => charset.decode(run).problem)];
    if (open !== undefined && ![bytes, ...escaped].every((run) => open.declared.examine(run))) open.isSound = false;
    const offset = this.#offset + lead;
    if (content.replace(PADDING, '') !== '' && !ENVELOPES.has(name)) {
      this.#addSegment(
        open,
        name,
        text,
        offset,
        problems.find((each) => each !== undefined),
      );
    }
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
    const names = readCharsetNames(header, delimiters);
    const span = { offset: this.#offset + lead, length: 3 };
    const declared = new DeclaredCharset({ names, number, span }, this.#assumed);
    const message = { number, delimiters, charset: declared.charset };
    this.#messages.push({ message, declared, segments: [], isSound: true });
    this.#inMessage = true;
  }

  #error(span: Span, message: string, hint: string): void {
    this.#problems.push({ severity: 'error', span, message, hint });
  }
}
