/** Answers as dump text, as findscu and dcmdump print them: each behind comment lines of its own. */

import { dumpInput } from '../../dump-text/dump-input.ts';
import { printDump } from '../../dump-text/print-dump.ts';
import { FULL_STYLE, type PrintStyle, type TextOf } from '../../dump-text/print-style.ts';
import { GatheredOutput } from '../../terminal/gathered-output.ts';
import type { Io } from '../../terminal/io.ts';
import { visibleTextOf } from '../terminal-text.ts';
import type { AnswerPrinter, PrintableAnswer } from './answer-printer.ts';

export class DumpPrinter implements AnswerPrinter {
  readonly #output: GatheredOutput;
  readonly #style: PrintStyle;

  /** `fallbackCharset`: what a terminal is shown text as that has no character set. */
  constructor(io: Io, fallbackCharset = '') {
    this.#output = new GatheredOutput(io.stdout);
    const textOf: TextOf = (value, vr, charset) => visibleTextOf(value, vr, charset || fallbackCharset);
    this.#style = io.stdout.isTerminal ? { ...FULL_STYLE, textOf } : FULL_STYLE;
  }

  async begin(): Promise<void> {}

  async print({ dataSet, syntax }: PrintableAnswer): Promise<void> {
    const chunks = printDump(dumpInput({ dataSet, syntax }), this.#style);
    for (const chunk of chunks) await this.#output.write(chunk);
  }

  async end(): Promise<void> {
    await this.#output.flush();
  }
}
