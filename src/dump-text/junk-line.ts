/** What a line without a tag probably is, for the message about it. */

import { tagOfKeyword } from '../dicom/dictionary.ts';
import { formatTag } from '../dicom/tag.ts';

export interface Explanation {
  readonly message: string;
  readonly hint: string;
  /** Set where many lines show the same mistake, which is then reported once. */
  readonly cause?: string;
}

interface Kind {
  readonly pattern: RegExp;
  readonly explain: (match: RegExpExecArray) => Explanation | undefined;
}

const AS_TAG = 'tags are written (gggg,eeee)';

const KINDS: readonly Kind[] = [
  {
    pattern: /^\|/,
    explain: () => ({
      message: 'this is the tree form of dcmdump, which has no tags',
      hint: 'dump without +T',
      cause: 'tree',
    }),
  },
  {
    pattern: /^[DIWEF]: (?=[ \t]*\()/,
    explain: ([prefix]) => ({
      message: `log prefix "${prefix.trim()}" before the tag`,
      hint: 'remove it from every line: cut -c4-',
      cause: 'log prefix',
    }),
  },
  {
    pattern: /^[DIWEF]: /,
    explain: () => ({
      message: 'a message of dcmdump, not dump text',
      hint: 'keep standard error out of the file, or delete the line',
    }),
  },
  {
    pattern: /^dcmdump \(\d+\/\d+\): /,
    explain: () => ({ message: 'a heading of dcmdump, not dump text', hint: 'dump one file at a time, without +F' }),
  },
  {
    pattern: /\x1b\[[\d;]*m/,
    explain: () => ({ message: 'colour codes before the tag', hint: 'dump without +C', cause: 'colour' }),
  },
  {
    pattern: /[\0-\x08\x0e-\x1a\x1c-\x1f\x80-\x9f]/,
    explain: () => ({
      message: 'this is no dump text, but binary data',
      hint: 'is it the right file?',
      cause: 'binary',
    }),
  },
  {
    pattern: /^(?:\xef\xbb\xbf|\ufeff)/,
    explain: () => ({ message: 'a byte order mark within the text', hint: 'remove it' }),
  },
  {
    pattern: /^(?:\[?\{|<\?xml)/,
    explain: () => ({
      message: 'no tag found: this looks like JSON or XML',
      hint: `in dump text, ${AS_TAG}`,
      cause: 'markup',
    }),
  },
  {
    pattern: /^([0-9a-f]{4}),? ?([0-9a-f]{4})\b/i,
    explain: ([, group, element]) => ({
      message: 'no tag found: parentheses are missing',
      hint: `write (${group?.toLowerCase()},${element?.toLowerCase()})`,
    }),
  },
  {
    pattern: /^\w+/,
    explain: ([word]) => {
      const tag = tagOfKeyword(word);
      return tag === undefined
        ? undefined
        : { message: 'no tag found: a keyword stands in its place', hint: `write ${formatTag(tag)}` };
    },
  },
  {
    pattern: /^(.*?)\([0-9a-f]{4},[0-9a-f]{4}\)/i,
    explain: ([, before]) => ({ message: `text "${before?.trim()}" before the tag`, hint: 'remove it' }),
  },
];

/** Explains a line (decoded) that does not begin with a tag. */
export function explainJunkLine(line: string): Explanation {
  for (const { pattern, explain } of KINDS) {
    const match = pattern.exec(line);
    const explanation = match === null ? undefined : explain(match);
    if (explanation !== undefined) return explanation;
  }
  return { message: 'no tag found', hint: `${AS_TAG}; comments begin with #` };
}
