/** Text in roff, the language of man pages. */

/** Text that roff takes as it is: no escapes, no commands at the start of a line, dashes that can be copied. */
export function escapeRoff(text: string): string {
  return text
    .replace(/\\/g, '\\e')
    .replace(/-/g, '\\-')
    .replace(/'/g, '\\(aq')
    .replace(/"/g, '\\(dq')
    .replace(/`/g, '\\(ga')
    .replace(/\^/g, '\\(ha')
    .replace(/~/g, '\\(ti')
    .replace(/^\./gm, '\\&.');
}

export function bold(text: string): string {
  return `\\fB${escapeRoff(text)}\\fR`;
}

/** A paragraph that is filled. */
export function roffParagraph(text: string): string {
  return `.PP\n${escapeRoff(text)}`;
}

/** Lines as they are: commands, tables. */
export function roffExample(lines: readonly string[]): string {
  return ['.PP', '.RS 4', '.nf', ...lines.map(escapeRoff), '.fi', '.RE'].join('\n');
}
