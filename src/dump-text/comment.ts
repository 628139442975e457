/** The comment that dcmdump puts behind a value: `#  16, 1 PatientName`. */

export interface PrintedComment {
  /** Length of the value in bytes; undefined for `u/l`. */
  readonly length: number | undefined;
  readonly name: string;
}

const PRINTED = /^#[ \t]*(\d+|u\/l),[ \t]*\d+ ([^\r\n]*)/;

/** Reads a comment in dcmdump's form. */
export function readComment(text: string): PrintedComment | undefined {
  const match = PRINTED.exec(text);
  if (match === null) return undefined;
  return { length: match[1] === 'u/l' ? undefined : Number(match[1]), name: (match[2] ?? '').trimEnd() };
}

/** True for text that ends as dcmdump ends a value that it cuts: `...`, then at most a comment. */
export function endsCut(text: string): boolean {
  return /\.\.\.[ \t\v\f]*(?:#[^\r\n]*)?$/.test(text);
}
