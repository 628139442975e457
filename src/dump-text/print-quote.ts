/** Quoting of bytes that are no printable ASCII (dcmdump's +Qn and +Qo), byte by byte, also in UTF-8. */

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

const UNPRINTABLE = /[\0-\x1f\x7f-\xff]/g;

/** Quotes a Latin-1 string as XML numbers and entities, or as backslash and three octal digits. */
export function quoteText(text: string, quote: 'markup' | 'octal'): string {
  if (quote === 'octal') {
    return text.replace(UNPRINTABLE, (byte) => `\\${byte.charCodeAt(0).toString(8).padStart(3, '0')}`);
  }
  return text
    .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character)
    .replace(UNPRINTABLE, (byte) => `&#${byte.charCodeAt(0)};`);
}
