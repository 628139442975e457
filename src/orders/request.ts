/** Which request an entry is of: numbers of steps begin anew in each, so that a step ID may be given many times. */

import { type DataSet, specificCharacterSet } from '../dicom/data-set.ts';
import { makeTag, TAG } from '../dicom/tag.ts';
import { attributeText } from './attribute-text.ts';

/** Each may be '', where nobody said. */
export interface Request {
  readonly accessionNumber: string;
  /** (0040,1001). */
  readonly procedureId: string;
  /** (0040,2016). */
  readonly placerOrder: string;
}

export const REQUEST_TAGS = {
  accessionNumber: TAG.AccessionNumber,
  procedureId: TAG.RequestedProcedureID,
  placerOrder: makeTag(0x0040, 0x2016),
} as const;

/** The request of an entry. */
export function requestOf(dataSet: DataSet): Request {
  const charset = specificCharacterSet(dataSet);
  return {
    accessionNumber: attributeText(dataSet, REQUEST_TAGS.accessionNumber, 'SH', charset),
    procedureId: attributeText(dataSet, REQUEST_TAGS.procedureId, 'SH', charset),
    placerOrder: attributeText(dataSet, REQUEST_TAGS.placerOrder, 'LO', charset),
  };
}

/**
 * The IDs that tell two requests apart whose entries have one name, or undefined where they may be the same. The placer
 * order number counts only without an accession number: an order that replaces another may bring its own.
 */
export function requestsDiffer(one: Request, other: Request): readonly [string, string] | undefined {
  const keys =
    one.accessionNumber === '' && other.accessionNumber === ''
      ? (['procedureId', 'placerOrder'] as const)
      : (['procedureId'] as const);
  const key = keys.find((each) => one[each] !== '' && other[each] !== '' && one[each] !== other[each]);
  return key === undefined ? undefined : [one[key], other[key]];
}
