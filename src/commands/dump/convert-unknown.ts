/** Elements of VR UN in the VR that the dictionary knows (dcmdump's +uc); their bytes are little endian (PS3.5 6.2.2). */

import { privateCreatorOf } from '../../codec/implicit-vr.ts';
import { readDataSet } from '../../codec/read-data-set.ts';
import { IMPLICIT_LITTLE } from '../../codec/transfer-syntax.ts';
import { writeDataSet } from '../../codec/write-data-set.ts';
import { DataSet, type Element, type ValueElement } from '../../dicom/data-set.ts';
import { lookupTag } from '../../dicom/dictionary.ts';

/** A copy of the data set with the UN elements whose VR is known converted, items included. */
export function convertUnknown(dataSet: DataSet): DataSet {
  return new DataSet(dataSet.elements.map((element) => convert(element, dataSet)));
}

function convert(element: Element, dataSet: DataSet): Element {
  if (element.kind === 'sequence') {
    const items = element.items.map((item) => ({ ...item, dataSet: convertUnknown(item.dataSet) }));
    return { ...element, items };
  }
  if (element.kind !== 'value' || element.vr !== 'UN') return element;
  const vr = lookupTag(element.tag, privateCreatorOf(element.tag, dataSet))?.vr;
  if (vr === undefined || vr === 'UN') return element;
  return vr === 'SQ' ? asSequence(element) : { ...element, vr };
}

/** Items in UN are in implicit VR; what does not read as such stays as it is. */
function asSequence(element: ValueElement): Element {
  const bytes = writeDataSet(new DataSet([element]), IMPLICIT_LITTLE);
  const { dataSet, error } = readDataSet(bytes, IMPLICIT_LITTLE);
  return (error === undefined ? dataSet.get(element.tag) : undefined) ?? element;
}
