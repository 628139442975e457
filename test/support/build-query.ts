/** Queries and entries for matching tests, from keys as a user writes them. */

import { DataSet, valueElement } from '../../src/dicom/data-set.ts';
import { paddedValue } from '../../src/dicom/padded-value.ts';
import { TAG } from '../../src/dicom/tag.ts';
import { applyKey } from '../../src/keys/apply-key.ts';
import { parseKey } from '../../src/keys/parse-key.ts';

export interface BuildOptions {
  /** The terms of (0008,0005). */
  readonly charset?: string;
}

/** A data set of keys; a bare keyword of the step goes into its first item, "Modality=CT" and "[1].Modality=MR". */
export function buildDataSet(keys: readonly string[], { charset = '' }: BuildOptions = {}): DataSet {
  const dataSet = new DataSet();
  if (charset !== '') {
    dataSet.set(valueElement(TAG.SpecificCharacterSet, 'CS', paddedValue(Buffer.from(charset), 'CS')));
  }
  for (const text of keys) {
    const stepIndex = /^\[\d+\]\./.test(text);
    const key = parseKey(stepIndex ? `ScheduledProcedureStepSequence${text}` : text, { bareKeywords: 'worklist' });
    const { lost } = applyKey(dataSet, key);
    if (lost.length > 0) throw new Error(`${charset} cannot write ${lost.join()}`);
  }
  return dataSet;
}
