/** One command of the bench. */

import type { Figure } from './figure.ts';
import type { Scope } from './scope.ts';

export interface Row {
  /** As given to `npm run bench -- NAME`. */
  readonly name: string;
  readonly run: (scope: Scope) => Promise<readonly Figure[]>;
}
