/** The names that comments give: one that is another attribute's tells of a mistaken tag or comment. */

import { type DictionaryEntry, tagOfKeyword } from '../dicom/dictionary.ts';
import { formatTag, isPrivate, type Tag } from '../dicom/tag.ts';
import { readComment } from './comment.ts';
import type { Findings } from './findings.ts';
import type { ElementLine } from './line.ts';

/** More names than a dump has that anyone wants to be warned about. */
const MOST_NAMES = 500;

export class CommentNames {
  readonly #findings: Findings;
  readonly #tags = new Map<string, Tag | undefined>();

  constructor(findings: Findings) {
    this.#findings = findings;
  }

  /** Warns where the comment of a line names another attribute than `entry`. */
  check(line: ElementLine, entry: DictionaryEntry | undefined): void {
    const { tag, commentImage: text } = line;
    if (text === undefined || entry === undefined || isPrivate(tag)) return;
    if (text.endsWith(entry.keyword, text.length - 1) || text.trimEnd().endsWith(entry.keyword)) return;
    const name = readComment(text)?.name;
    const other = name === undefined ? undefined : this.#tagOf(name);
    const { comment } = line;
    if (other === undefined || other === tag || comment === undefined) return;
    this.#findings.warning(comment.span, `the comment says ${name}, but ${formatTag(tag)} is ${entry.keyword}`);
  }

  /** The same few names stand in most lines, and the look-up takes time. */
  #tagOf(name: string): Tag | undefined {
    if (!this.#tags.has(name)) {
      if (this.#tags.size >= MOST_NAMES) return undefined;
      this.#tags.set(name, tagOfKeyword(name));
    }
    return this.#tags.get(name);
  }
}
