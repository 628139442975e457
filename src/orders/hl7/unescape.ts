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
function meaning(body: string, { delimiters, charset }: Context): string | undefined {
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
  const bytes = BYTES.exec(body)?.[1];
  if (bytes !== undefined) return charset.decode(Buffer.from(bytes, 'hex')).text;
  const lines = LINE_BREAKS.exec(body);
  if (lines !== null) return '\n'.repeat(Number(lines[1] || 1));
  const blanks = BLANKS.exec(body);
  if (blanks !== null) return ' '.repeat(Number(blanks[1] || 1));
  return LAYOUT.test(body) || SILENT.test(body) ? '' : undefined;
}

/** The text that a sender meant. An escape character that starts no known sequence stands for itself. */
export function unescapeText(raw: string, context: Context): string {
  const { escape: mark } = context.delimiters;
  let text = '';
  let at = 0;
  for (;;) {
    const start = raw.indexOf(mark, at);
    const end = start === -1 ? -1 : raw.indexOf(mark, start + 1);
    if (end === -1) return text + raw.slice(at);
    const meant = meaning(raw.slice(start + 1, end), context);
    text += raw.slice(at, start) + (meant ?? mark);
    at = meant === undefined ? start + 1 : end + 1;
  }
}
