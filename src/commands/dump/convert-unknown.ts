/** Elements of VR UN in the VR that the dictionary knows (dcmdump's +uc); their bytes are little endian (PS3.5 6.2.2). */

import { privateCreatorOf } from '../../codec/implicit-vr.ts';
import { readDataSet } from '../../codec/read-data-set.ts';
import { IMPLICIT_LITTLE } from '../../codec/transfer-syntax.ts';
import { writeDataSet } from '../../codec/write-data-set.ts';
import { DataSet, type Element, type Item, type SequenceElement, type ValueElement } from '../../dicom/data-set.ts';
import { lookupTag } from '../../dicom/dictionary.ts';
import { measureLengths } from '../../dump-text/print-lengths.ts';

type LengthOf = (part: SequenceElement | Item) => number;

/** A copy with the UN elements whose VR is known converted, items included; lengths stay those of the file. */
export function convertUnknown(dataSet: DataSet, lengthOf: LengthOf): DataSet {
  return new DataSet(dataSet.elements.map((element) => convert(element, dataSet, lengthOf)));
}

function convert(element: Element, dataSet: DataSet, lengthOf: LengthOf): Element {
  if (element.kind === 'sequence') return convertItems(element, lengthOf);
  if (element.kind !== 'value' || element.vr !== 'UN') return element;
  const vr = lookupTag(element.tag, privateCreatorOf(element.tag, dataSet))?.vr;
  if (vr === undefined || vr === 'UN') return element;
  return vr === 'SQ' ? asSequence(element) : { ...element, vr };
}

function convertItems(sequence: SequenceElement, lengthOf: LengthOf): SequenceElement {
  const items = sequence.items.map((item) => ({
    ...item,
    storedLength: lengthOf(item),
    dataSet: convertUnknown(item.dataSet, lengthOf),
  }));
  return { ...sequence, storedLength: lengthOf(sequence), items };
}

/** Items in UN are in implicit VR; what does not read as such stays as it is. */
function asSequence(element: ValueElement): Element {
  const bytes = writeDataSet(new DataSet([element]), IMPLICIT_LITTLE);
  const { dataSet, error } = readDataSet(bytes, IMPLICIT_LITTLE);
  const read = error === undefined ? dataSet.get(element.tag) : undefined;
  return read?.kind === 'sequence' ? convertItems(read, measureLengths(dataSet, false)) : element;
}
