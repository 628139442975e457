/** Escape sequences of HL7 text (HL7 v2 2.7): delimiters, bytes, line breaks; highlighting and local ones say nothing here. */

import type { Segment } from './message.ts';

const LINE_BREAKS = /^\.(?:br|sp(\d{0,2})|ce)$/;
const BLANKS = /^\.sk(\d{0,2})$/;
const LAYOUT = /^\.(?:fi|nf|in[+-]?\d*|ti[+-]?\d*)$/;
const BYTES = /^X((?:[0-9A-Fa-f]{2})+)$/;
/** Highlighting on and off, a switch of character sets, and what a site agreed on. */
const SILENT = /^(?:H|N|C[0-9A-Fa-f]{4}|M[0-9A-Fa-f]{4,6}|Z.*)$/;

type Context = Segment['message'];

/** What a sequence stands for; undefined for one that HL7 does not know, which is then no escape sequence. */
function meaning(body: string, { delimiters }: Context): string | undefined {
  switch (body) {
    case 'F':
      return delimiters.field;
    case 'S':
      return delimiters.component;
    case 'T':
      return delimiters.subcomponent;
    case 'R':
      return delimiters.repetition;
    case 'E':
      return delimiters.escape;
    default:
  }
  const lines = LINE_BREAKS.exec(body);
  if (lines !== null) return '\n'.repeat(Number(lines[1] || 1));
  const blanks = BLANKS.exec(body);
  if (blanks !== null) return ' '.repeat(Number(blanks[1] || 1));
  return LAYOUT.test(body) || SILENT.test(body) ? '' : undefined;
}

/** Bytes in hexadecimal, up to where something else comes: a character may have its bytes in several sequences. */
function readBytes(raw: string, start: number, mark: string): { readonly bytes: Uint8Array; readonly end: number } {
  let digits = '';
  let end = start;
  while (raw.startsWith(mark, end)) {
    const close = raw.indexOf(mark, end + 1);
    const part = close === -1 ? undefined : BYTES.exec(raw.slice(end + 1, close))?.[1];
    if (part === undefined) break;
    digits += part;
    end = close + 1;
  }
  return { bytes: Buffer.from(digits, 'hex'), end };
}

/** The text that a sender meant. An escape character that starts no known sequence stands for itself. */
export function unescapeText(raw: string, context: Context): string {
  const { escape: mark } = context.delimiters;
  let text = '';
  let at = 0;
  for (;;) {
    const start = raw.indexOf(mark, at);
    const close = start === -1 ? -1 : raw.indexOf(mark, start + 1);
    if (close === -1) return text + raw.slice(at);
    text += raw.slice(at, start);
    const { bytes, end } = readBytes(raw, start, mark);
    const meant = bytes.length > 0 ? context.charset.decode(bytes).text : meaning(raw.slice(start + 1, close), context);
    text += meant ?? mark;
    at = meant === undefined ? start + 1 : Math.max(end, close + 1);
  }
}

/** The bytes in hexadecimal that a text has, as runs that belong together. */
export function escapedBytes(raw: string, context: Context): Uint8Array[] {
  if (!raw.includes(`${context.delimiters.escape}X`)) return [];
  const runs: Uint8Array[] = [];
  const decode = (bytes: Uint8Array) => {
    runs.push(bytes);
    return { text: '' };
  };
  unescapeText(raw, { ...context, charset: { ...context.charset, decode } });
  return runs;
}
