/** Says once, when it comes up, what is wrong with a file of the store. */

import type { Log } from '../log.ts';
import { type FileName, pathOf } from './folder-path.ts';
import type { StoredFile } from './store-file.ts';

export interface FileNews {
  readonly fileName: FileName;
  readonly before: StoredFile | undefined;
  readonly after: StoredFile | undefined;
}

/** More at once says nothing more; `wltool check` names them all. */
const MOST_LINES = 20;

export function reportProblems(folder: string, news: readonly FileNews[], log: Log): void {
  const problems = news.filter(({ after }) => after?.problem !== undefined);
  const ordered = problems.sort((a, b) => (a.fileName < b.fileName ? -1 : 1));
  for (const { fileName, after } of ordered.slice(0, MOST_LINES)) {
    log.warn(`${pathOf(folder, fileName)}: ${after?.entry === undefined ? 'left out: ' : ''}${after?.problem}`);
  }
  if (ordered.length > MOST_LINES) {
    log.warn(`${folder}: ${ordered.length - MOST_LINES} more files with problems; wltool check names them all`);
  }
  for (const { fileName, before, after } of news) {
    if (before !== undefined && after?.entry !== undefined && after.problem === undefined) {
      log.notice(`${pathOf(folder, fileName)}: is whole now and served`);
    }
  }
}
