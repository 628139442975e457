/** The one way in: the bytes of DCMTK dump text to a data set. */

import { EXPLICIT_LITTLE, type TransferSyntax } from '../codec/transfer-syntax.ts';
import type { DataSet, Element } from '../dicom/data-set.ts';
import { type Diagnostic, DumpTextError } from '../errors.ts';
import { DumpBuilder } from './builder.ts';
import { Findings } from './findings.ts';
import { parseLines } from './grammar.ts';
import { settleDirectory, settleEscapes, settleLongValues, settlePixelData, settleSyntax } from './settle.ts';
import { foreignEncoding, SourceText } from './source-text.ts';

export interface ParseDumpOptions {
  /** Name for messages. */
  readonly file: string;
  /** The syntax to be written, where the caller has decided; else (0002,0010) of the text. */
  readonly syntax?: TransferSyntax | undefined;
  /** Character set of the text's bytes, whatever its (0008,0005) says. */
  readonly charset?: string | undefined;
  /** Leave group 0002 out (dump2dcm -f). */
  readonly ignoreMeta?: boolean | undefined;
  /** Keep (fffc,fffc) (dump2dcm -p=). */
  readonly keepTrailingPadding?: boolean | undefined;
  /** Give what parses in spite of errors; they are among the diagnostics then. */
  readonly force?: boolean | undefined;
  /** Gives the bytes of a file that a value names as `=file`. Without it such values are errors. */
  readonly readFile?: ((path: string) => Uint8Array) | undefined;
  /** Words of such files are big endian (dump2dcm +rb). */
  readonly bigEndianFiles?: boolean | undefined;
}

/** Makes a finding at the line of an element; undefined for one that the parser has not made. */
export type ElementLocator = (
  element: Element,
  severity: Diagnostic['severity'],
  message: string,
  hint?: string,
) => Diagnostic | undefined;

export interface ParsedDump {
  /** The elements of group 0002 as given; empty where there are none. */
  readonly meta: DataSet;
  readonly dataSet: DataSet;
  /** What the text says the file is to be written in; undefined where it says nothing. */
  readonly syntax: TransferSyntax | undefined;
  /** Warnings, and with `force` the errors, in the order of the text. */
  readonly diagnostics: readonly Diagnostic[];
  readonly locate: ElementLocator;
}

const WHOLE = { offset: 0, length: 1 };
const TAG_LENGTH = 11;

function noFiles(): never {
  throw new Error('values in files are not taken here');
}

/** Reads dump text. @throws DumpTextError with all that is wrong, unless `force` asks for what parses */
export function parseDump(bytes: Uint8Array, options: ParseDumpOptions): ParsedDump {
  const source = new SourceText(bytes);
  const findings = new Findings(source);
  const { readFile = noFiles, bigEndianFiles = false, ignoreMeta = false, keepTrailingPadding = false } = options;
  const builder = new DumpBuilder({ source, findings, readFile, bigEndianFiles, ignoreMeta, keepTrailingPadding });
  const readable = examineBytes(bytes, findings);
  if (readable) parseLines(source.text, builder);
  const { meta, dataSet } = builder.finish();
  if (readable && dataSet.size === 0 && findings.errorCount === 0) {
    const found = meta.size === 0 ? 'no element found' : 'no data set found, only file meta information';
    findings.error(WHOLE, found, bytes.length === 0 ? 'the input is empty' : 'is it the right file?');
  }

  const spanOf = (element: object) => ({ offset: builder.offsetOf(element) ?? 0, length: TAG_LENGTH });
  const settling = { notes: builder.notes, meta, dataSet, findings, spanOf };
  settleEscapes(settling, options.charset);
  const syntax = settleSyntax(settling, options.syntax !== undefined);
  settleDirectory(settling);
  const written = options.syntax ?? syntax ?? EXPLICIT_LITTLE;
  settleLongValues(settling, written);
  const impossible = settlePixelData(settling, written);

  const diagnostics = findings.diagnostics();
  if (findings.errorCount > 0 && (options.force !== true || impossible)) {
    throw new DumpTextError(options.file, diagnostics);
  }
  const locate: ElementLocator = (element, severity, message, hint) => {
    const offset = builder.offsetOf(element);
    return offset === undefined
      ? undefined
      : source.diagnostic(severity, { offset, length: TAG_LENGTH }, message, hint);
  };
  return { meta, dataSet, syntax, diagnostics, locate };
}

/** False for bytes that are no text of one byte a character. */
function examineBytes(bytes: Uint8Array, findings: Findings): boolean {
  const encoding = foreignEncoding(bytes);
  if (encoding !== undefined) {
    findings.error(WHOLE, `the file is ${encoding}`, 'save it as UTF-8; in PowerShell: Out-File -Encoding utf8');
  } else if (Buffer.from(bytes.subarray(128, 132)).toString('latin1') === 'DICM') {
    findings.error(WHOLE, 'this is a DICOM file already', 'dump text is what wltool dump prints of it');
  } else return true;
  return false;
}
