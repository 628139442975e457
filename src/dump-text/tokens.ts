/**
 * The words of dump text, one line of it at a time. The lexer stands in one of four places of a line:
 * at its start, before the VR, before the value, or behind the value. Blanks belong to the word
 * before them, so that an ordinary line is four tokens.
 */

import { createToken, Lexer, type TokenType } from 'chevrotain';
import { matchBracketed } from './bracketed-value.ts';

/** White space within a line, as DCMTK counts it; a no-break space is none. */
const BLANKS = '[ \\t\\v\\f]*';

/**
 * The text is Latin-1: one character a byte. Each word says what it can begin with: chevrotain cannot work out "any
 * character but" by itself, and working out the rest takes it longer than reading a small dump.
 */
const LATIN1 = Array.from({ length: 256 }, (_, code) => String.fromCharCode(code));
const startingNotWith = (excluded: string): string[] => LATIN1.filter((char) => !excluded.includes(char));

const inLine = (source: string): RegExp => new RegExp(source + BLANKS);

/** `(0010,0020)` in its usual form. */
export const Tag = createToken({
  name: 'Tag',
  pattern: inLine('\\([0-9a-fA-F]{4},[0-9a-fA-F]{4}\\)'),
  start_chars_hint: ['('],
  push_mode: 'beforeVr',
});

/** `( 10 , 0x20 )`, or what else stands in parentheses at the start of a line. */
export const LooseTag = createToken({
  name: 'LooseTag',
  pattern: inLine('\\([^)\\r\\n]*\\)'),
  start_chars_hint: ['('],
  push_mode: 'beforeVr',
});

/** `PatientID LO [P-17]`: a line that has no tag. */
export const JunkLine = createToken({
  name: 'JunkLine',
  pattern: /[^\r\n]+/,
  start_chars_hint: startingNotWith('\r\n'),
});

/** `LO`, `na`, `??`: two capitals, or what dcmdump prints in place of a VR. */
export const Vr = createToken({
  name: 'Vr',
  pattern: inLine('(?:[A-Z]{2}|(?:pi|ox|xs|na|up|lt|px)(?![\\w^])|\\?\\?)'),
  start_chars_hint: [...'ABCDEFGHIJKLMNOPQRSTUVWXYZpoxnul?'],
  pop_mode: true,
  push_mode: 'beforeValue',
});

/** `[P-17]`, up to the bracket that ends it, which may stand some lines further down. */
export const Bracketed = createToken({
  name: 'Bracketed',
  pattern: matchBracketed,
  start_chars_hint: ['['],
  line_breaks: true,
  pop_mode: true,
  push_mode: 'behindValue',
});

/** `[P-17` without an end. */
export const UnclosedBracket = createToken({
  name: 'UnclosedBracket',
  pattern: /\[[^\r\n]*/,
  start_chars_hint: ['['],
  pop_mode: true,
  push_mode: 'behindValue',
});

/** `(no value available)`, `(0010,0010)\(0010,0020)`. */
export const Parenthesized = createToken({
  name: 'Parenthesized',
  pattern: inLine(`\\([^)\\r\\n]*(?:\\)(?:${BLANKS}\\\\${BLANKS}\\([^)\\r\\n]*\\))*)?`),
  start_chars_hint: ['('],
  pop_mode: true,
  push_mode: 'behindValue',
});

/** `ROE^JANE`, up to a comment or the end of the line. */
export const Bare = createToken({
  name: 'Bare',
  pattern: /[^#\r\n]+/,
  start_chars_hint: startingNotWith('[(#\r\n'),
  pop_mode: true,
  push_mode: 'behindValue',
});

/** ` words`: text between a value and the comment. */
export const Trailing = createToken({
  name: 'Trailing',
  pattern: /[^#\r\n]+/,
  start_chars_hint: startingNotWith('#\r\n'),
});

/** `#  16, 1 PatientName`, with the end of its line. */
export const Comment = createToken({
  name: 'Comment',
  pattern: /#[^\r\n]*(?:\r\n?|\n)?/,
  start_chars_hint: ['#'],
  line_breaks: true,
  pop_mode: true,
});

/** The end of a line of an element. A lone CR is one too. */
const LineEnd = createToken({
  name: 'LineEnd',
  pattern: /\r\n?|\n/,
  start_chars_hint: ['\r', '\n'],
  group: Lexer.SKIPPED,
  line_breaks: true,
  pop_mode: true,
});

/** Empty lines and the indentation of the next one. */
const BlankLines = createToken({
  name: 'BlankLines',
  pattern: /[ \t\v\f\r\n]+/,
  start_chars_hint: [...' \t\v\f\r\n'],
  group: Lexer.SKIPPED,
  line_breaks: true,
});

/** `# Dicom-Data-Set`: a line that is all comment. */
const CommentLine = createToken({
  name: 'CommentLine',
  pattern: /#[^\r\n]*/,
  start_chars_hint: ['#'],
  group: Lexer.SKIPPED,
});

/** The tokens that reach the parser. */
export const TOKENS: TokenType[] = [
  Tag,
  LooseTag,
  JunkLine,
  Vr,
  Bracketed,
  UnclosedBracket,
  Parenthesized,
  Bare,
  Trailing,
  Comment,
];

const VALUES = [Bracketed, UnclosedBracket, Parenthesized, Comment, LineEnd, Bare];

/** Makes the lexer; `validate` has chevrotain check the definitions, which a test does once for all. */
export function createDumpLexer(validate = false): Lexer {
  return new Lexer(
    {
      defaultMode: 'lineStart',
      modes: {
        lineStart: [BlankLines, CommentLine, Tag, LooseTag, JunkLine],
        beforeVr: [Vr, ...VALUES],
        beforeValue: VALUES,
        behindValue: [Comment, LineEnd, Trailing],
      },
    },
    { positionTracking: 'onlyOffset', ensureOptimizations: true, skipValidations: !validate },
  );
}
