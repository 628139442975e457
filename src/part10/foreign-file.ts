/** What bytes are that are no DICOM file, so that the message can say it instead of naming an absurd tag. */

import { DataError } from '../errors.ts';
import { hasPart10Prefix } from './read-part10.ts';

export interface ForeignKind {
  /** For the end of a sentence: "a PDF document". */
  readonly what: string;
  readonly hint?: string;
}

/** First bytes of formats that end up among worklist files and their texts, as Latin-1. */
const SIGNATURES: readonly (readonly [start: string, kind: ForeignKind])[] = [
  ['PK\x03\x04', { what: 'a ZIP archive', hint: 'unpack it first; of a .docx or .xlsx, save a copy as plain text' }],
  ['\x1f\x8b', { what: 'compressed with gzip', hint: 'unpack it first: gunzip FILE' }],
  ['%PDF-', { what: 'a PDF document' }],
  ['{\\rtf', { what: 'an RTF document', hint: 'save a copy as plain text' }],
  ['\xd0\xcf\x11\xe0', { what: 'a Word or Excel document', hint: 'save a copy as plain text' }],
  ['\x89PNG', { what: 'a PNG image' }],
  ['\xff\xd8\xff', { what: 'a JPEG image' }],
  ['MSH|', { what: 'an HL7 message', hint: 'if it is an order: wltool dump2wl --from hl7 FILE --out-dir FOLDER' }],
  ['DICM', { what: 'a DICOM file that has lost its first 128 bytes', hint: 'put 128 zero bytes in front of it' }],
];
const UTF_16 = { what: 'text in UTF-16', hint: 'save it as UTF-8, then: wltool dump2wl FILE out.wl' };

const LONGEST_SIGNATURE = Math.max(...SIGNATURES.map(([signature]) => signature.length));
/** How much of a file is looked at. */
const LOOKED_AT = 4096;

/** An error that names what a file without meta information is; undefined where it may well be a damaged DICOM file. */
export function foreignFile(bytes: Uint8Array, file: string): DataError | undefined {
  if (hasPart10Prefix(bytes)) return undefined;
  if (bytes.length === 0) return new DataError('empty', 'the file is empty', { file });
  const kind = kindOf(bytes);
  return kind && new DataError('foreign', `is ${kind.what}, not a DICOM file`, { file, hint: kind.hint });
}

/** What bytes are that begin as no text does which somebody wrote. */
export function kindBySignature(bytes: Uint8Array): ForeignKind | undefined {
  const start = Buffer.from(bytes.subarray(0, LONGEST_SIGNATURE)).toString('latin1');
  return SIGNATURES.find(([signature]) => start.startsWith(signature))?.[1];
}

function kindOf(bytes: Uint8Array): ForeignKind | undefined {
  const known = kindBySignature(bytes);
  if (known !== undefined) return known;
  const start = Buffer.from(bytes.subarray(0, LOOKED_AT)).toString('latin1');
  if (start.startsWith('\xff\xfe')) return UTF_16;
  if (!bytes.some((byte) => byte !== 0)) return { what: 'nothing but zeros' };
  return isText(start) ? textKind(start.replace(/^\xef\xbb\xbf/, '')) : undefined;
}

/** Control characters other than white space and ESC do not stand in text. */
function isText(start: string): boolean {
  return start.length >= 4 && !/[\0-\x08\x0e-\x1a\x1c-\x1f\x7f]/.test(start);
}

function textKind(text: string): ForeignKind {
  if (/^\s*(#[^\n]*\s+)*\([0-9a-f]{4},[0-9a-f]{4}\)/i.test(text)) {
    return { what: 'dump text', hint: 'turn it into a DICOM file: wltool dump2wl FILE out.wl' };
  }
  if (/^\s*[[{]/.test(text)) return { what: 'JSON', hint: 'if it is DICOM JSON: wltool dump2wl FILE out.wl' };
  if (/^\s*<(\?xml|!doctype|html)/i.test(text)) return { what: 'XML or HTML' };
  return { what: 'a text file' };
}
