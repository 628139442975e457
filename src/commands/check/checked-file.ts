/** What `wltool check` has to say of one file. */

import type { Mismatch } from '../../worklist/explain.ts';
import type { FileReport } from '../../worklist/lint-file.ts';

export interface CheckedFile extends FileReport {
  /** With a query: the steps that match, or what excluded the entry. */
  readonly match?: { readonly steps: readonly number[]; readonly mismatch: Mismatch | undefined };
}
