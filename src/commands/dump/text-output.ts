/** Files as dump text on stdout: whole, or only what is searched. */

import { printDump } from '../../dump-text/print-dump.ts';
import { textLosses } from '../../dump-text/print-losses.ts';
import { printSearch } from '../../dump-text/print-search.ts';
import type { PrintStyle } from '../../dump-text/print-style.ts';
import type { Io } from '../../terminal/io.ts';
import { visible } from '../../terminal/safe-text.ts';
import { visibleTextOf } from '../terminal-text.ts';
import type { FileContent } from './file-content.ts';
import { type DumpOptions, type NamedSearchKey, styleOf } from './options.ts';
import type { DumpOutput } from './output.ts';
import { reportLosses, reportNotFound } from './reports.ts';

export class TextOutput implements DumpOutput {
  readonly #io: Io;
  readonly #options: DumpOptions;
  readonly #keys: readonly NamedSearchKey[] | undefined;
  readonly #fileCount: number;
  readonly #style: PrintStyle;
  /** Hits of each key in all files. */
  readonly #hits: number[];
  /** Files with a heading or, in a search without, with hits. */
  #counter = 0;

  constructor(io: Io, options: DumpOptions, keys: readonly NamedSearchKey[] | undefined, fileCount: number) {
    this.#io = io;
    this.#options = options;
    this.#keys = keys;
    this.#fileCount = fileCount;
    this.#hits = (keys ?? []).map(() => 0);
    // Into a pipe go the bytes of the file; on a terminal they could act.
    this.#style = io.stdout.isTerminal ? { ...styleOf(options), textOf: visibleTextOf } : styleOf(options);
  }

  async begin(path: string): Promise<void> {
    if (!this.#hasHeadings) return;
    this.#counter++;
    await this.#heading(path, `${this.#counter}/${this.#fileCount}`);
  }

  async print(path: string, content: FileContent): Promise<void> {
    if (this.#keys !== undefined) return this.#printHits(path, content, this.#keys);
    const { short, tree, quote } = this.#style;
    // Only text that could be read again is worth a warning.
    if (!short && !tree && quote === 'none') {
      reportLosses(path, 'text', textLosses(content.input.dataSet.dataSet), this.#io.log);
    }
    for (const chunk of printDump(content.input, this.#style)) await this.#io.stdout.write(chunk);
  }

  async end(): Promise<void> {
    if (this.#keys !== undefined) reportNotFound(this.#keys, this.#hits, this.#io.log);
  }

  async #printHits(path: string, content: FileContent, keys: readonly NamedSearchKey[]): Promise<void> {
    const { first, withPath } = this.#options;
    const options = { firstOnly: first ?? false, prepend: withPath ?? false };
    let isFirst = true;
    for (const { key, chunk } of printSearch(content.input, keys, options, this.#style)) {
      if (isFirst && !this.#hasHeadings) {
        this.#counter++;
        if (this.#options.headings === 'found') await this.#heading(path, String(this.#counter));
        else if (this.#counter > 1) await this.#io.stdout.write('\n');
      }
      isFirst = false;
      this.#hits[key] = (this.#hits[key] ?? 0) + 1;
      await this.#io.stdout.write(chunk);
    }
  }

  get #hasHeadings(): boolean {
    return this.#options.headings === true || this.#options.headings === 'all';
  }

  /** DCMTK's line, its name included: scripts look for it. */
  async #heading(path: string, number: string): Promise<void> {
    const name = this.#io.stdout.isTerminal ? visible(path) : path;
    await this.#io.stdout.write(`${this.#counter > 1 ? '\n' : ''}# dcmdump (${number}): ${name}\n`);
  }
}
