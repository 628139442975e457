/** The words of a command line, as a shell would part them. */

const SINGLE = /'([^']*)(?:'|$)/y;
const DOUBLE = /"((?:[^"\\]|\\.?)*)(?:"|$)/sy;
const ESCAPED = /\\(.?)/sy;
const PLAIN = /[^\s'"\\]+/y;

/** All words; the last one is being written, and empty behind a blank. An open quotation runs to the end. */
export function splitLine(line: string): readonly string[] {
  const words: string[] = [''];
  let offset = 0;
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = offset;
    const match = pattern.exec(line);
    if (match !== null) offset = pattern.lastIndex;
    return match === null ? undefined : (match[1] ?? match[0]);
  };
  while (offset < line.length) {
    if (/\s/.test(line.charAt(offset))) {
      if (words.at(-1) !== '') words.push('');
      offset += 1;
      continue;
    }
    const part = take(PLAIN) ?? take(SINGLE) ?? take(DOUBLE)?.replace(/\\(.)/g, '$1') ?? take(ESCAPED) ?? '';
    words[words.length - 1] += part;
  }
  return words;
}
