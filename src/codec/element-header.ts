/** The header of an element: tag, VR and length (PS3.5 7.1.2, 7.1.3). */

import type { DataSet } from '../dicom/data-set.ts';
import { TAG, type Tag } from '../dicom/tag.ts';
import { type ElementVr, isVr, vrTraits } from '../dicom/vr.ts';
import type { ByteCursor } from './byte-cursor.ts';
import { implicitVr, privateCreatorOf } from './implicit-vr.ts';
import { type ElementPlace, type ReadingReport, ReadingStop } from './reading-report.ts';

/** The length field of a sequence, an item or pixel fragments that end with a delimiter (PS3.5 7.5). */
export const UNDEFINED_LENGTH = 0xffffffff;

/** Tag and length alone: the header of items and delimiters, and of every implicit VR element. */
const SHORTEST_HEADER = 8;

export interface ElementHeader extends ElementPlace {
  readonly vr: ElementVr;
  readonly length: number;
  /** The letters in place of a VR, if they name none. */
  readonly foreignVr?: string;
}

/** Two capitals can be a VR of a later edition, and those have a 32-bit length (PS3.5 7.1.2). */
export function foreignVrHasLongHeader(letters: string): boolean {
  return /^[A-Z]{2}$/.test(letters);
}

function hasNoVr(tag: Tag): boolean {
  return tag === TAG.Item || tag === TAG.ItemDelimitationItem || tag === TAG.SequenceDelimitationItem;
}

/** Reads the next header; `read` holds what stood before it in its data set or item. @throws ReadingStop */
export function readElementHeader(
  cursor: ByteCursor,
  explicitVr: boolean,
  read: DataSet,
  report: ReadingReport,
): ElementHeader {
  const start = cursor.position;
  if (cursor.rest < SHORTEST_HEADER) {
    const message = `the file ends within an element header, after ${cursor.rest} of its bytes`;
    throw new ReadingStop(report.damage('truncated', message, start));
  }
  const tag = cursor.readTag();
  if (hasNoVr(tag)) return { tag, vr: 'na', length: cursor.readUint32(), start };
  if (!explicitVr) {
    const length = cursor.readUint32();
    return { tag, vr: implicitVr(tag, read, privateCreatorOf(tag, read)), length, start };
  }
  const letters = cursor.readLetters();
  if (isVr(letters)) {
    return { tag, vr: letters, length: readLength(cursor, vrTraits(letters).longHeader, start, report), start };
  }
  const long = foreignVrHasLongHeader(letters);
  report.warn('unknown-vr', `has ${JSON.stringify(letters)} in place of a VR`, { tag, start });
  const length = readLength(cursor, long, start, report);
  // A known mistake for pixel data, which DCMTK reads as OW.
  if (letters === 'OX' && tag === TAG.PixelData) return { tag, vr: 'OW', length, start };
  return { tag, vr: '??', length, start, foreignVr: letters };
}

function readLength(cursor: ByteCursor, long: boolean, start: number, report: ReadingReport): number {
  if (!long) return cursor.readUint16();
  if (cursor.rest < 6) {
    throw new ReadingStop(report.damage('truncated', 'the file ends within the length of an element', start));
  }
  cursor.position += 2;
  return cursor.readUint32();
}
