/** What bytes are that are no DICOM file, so that the message can say it instead of naming an absurd tag. */

import { DataError } from '../errors.ts';
import { hasPart10Prefix } from './read-part10.ts';

interface Kind {
  readonly what: string;
  readonly hint?: string;
}

/** First bytes of formats that end up among worklist files, as Latin-1. */
const SIGNATURES: readonly (readonly [start: string, kind: Kind])[] = [
  ['PK\x03\x04', { what: 'a ZIP archive', hint: 'unpack it first' }],
  ['\x1f\x8b', { what: 'compressed with gzip', hint: 'unpack it first: gunzip -c FILE | wltool dump -' }],
  ['%PDF-', { what: 'a PDF document' }],
  ['\x89PNG', { what: 'a PNG image' }],
  ['\xff\xd8\xff', { what: 'a JPEG image' }],
  ['MSH|', { what: 'an HL7 message' }],
  ['DICM', { what: 'a DICOM file that has lost its first 128 bytes', hint: 'put 128 zero bytes in front of it' }],
  ['\xff\xfe', { what: 'text in UTF-16', hint: 'save it as UTF-8, then: wltool dump2wl FILE out.wl' }],
];

/** How much of a file is looked at. */
const LOOKED_AT = 4096;

/** An error that names what a file without meta information is; undefined where it may well be a damaged DICOM file. */
export function foreignFile(bytes: Uint8Array, file: string): DataError | undefined {
  if (hasPart10Prefix(bytes)) return undefined;
  if (bytes.length === 0) return new DataError('empty', 'the file is empty', { file });
  const kind = kindOf(bytes);
  return kind && new DataError('foreign', `is ${kind.what}, not a DICOM file`, { file, hint: kind.hint });
}

function kindOf(bytes: Uint8Array): Kind | undefined {
  const start = Buffer.from(bytes.subarray(0, LOOKED_AT)).toString('latin1');
  const known = SIGNATURES.find(([signature]) => start.startsWith(signature));
  if (known !== undefined) return known[1];
  if (!bytes.some((byte) => byte !== 0)) return { what: 'nothing but zeros' };
  return isText(start) ? textKind(start.replace(/^\xef\xbb\xbf/, '')) : undefined;
}

/** Control characters other than white space and ESC do not stand in text. */
function isText(start: string): boolean {
  return start.length >= 4 && !/[\0-\x08\x0e-\x1a\x1c-\x1f\x7f]/.test(start);
}

function textKind(text: string): Kind {
  if (/^\s*(#[^\n]*\s+)*\([0-9a-f]{4},[0-9a-f]{4}\)/i.test(text)) {
    return { what: 'dump text', hint: 'turn it into a DICOM file: wltool dump2wl FILE out.wl' };
  }
  if (/^\s*[[{]/.test(text)) return { what: 'JSON', hint: 'if it is DICOM JSON: wltool dump2wl FILE out.wl' };
  if (/^\s*<(\?xml|!doctype|html)/i.test(text)) return { what: 'XML or HTML' };
  return { what: 'a text file' };
}
