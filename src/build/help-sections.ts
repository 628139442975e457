/** The text behind the options of --help as sections of a man page. */

import { escapeRoff, roffExample } from './roff.ts';

/** "Examples:" and "Exit status:" become sections, their indented lines stay as they are; the rest are notes. */
export function helpSections(help: string): string {
  const out: string[] = [];
  let example: string[] = [];
  let inNotes = false;
  const endExample = (): void => {
    if (example.length > 0) out.push(roffExample(example));
    example = [];
  };
  for (const line of help.split('\n')) {
    if (line.startsWith('  ')) {
      example.push(line.slice(2));
      continue;
    }
    endExample();
    const [, heading] = /^([A-Z][A-Za-z ]+):$/.exec(line) ?? [];
    if (heading !== undefined) {
      out.push(`.SH ${heading.toUpperCase()}`);
      inNotes = false;
    } else if (line !== '') {
      if (!inNotes) out.push('.SH NOTES');
      inNotes = true;
      out.push('.PP', escapeRoff(line));
    }
  }
  endExample();
  return out.join('\n');
}
