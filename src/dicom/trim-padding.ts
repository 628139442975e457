/**
 * Text without the blanks and NULs that pad it (PS3.5 6.2). Loops, not regular expressions: `/[ \0]+$/` takes time
 * that grows with the square of a run of blanks in the middle, and peers choose how long that is.
 */

const BLANK = 0x20;
const NUL = 0;

function isPadding(text: string, index: number): boolean {
  const unit = text.charCodeAt(index);
  return unit === BLANK || unit === NUL;
}

/** Without padding behind the text. */
export function trimPaddingEnd(text: string): string {
  let end = text.length;
  while (end > 0 && isPadding(text, end - 1)) end -= 1;
  return text.slice(0, end);
}

/** Without padding on either side. */
export function trimPadding(text: string): string {
  let start = 0;
  while (start < text.length && isPadding(text, start)) start += 1;
  return trimPaddingEnd(text.slice(start));
}
