/** Data sets up to an element of theirs (dcmdump's +st and +sb); items are not looked into. */

import { DataSet } from '../../dicom/data-set.ts';
import type { Tag } from '../../dicom/tag.ts';
import { UsageError } from '../../errors.ts';
import { parseKey } from '../../keys/parse-key.ts';
import type { DumpOptions } from './options.ts';

/** The part of a data set that is to be printed. @throws UsageError for what is no attribute */
export function upToStop(dataSet: DataSet, options: Pick<DumpOptions, 'stopAfter' | 'stopBefore'>): DataSet {
  const after = stopTag('--stop-after', options.stopAfter);
  const before = stopTag('--stop-before', options.stopBefore);
  return new DataSet(
    dataSet.elements.filter(
      ({ tag }) =>
        (before === undefined || tag < before) && (after === undefined || tag <= after || !dataSet.has(after)),
    ),
  );
}

function stopTag(option: string, text: string | undefined): Tag | undefined {
  if (text === undefined) return undefined;
  const { path, tag, item, value } = parseKey(text, { bareKeywords: 'literal' });
  if (path.length > 0 || item !== undefined || value !== undefined) {
    throw new UsageError(`${option} takes an element of the data set itself, not "${text}"`);
  }
  return tag;
}
