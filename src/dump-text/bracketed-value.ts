/**
 * Where a bracketed value ends. dump2dcm takes the last `]` of the line; so does this, but for a `]` in the comment,
 * and for values that run on over the lines that follow, because dcmdump prints line ends as they are.
 */

const BLANKS = '[ \\t\\v\\f]*';

/** The usual case at one go: no other `]` on the line, and nothing that could belong to the value on the next. */
const PLAIN = new RegExp(
  `\\[[^\\]\\r\\n]*\\]${BLANKS}(?=#[^\\]\\r\\n]*(?:[\\r\\n]|$)|$|(?:\\r\\n|\\r(?!\\n)|\\n)${BLANKS}(?:[(#\\r\\n]|$))`,
  'y',
);

const REST_OF_LINE = /[^\r\n]*/y;
const LINE_END = /\r\n?|\n/y;
const BLANK_REST = new RegExp(`${BLANKS}(?:#.*)?$`, 'y');
const BLANKS_HERE = new RegExp(BLANKS, 'y');
/** `] #  16, 1 PatientName`, as dcmdump ends its lines. */
const DCMDUMP_COMMENT = /\][ \t\v\f]*#[ \t]*(\d+|u\/l),[ \t]*\d+(?: [^\]]*)?$/;
const SOME_COMMENT = /\][ \t\v\f]+#/;
const HEX = '(?:0[xX])?[0-9a-fA-F ]{1,8}';
/** A line that begins like an element; short tags need a VR or value behind them, text has "(1,2)" too. */
const ELEMENT_LINE = new RegExp(
  `${BLANKS}\\(${BLANKS}(?:[0-9a-fA-F]{4}${BLANKS},${BLANKS}[0-9a-fA-F]{4}${BLANKS}\\)` +
    `|${HEX},${BLANKS}${HEX}\\)${BLANKS}(?:[A-Z]{2}\\b|[[=]|$))`,
  'y',
);

/** What the lexer notes of a value of several lines. */
export interface SeveralLines {
  /** The length in dcmdump's comment is that of the bytes as they stand, line ends included. */
  readonly confirmed: boolean;
}

type Match = [string] & { payload?: SeveralLines };

function restOfLine(text: string, offset: number): string {
  REST_OF_LINE.lastIndex = offset;
  return REST_OF_LINE.exec(text)?.[0] ?? '';
}

function matches(pattern: RegExp, text: string, offset: number): boolean {
  pattern.lastIndex = offset;
  return pattern.test(text);
}

/** Where the `]` stands that ends a value on this line, by the rules for one line; -1 if none does. */
function closingBracket(line: string): number {
  const last = line.lastIndexOf(']');
  if (last < 0) return last;
  const printed = DCMDUMP_COMMENT.exec(line);
  if (printed !== null) return printed.index;
  const comment = SOME_COMMENT.exec(line);
  return comment === null ? last : comment.index;
}

/** True where nothing but blanks and a comment stand behind the bracket. */
function isClean(line: string, close: number): boolean {
  return matches(BLANK_REST, line, close + 1);
}

function hasOpenBracket(value: string): boolean {
  let depth = 0;
  for (const char of value) {
    if (char === '[') depth += 1;
    else if (char === ']') depth -= 1;
  }
  return depth > 0;
}

interface Ending {
  /** Offset of the closing bracket in the text. */
  readonly close: number;
  readonly confirmed: boolean;
}

/** Ends of the value on the lines behind the first, up to the next line that begins an element. */
function* laterEndings(text: string, open: number, firstLineEnd: number): Generator<Ending> {
  for (let end = firstLineEnd; end < text.length; ) {
    LINE_END.lastIndex = end;
    const start = end + (LINE_END.exec(text)?.[0].length ?? 0);
    if (start >= text.length) return;
    const line = restOfLine(text, start);
    end = start + line.length;
    if (matches(ELEMENT_LINE, line, 0)) return;
    const close = closingBracket(line);
    if (close < 0 || !isClean(line, close)) continue;
    const printed = DCMDUMP_COMMENT.exec(line);
    const length = start + close - open - 1;
    yield { close: start + close, confirmed: printed !== null && Number(printed[1]) === length + (length % 2) };
  }
}

function laterEnding(text: string, open: number, firstLineEnd: number, unconfirmed: boolean): Ending | undefined {
  let first: Ending | undefined;
  for (const ending of laterEndings(text, open, firstLineEnd)) {
    if (ending.confirmed) return ending;
    first ??= ending;
  }
  return unconfirmed ? first : undefined;
}

/**
 * Matches a value in brackets with the blanks behind it; its last `]` is the end of the value. Each line is looked at
 * no more than twice, whatever the text: the search ends where an element begins.
 */
export function matchBracketed(text: string, offset: number): Match | RegExpExecArray | null {
  PLAIN.lastIndex = offset;
  const plain = PLAIN.exec(text);
  if (plain !== null || text.charCodeAt(offset) !== 0x5b) return plain;

  const line = restOfLine(text, offset);
  const lineEnd = offset + line.length;
  const close = closingBracket(line);
  const clean = close > 0 && isClean(line, close);
  if (clean && line.includes('#', close)) return ended(text, offset, offset + close);
  // Closed on this line for all that can be seen: more lines only if a comment's length says so.
  const mayRunOn = close < 0 || (!clean && hasOpenBracket(line.slice(0, close + 1)));
  const later = laterEnding(text, offset, lineEnd, mayRunOn);
  if (later !== undefined) return ended(text, offset, later.close, { confirmed: later.confirmed });
  return close < 0 ? null : ended(text, offset, offset + close);
}

function ended(text: string, offset: number, close: number, payload?: SeveralLines): Match {
  BLANKS_HERE.lastIndex = close + 1;
  const blanks = BLANKS_HERE.exec(text)?.[0].length ?? 0;
  const match: Match = [text.slice(offset, close + 1 + blanks)];
  if (payload !== undefined) match.payload = payload;
  return match;
}
