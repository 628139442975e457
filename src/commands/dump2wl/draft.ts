/** An input as it was read, on its way to a file. */

import { readFileSync } from 'node:fs';
import type { TransferSyntax } from '../../codec/transfer-syntax.ts';
import type { DataSet } from '../../dicom/data-set.ts';
import { readDicomJson } from '../../dicom-json/read-json.ts';
import { type ElementLocator, parseDump } from '../../dump-text/parse-dump.ts';
import { DataError, type Diagnostic, FileError } from '../../errors.ts';
import { failureReason } from '../../files/file-failure.ts';
import { kindBySignature } from '../../part10/foreign-file.ts';
import { examinePart10, hasPart10Prefix } from '../../part10/read-part10.ts';
import { ZERO_PREAMBLE } from '../../part10/write-part10.ts';
import type { Work } from './options.ts';

/** A remark that belongs to no line of a text. */
export interface Note {
  readonly severity: Diagnostic['severity'];
  readonly message: string;
}

/** What an input is by its first bytes. */
export type InputKind = 'dump' | 'json' | 'dicom';

export interface Draft {
  /** `order`: made of a template and an order. */
  readonly kind: InputKind | 'order';
  readonly preamble: Uint8Array;
  readonly meta: DataSet | undefined;
  readonly dataSet: DataSet;
  /** What the input is written in, or says that it should be. */
  readonly syntax: TransferSyntax | undefined;
  readonly diagnostics: Diagnostic[];
  readonly notes: Note[];
  readonly locate: ElementLocator;
}

const NOWHERE: ElementLocator = () => undefined;

/** How an object or an array of objects begins; `[0010,0010]` is a tag in the wrong brackets. */
const JSON_START = /^(?:\xef\xbb\xbf)?[ \t\r\n]*(?:\{|\[[ \t\r\n]*(?:[{\]]|$))/;

/** Tells inputs apart by their first bytes. */
export function kindOf(bytes: Uint8Array): InputKind {
  if (hasPart10Prefix(bytes) || beginsLikeDataSet(bytes)) return 'dicom';
  return JSON_START.test(Buffer.from(bytes.subarray(0, 256)).toString('latin1')) ? 'json' : 'dump';
}

/** A low group number in either byte order, as no text begins; and it must hold what it promises. */
function beginsLikeDataSet(bytes: Uint8Array): boolean {
  const [first = 0, second = 0] = bytes;
  if (bytes.length < 8 || first + second === 0 || (first > 8 && second > 8) || (first !== 0 && second !== 0))
    return false;
  const { error, dataSet } = examinePart10(bytes);
  return error === undefined && dataSet.size > 0;
}

/** Reads an input: one draft, or several where DICOM JSON holds an array. @throws WltoolError */
export function readDrafts(bytes: Uint8Array, file: string, work: Work): Draft[] {
  const kind = kindOf(bytes);
  const foreign = kind === 'dicom' ? undefined : kindBySignature(bytes);
  if (foreign !== undefined) {
    throw new DataError('foreign', `${file} is ${foreign.what}, not dump text`, { file, hint: foreign.hint });
  }
  switch (kind) {
    case 'dump':
      return [readDump(bytes, file, work)];
    case 'dicom':
      return [readFile(bytes, file, work)];
    case 'json':
      return readJson(bytes, file);
    default:
      return kind satisfies never;
  }
}

function readDump(bytes: Uint8Array, file: string, work: Work): Draft {
  const { ignoreMeta, keepTrailingPadding, force, bigEndianFiles, syntax, charset } = work;
  const parsed = parseDump(bytes, {
    file,
    syntax,
    charset: charset === undefined ? undefined : 'ISO_IR 192',
    ignoreMeta,
    keepTrailingPadding,
    force,
    bigEndianFiles,
    readFile: readValueFile,
  });
  const { meta, dataSet, diagnostics, locate } = parsed;
  return {
    kind: 'dump',
    preamble: ZERO_PREAMBLE,
    meta,
    dataSet,
    syntax: parsed.syntax,
    diagnostics: [...diagnostics],
    notes: [],
    locate,
  };
}

/** The file of a value `=name`, from the folder the user is in, as dump2dcm takes it. */
function readValueFile(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new FileError(path, `${path}: ${failureReason(error)}`, { cause: error });
  }
}

function noteOf({ tagPath, message }: DataError): Note {
  return { severity: 'warning', message: tagPath === undefined ? message : `${tagPath} ${message}` };
}

function readFile(bytes: Uint8Array, file: string, work: Work): Draft {
  const reading = examinePart10(bytes, { file });
  const problem = reading.error ?? reading.losses[0];
  if (problem !== undefined && !work.force) throw problem;
  const notes = [...reading.warnings, ...reading.losses].map(noteOf);
  const { meta, dataSet, syntax } = reading;
  const preamble = reading.preamble ?? ZERO_PREAMBLE;
  return { kind: 'dicom', preamble, meta, dataSet, syntax, diagnostics: [], notes, locate: NOWHERE };
}

function readJson(bytes: Uint8Array, file: string): Draft[] {
  const { dataSets, warnings } = readDicomJson(bytes, { file });
  if (dataSets.length === 0) throw new DataError('json', 'no data set found: the array is empty', { file });
  return dataSets.map((dataSet, index) => ({
    kind: 'json',
    preamble: ZERO_PREAMBLE,
    meta: undefined,
    dataSet,
    syntax: undefined,
    diagnostics: [],
    notes: index === 0 ? warnings.map(noteOf) : [],
    locate: NOWHERE,
  }));
}
