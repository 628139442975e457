/**
 * What dump text cannot carry: values that the text, read again, gives back as something else.
 * dcmdump prints them all the same; whoever makes a file of the text should know.
 */

import {
  type DataSet,
  type Element,
  type FragmentsElement,
  specificCharacterSet,
  type ValueElement,
} from '../dicom/data-set.ts';
import { groupOf, TAG, type Tag } from '../dicom/tag.ts';
import { formatTagPath, type TagPathStep } from '../dicom/tag-path.ts';
import { decidedVr, vrTraits } from '../dicom/vr.ts';
import { isWhiteSpace } from './print-value.ts';
import { hasEscapedBreak, hasLineBreaks } from './text-value.ts';

export interface TextLoss {
  readonly tagPath: string;
  readonly message: string;
}

const META_GROUP = 2;
const DIRECTORY_GROUP = 4;
const LAST_SYSTEM_GROUP = 7;
const DIRECTORY_RECORD_SEQUENCE: Tag = 0x00041220;
const UNDEFINED_TAG: Tag = 0xffffffff;

/** The losses of a data set, in the order of its elements. */
export function textLosses(dataSet: DataSet): TextLoss[] {
  const losses: TextLoss[] = [];
  collect(dataSet, [], '', dataSet.has(DIRECTORY_RECORD_SEQUENCE), losses);
  return losses;
}

function collect(
  dataSet: DataSet,
  path: readonly TagPathStep[],
  inherited: string,
  isDirectory: boolean,
  losses: TextLoss[],
): void {
  const charset = specificCharacterSet(dataSet, inherited);
  for (const element of dataSet.elements) {
    const message = tagLoss(element.tag, isDirectory) ?? elementLoss(element, charset);
    if (message !== undefined) losses.push({ tagPath: formatTagPath(path, element.tag), message });
    if (element.kind !== 'sequence') continue;
    for (const [index, item] of element.items.entries()) {
      collect(item.dataSet, [...path, { tag: element.tag, item: index }], charset, isDirectory, losses);
    }
  }
}

function tagLoss(tag: Tag, isDirectory: boolean): string | undefined {
  const group = groupOf(tag);
  if (group === META_GROUP) return 'group 0002 belongs to the file meta header, and text puts it there';
  if (group <= LAST_SYSTEM_GROUP && !(isDirectory && group === DIRECTORY_GROUP)) {
    return `group ${group.toString(16).padStart(4, '0')} has no place in a file, and is refused in text`;
  }
  if (tag === UNDEFINED_TAG) return 'the tag (ffff,ffff) is printed as (????,????)';
  return tag === TAG.DataSetTrailingPadding ? 'trailing padding is not written again' : undefined;
}

function elementLoss(element: Element, charset: string): string | undefined {
  switch (element.kind) {
    case 'value':
      return valueLoss(element, charset);
    case 'sequence':
      return element.vr === 'UN' ? 'UN of undefined length becomes a sequence (SQ)' : undefined;
    case 'fragments':
      return fragmentsLoss(element);
    default:
      return element satisfies never;
  }
}

function fragmentsLoss(element: FragmentsElement): string | undefined {
  if (element.tag !== TAG.PixelData) return 'only pixel data can be encapsulated in dump text';
  if (element.vr !== 'OB') return `encapsulated pixel data become OB, not ${element.vr}`;
  const odd = element.fragments.findIndex((fragment) => (fragment.length & 1) === 1);
  return odd === -1 ? undefined : `the odd length of fragment ${odd} is completed to an even one`;
}

function valueLoss(element: ValueElement, charset: string): string | undefined {
  if (element.foreignVr !== undefined) return `${JSON.stringify(element.foreignVr)} is no VR, and is printed as ??`;
  if ((element.value.length & 1) === 1) return 'the odd length is completed to an even one';
  const { kind } = vrTraits(element.vr);
  switch (kind) {
    case 'text':
      return textLoss(element, charset);
    case 'uid':
      return uidLoss(element.value);
    case 'integer':
    case 'float':
    case 'tag':
      return numberLoss(element);
    default:
      return undefined;
  }
}

