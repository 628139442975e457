/** A data set of one's own to change: keys are applied in place, and a template serves many entries. */

import { DataSet, type Element } from '../dicom/data-set.ts';

function copyElement(element: Element): Element {
  if (element.kind !== 'sequence') return element;
  return { ...element, items: element.items.map((item) => ({ ...item, dataSet: copyDataSet(item.dataSet) })) };
}

/** Copies items all the way down; values are never changed in place, so they are shared. */
export function copyDataSet(dataSet: DataSet): DataSet {
  return new DataSet(dataSet.elements.map(copyElement));
}
