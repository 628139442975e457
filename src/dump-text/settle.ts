/** What can only be said of a dump when all of its lines are read. */

import { type TransferSyntax, transferSyntaxOf } from '../codec/transfer-syntax.ts';
import { type DataSet, plainText, specificCharacterSet, type ValueElement } from '../dicom/data-set.ts';
import { groupOf, TAG } from '../dicom/tag.ts';
import { isValidUid, uidName } from '../dicom/uid.ts';
import { decidedVr, vrTraits } from '../dicom/vr.ts';
import type { Findings } from './findings.ts';
import type { DataSetFrame, SequenceFrame } from './frames.ts';
import type { Notes } from './notes.ts';
import type { Span } from './source-text.ts';
import { breakLines, hasEscapedBreak, hasLineBreaks } from './text-value.ts';

const MEDIA_STORAGE_DIRECTORY = '1.2.840.10008.1.3.10';
const DIRECTORY_RECORD_SEQUENCE = 0x00041220;
const META_UIDS = [TAG.MediaStorageSOPClassUID, TAG.MediaStorageSOPInstanceUID, TAG.TransferSyntaxUID];

/** What the settling of one dump works on. */
export interface Settling {
  readonly notes: Notes;
  readonly meta: DataSet;
  readonly dataSet: DataSet;
  readonly findings: Findings;
  /** Where an element of the data sets stands in the text. */
  readonly spanOf: (element: object) => Span;
}

/** Makes `\n` a line break where the VR has line breaks, and warns where it separates values instead. */
export function settleEscapes({ notes, findings }: Settling, charset: string | undefined): void {
  for (const { element, frame, span } of notes.escapedTexts) {
    const terms = charset ?? charsetOf(frame);
    if (!hasEscapedBreak(element.value, terms)) continue;
    const vr = decidedVr(element.vr);
    if (hasLineBreaks(vr)) setValue(element, breakLines(element.value, terms));
    else {
      const meaning = vrTraits(vr).multiple ? 'separates values' : 'stays a backslash and an n';
      findings.warning(span, `in ${vr}, \\n ${meaning}`, 'dump2dcm would have made a line break of it');
    }
  }
}

/** The parser has made the element, and no one else has seen it yet. */
function setValue(element: ValueElement, value: Uint8Array): void {
  (element as { value: Uint8Array }).value = value;
}

/** The character set of the nearest data set that declares one (PS3.5 7.5.3); a loop, because nesting has no bound. */
function charsetOf(innermost: DataSetFrame): string {
  for (let frame: DataSetFrame | SequenceFrame | undefined = innermost; frame !== undefined; frame = frame.parent) {
    if (frame.kind === 'dataSet' && frame.dataSet?.has(TAG.SpecificCharacterSet)) {
      return specificCharacterSet(frame.dataSet);
    }
  }
  return '';
}

/** The syntax that (0002,0010) asks for; undefined without one. `decided` is true where the caller has chosen already. */
export function settleSyntax({ meta, findings, spanOf }: Settling, decided: boolean): TransferSyntax | undefined {
  for (const tag of META_UIDS) {
    const element = meta.get(tag);
    if (element?.kind !== 'value' || element.vr === 'UI' || element.value.length === 0) continue;
    if (!isValidUid(plainText(meta, tag))) findings.error(spanOf(element), 'not a UID', 'group 0002 needs a UID here');
  }
  const element = meta.get(TAG.TransferSyntaxUID);
  const uid = plainText(meta, TAG.TransferSyntaxUID);
  if (element === undefined || uid === '' || (element.vr !== 'UI' && !isValidUid(uid))) return undefined;
  const syntax = transferSyntaxOf(uid);
  if (syntax !== undefined || decided) return syntax;
  const name = uidName(uid);
  if (name === undefined) {
    findings.error(
      spanOf(element),
      `unknown transfer syntax ${uid}`,
      'choose one with -t, or write =LittleEndianExplicit',
    );
  } else {
    findings.warning(spanOf(element), `${name} is no transfer syntax; explicit VR little endian is written`);
  }
  return undefined;
}

/** Group 0004 belongs to media directories only (PS3.10 8). */
export function settleDirectory({ notes, meta, dataSet, findings }: Settling): void {
  if (dataSet.has(DIRECTORY_RECORD_SEQUENCE)) return;
  if (plainText(meta, TAG.MediaStorageSOPClassUID) === MEDIA_STORAGE_DIRECTORY) return;
  for (const { tag, span } of notes.directoryElements) {
    const group = groupOf(tag).toString(16).padStart(4, '0');
    findings.error(
      span,
      `group ${group} has no place in this file`,
      'it belongs to media directories; remove the line',
    );
  }
}

/** Says what the syntax cannot carry. True where the file cannot be written at all. */
export function settlePixelData({ notes, findings }: Settling, syntax: TransferSyntax): boolean {
  let impossible = false;
  for (const { state, span } of notes.pixelData) {
    if (state === 'empty') {
      findings.error(span, 'empty pixel data cannot be written', 'remove the line');
    } else if (state === 'compressed' && !syntax.encapsulated) {
      findings.error(span, `compressed pixel data cannot be written as ${syntax.name}`, 'keep their transfer syntax');
    } else continue;
    impossible = true;
  }
  return impossible;
}

/** Values that do not fit the 16-bit length of their VR are written as UN (PS3.5 6.2.2). */
export function settleLongValues({ notes, findings }: Settling, syntax: TransferSyntax): void {
  if (!syntax.explicitVr) return;
  for (const { vr, size, span } of notes.longValues) {
    findings.warning(
      span,
      `${size} bytes are too many for VR ${vr}; the element is written as UN`,
      'UT and UC hold long text',
    );
  }
}