const NUL = 0x00;
const LF = 0x0a;
const CR = 0x0d;
const SPACE = 0x20;

function textLoss(element: ValueElement, charset: string): string | undefined {
  const { value, vr } = element;
  if (value.includes(NUL)) return 'a NUL byte in text ends or spoils the value when read again';
  const padding = trailingSpaces(value);
  // One space completes an odd length, and comes back.
  if (padding > ((value.length - padding) & 1)) return 'spaces at the end of the value are not printed';
  if (hasLineBreaks(decidedVr(vr)) && hasEscapedBreak(value, charset))
    return 'a backslash before "n" reads as a line break';
  const text = Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('latin1');
  return value.includes(LF) || value.includes(CR) || text.includes(']') ? layoutLoss(text) : undefined;
}

/** A line that begins like an element: what stood in front of it is then an unclosed bracket. */
const ELEMENT_LINE = /^[ \t\v\f]*\([ \t\v\f]*(0x)?[0-9a-f ]+,/i;

/** What a lost line break leaves behind; dump2wl takes it for one. */
const SECOND_ELEMENT = /\][ \t\v\f]*\([ \t\v\f]*(0x)?[0-9a-f ]+,/i;

/** Line breaks come back, unless a line of the value looks like one of dump text, or like the end of the value. */
function layoutLoss(text: string): string | undefined {
  if (SECOND_ELEMENT.test(text)) return 'a bracket and what looks like an element stand in the value';
  const lines = text.split(/\r\n?|\n/);
  if (lines.slice(1).some((line) => ELEMENT_LINE.test(line))) return 'a line of the value looks like an element';
  return lines.slice(0, -1).some((line) => /\][ \t\v\f]*(#|$)/.test(line))
    ? 'a bracket in the value looks like its end'
    : undefined;
}

function uidLoss(value: Uint8Array): string | undefined {
  if (value.some(isWhiteSpace)) return 'white space in a UID is not printed';
  const end = value.indexOf(NUL);
  if (end !== -1 && end < value.length - 1) return 'NUL bytes in a UID are not printed, or spoil it when read again';
  if (end !== -1 && (end & 1) === 0) return 'more NUL bytes than the padding of a UID are not printed';
  return value[0] === 0x3d ? 'a UID that begins with "=" reads as a name' : undefined;
}

function trailingSpaces(value: Uint8Array): number {
  let count = 0;
  while (count < value.length && value[value.length - 1 - count] === SPACE) count++;
  return count;
}

function numberLoss(element: ValueElement): string | undefined {
  const { kind, unit } = vrTraits(element.vr);
  const size = kind === 'tag' ? 4 : unit;
  const surplus = element.value.length % size;
  if (surplus > 0) return `the last ${surplus} bytes make no whole value and are not printed`;
  return kind === 'float' ? floatLoss(element.value, unit === 4) : undefined;
}

/** -0 is printed as 0, and every NaN as nan. */
function floatLoss(value: Uint8Array, single: boolean): string | undefined {
  const view = new DataView(value.buffer, value.byteOffset, value.byteLength);
  for (let at = 0; at < value.length; at += single ? 4 : 8) {
    const number = single ? view.getFloat32(at, true) : view.getFloat64(at, true);
    if (Object.is(number, -0)) return 'the sign of -0 is not printed';
    if (Number.isNaN(number) && !isUsualNan(view, at, single)) return 'nan stands for one of many bit patterns';
  }
  return undefined;
}

function isUsualNan(view: DataView, at: number, single: boolean): boolean {
  if (single) return view.getUint32(at, true) === 0x7fc00000;
  return view.getUint32(at, true) === 0 && view.getUint32(at + 4, true) === 0x7ff80000;
}
