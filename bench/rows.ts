/** Everything that is measured, in the order of docs/performance.md. */

import type { Row } from './row.ts';
import { associations } from './rows/associations.ts';
import { changedFile } from './rows/changed-file.ts';
import { findAnswers } from './rows/find-answers.ts';
import { largeFile } from './rows/large-file.ts';
import { manyAnswers } from './rows/many-answers.ts';
import { manyDumps } from './rows/many-dumps.ts';
import { serve10k, serve100k } from './rows/queries.ts';
import { queryTimes } from './rows/query-time.ts';
import { startUp } from './rows/start-up.ts';

export const ROWS: readonly Row[] = [
  associations,
  serve10k,
  serve100k,
  manyAnswers,
  changedFile,
  startUp,
  manyDumps,
  largeFile,
  findAnswers,
  queryTimes,
];
