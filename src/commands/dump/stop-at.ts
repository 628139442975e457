/** Data sets up to an element of theirs (dcmdump's +st and +sb); items are not looked into. */

import { DataSet } from '../../dicom/data-set.ts';
import type { Tag } from '../../dicom/tag.ts';
import { UsageError } from '../../errors.ts';
import { parseKey } from '../../keys/parse-key.ts';

/** The options that say where, as keys. */
interface StopOptions {
  readonly stopAfter?: string;
  readonly stopBefore?: string;
}

interface Stop {
  readonly after: Tag | undefined;
  readonly before: Tag | undefined;
}

/** Where to stop. @throws UsageError for what is no element of the data set itself */
export function readStop(options: StopOptions): Stop {
  return {
    after: stopTag('--stop-after', options.stopAfter),
    before: stopTag('--stop-before', options.stopBefore),
  };
}

/** The part of a data set that is to be printed. */
export function upToStop(dataSet: DataSet, { after, before }: Stop): DataSet {
  const last = after !== undefined && dataSet.has(after) ? after : undefined;
  return new DataSet(
    dataSet.elements.filter(({ tag }) => (before === undefined || tag < before) && (last === undefined || tag <= last)),
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
