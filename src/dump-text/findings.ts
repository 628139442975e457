/** What is wrong with a dump: collected over the whole run, one finding for each cause. */

import type { Diagnostic } from '../errors.ts';
import type { SourceText, Span } from './source-text.ts';

/** As many as are shown; errors come before warnings where there are more. */
const MOST_SHOWN = 20;
/** As many of each severity are kept: a file with more errors is no dump, and must not fill the memory. */
const MOST_KEPT = 1000;

/** What to do about it; a function where it takes time to work out and may never be shown. */
export type Hint = string | (() => string | undefined) | undefined;

interface Finding {
  readonly severity: Diagnostic['severity'];
  readonly span: Span;
  readonly message: string;
  readonly hint: Hint;
}

const TOO_MANY_ERRORS = {
  severity: 'error',
  message: 'too many errors; the rest is not read',
  hint: undefined,
} as const;
const TOO_MANY_WARNINGS = { severity: 'warning', message: 'further warnings are not listed', hint: undefined } as const;

export class Findings {
  readonly #source: SourceText;
  readonly #findings: Finding[] = [];
  readonly #causes = new Set<string>();
  #errors = 0;
  #warnings = 0;

  constructor(source: SourceText) {
    this.#source = source;
  }

  /** There is no point in reading on. */
  get isFull(): boolean {
    return this.#errors > MOST_KEPT;
  }

  get errorCount(): number {
    return this.#errors;
  }

  error(span: Span, message: string, hint?: Hint): void {
    this.#errors += 1;
    if (this.#errors <= MOST_KEPT) this.#findings.push({ severity: 'error', span, message, hint });
    else if (this.#errors === MOST_KEPT + 1) this.#findings.push({ ...TOO_MANY_ERRORS, span });
  }

  warning(span: Span, message: string, hint?: Hint): void {
    this.#warnings += 1;
    if (this.#warnings <= MOST_KEPT) this.#findings.push({ severity: 'warning', span, message, hint });
    else if (this.#warnings === MOST_KEPT + 1) this.#findings.push({ ...TOO_MANY_WARNINGS, span });
  }

  /** An error whose cause shows on many lines: only the first is reported. */
  errorOnce(cause: string, span: Span, message: string, hint?: Hint): void {
    if (this.#causes.has(cause)) return;
    this.#causes.add(cause);
    this.error(span, message, hint);
  }

  /** All findings in the order of the text; warnings give way where they would crowd out errors. */
  diagnostics(): Diagnostic[] {
    let room = this.#errors === 0 ? Number.POSITIVE_INFINITY : Math.max(0, MOST_SHOWN - this.#errors);
    return this.#findings
      .toSorted((a, b) => a.span.offset - b.span.offset)
      .filter(({ severity }) => severity === 'error' || room-- > 0)
      .map(({ severity, span, message, hint }, index) => {
        const text = typeof hint === 'function' ? (index < MOST_SHOWN ? hint() : undefined) : hint;
        return this.#source.diagnostic(severity, span, message, text);
      });
  }
}
