/** Typed values against the VR of their attribute (PS3.5 6.2): what a query may not say is known before it is sent. */

import { checkValue } from '../dicom/check-value.ts';
import { type DataSet, type Element, specificCharacterSet } from '../dicom/data-set.ts';
import type { ValueProblem } from '../dicom/value-problem.ts';
import { decidedVr, type Vr, vrTraits } from '../dicom/vr.ts';
import { encodeValue } from '../keys/encode-value.ts';
import type { Key } from '../keys/key.ts';

/** Ranges and precision make other values of these than files have; reading the query checks them. */
const MOMENTS: ReadonlySet<Vr> = new Set<Vr>(['DA', 'TM', 'DT']);
const WILDCARD = /[*?]/;

/** What is wrong with the value of a key that has been put into the query. Wild cards may make it longer than its VR. */
export function checkKey(query: DataSet, key: Key): ValueProblem | undefined {
  const { element, charset } = findElement(query, key);
  if (element?.kind !== 'value') return undefined;
  const vr = decidedVr(element.vr);
  const { kind, multiple } = vrTraits(vr);
  if ((kind !== 'text' && kind !== 'uid') || MOMENTS.has(vr)) return undefined;
  const values = multiple ? (key.value ?? '').split('\\') : [key.value ?? ''];
  for (const value of values) {
    if (WILDCARD.test(value)) continue;
    // A lower-case code means the upper-case one.
    const { bytes } = encodeValue(vr === 'CS' ? value.toUpperCase() : value, vr, charset);
    // The text was typed for this character set, whatever else its bytes look like.
    const problem = checkValue(bytes, vr, charset).find(({ cause }) => cause !== 'UTF-8');
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function findElement(query: DataSet, { path, tag }: Key): { element: Element | undefined; charset: string } {
  let dataSet: DataSet | undefined = query;
  let charset = specificCharacterSet(query);
  for (const step of path) {
    dataSet = dataSet?.items(step.tag)[step.item ?? 0]?.dataSet;
    if (dataSet !== undefined) charset = specificCharacterSet(dataSet, charset);
  }
  return { element: dataSet?.get(tag), charset };
}
