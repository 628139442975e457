/**
 * Text from files and peers, made safe to show: it can neither act on a terminal nor forge a log line.
 */

/** C0, DEL, C1, line and paragraph separators, and the marks that turn text around on screen. */
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/gu;
const SHORT_ESCAPES: ReadonlyMap<string, string> = new Map([
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
]);

/** `text` with every control character written out (`\n`, `\x1b`, `\u202e`), except those in `keep`. */
export function visible(text: string, keep = ''): string {
  return text.toWellFormed().replace(UNSAFE, (character) => {
    if (keep.includes(character)) return character;
    const short = SHORT_ESCAPES.get(character);
    if (short !== undefined) return short;
    const hex = character.charCodeAt(0).toString(16);
    return hex.length > 2 ? `\\u${hex.padStart(4, '0')}` : `\\x${hex.padStart(2, '0')}`;
  });
}
