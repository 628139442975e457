/**
 * Sequences that came as UN of a defined length: some peer on the way did not know the attribute, and copied its items
 * as the implicit VR bytes they were (PS3.5 6.2.2). The dictionary knows better.
 */

import { readDataSet } from '../codec/read-data-set.ts';
import { IMPLICIT_LITTLE } from '../codec/transfer-syntax.ts';
import { type DataSet, isEmpty, type SequenceElement, type ValueElement } from '../dicom/data-set.ts';
import { lookupTag } from '../dicom/dictionary.ts';
import { elementOf, groupOf } from '../dicom/tag.ts';

/** Tag and length: what an element takes at least, and what an item takes. */
const HEADER_LENGTH = 8;

/** Makes sequences of them, at any depth; what does not read as items stays as it is. `maxElements` bounds the memory. */
export function resolveKnownSequences(dataSet: DataSet, maxElements: number): void {
  resolveIn(dataSet, { left: maxElements });
}

function resolveIn(dataSet: DataSet, budget: { left: number }): void {
  for (const element of dataSet.elements) {
    if (element.kind === 'sequence') for (const item of element.items) resolveIn(item.dataSet, budget);
    if (element.kind !== 'value' || element.vr !== 'UN' || isEmpty(element)) continue;
    if (lookupTag(element.tag)?.vr !== 'SQ') continue;
    const most = element.value.length / HEADER_LENGTH;
    const sequence = most <= budget.left ? readAsSequence(element) : undefined;
    if (sequence === undefined) continue;
    budget.left -= most;
    dataSet.set(sequence);
  }
}

/** The sequence that the value of a UN element holds; undefined where it does not read as one, or has too much in it. */
export function readAsSequence({ tag, value }: ValueElement, maxElements?: number): SequenceElement | undefined {
  const header = Buffer.alloc(HEADER_LENGTH);
  header.writeUInt16LE(groupOf(tag), 0);
  header.writeUInt16LE(elementOf(tag), 2);
  header.writeUInt32LE(value.length, 4);
  const { dataSet, error, losses } = readDataSet(Buffer.concat([header, value]), IMPLICIT_LITTLE, { maxElements });
  const element = dataSet.get(tag);
  return error === undefined && losses.length === 0 && element?.kind === 'sequence' ? element : undefined;
}
