/** Text that a peer sent, made fit for a log line or a message: no control character, nothing that ends a line. */

/** Bytes outside printable ASCII become \xNN; the backslash itself is doubled, so that the text stays unambiguous. */
export function printable(text: string): string {
  return text.replace(/[^ -[\]-~]/g, (character) => {
    if (character === '\\') return '\\\\';
    return `\\x${(character.codePointAt(0) ?? 0).toString(16).padStart(2, '0')}`;
  });
}
