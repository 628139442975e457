/** The matching of a worklist as one question, for those who have a query and an entry as data sets. */

import type { DataSet } from '../dicom/data-set.ts';
import { formatTag } from '../dicom/tag.ts';
import { DataError } from '../errors.ts';
import { viewEntry } from './entry-view.ts';
import { matchEntry } from './match.ts';
import { type QueryOptions, readQuery } from './query.ts';

/**
 * Whether a query finds an entry: at least one of its steps satisfies every key (PS3.4 K.2.2).
 * @throws DataError for a query that a server refuses: a malformed value, several items in a sequence
 */
export function matches(query: DataSet, entry: DataSet, options: QueryOptions = {}): boolean {
  const reading = readQuery(query, options);
  if (reading.refusal !== undefined) {
    const { comment, offendingElements } = reading.refusal;
    throw new DataError('malformed-query', comment, { tagPath: offendingElements.map(formatTag).join(', ') });
  }
  return matchEntry(reading.query, viewEntry(entry)).length > 0;
}
