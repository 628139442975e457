/** DICOM files (PS3.10 7), with and without preamble and file meta information. */

import { guessSyntax } from '../codec/guess-syntax.ts';
import { type DataSetReading, readDataSet } from '../codec/read-data-set.ts';
import { type TransferSyntax, transferSyntaxOf } from '../codec/transfer-syntax.ts';
import { DataSet, type Element, plainText } from '../dicom/data-set.ts';
import { TAG } from '../dicom/tag.ts';
import { DataError } from '../errors.ts';

const PREAMBLE_LENGTH = 128;
const PREFIX = [0x44, 0x49, 0x43, 0x4d]; // "DICM"
/** Tag, VR, length and value of (0002,0000). */
const GROUP_LENGTH_ELEMENT_SIZE = 12;

/** A file as its parts. Without `preamble` neither it nor the DICM prefix is there; without `meta` it is a bare data set. */
export interface Part10File {
  readonly preamble: Uint8Array | undefined;
  readonly meta: DataSet | undefined;
  readonly dataSet: DataSet;
  readonly syntax: TransferSyntax;
}

export interface Part10Options {
  /** Name for messages. */
  readonly file?: string | undefined;
  /** `file` wants file meta information, `dataset` takes the bytes as a bare data set. Default `auto`. */
  readonly read?: 'auto' | 'file' | 'dataset';
  /** Transfer syntax to read the data set in, whatever the file says; 'guess' looks at the bytes. */
  readonly syntax?: TransferSyntax | 'guess' | undefined;
  /** Find the end of the file meta information by its tags, not by (0002,0000). */
  readonly ignoreMetaLength?: boolean;
  /** Bounds of what is made of the bytes; see codec/read-data-set.ts. */
  readonly maxElements?: number | undefined;
  readonly maxInflated?: number | undefined;
}

/** All that can be said of the bytes of a file. */
export interface Part10Reading extends Part10File {
  /** What the meta information is encoded in; undefined without one. */
  readonly metaSyntax: TransferSyntax | undefined;
  readonly warnings: readonly DataError[];
  /** See DataSetReading: the data set is good, but bytes of the file are not in it. */
  readonly losses: readonly DataError[];
  /** The damage that ended the reading; what came before it is in `meta` and `dataSet`. */
  readonly error?: DataError;
  readonly strayPrivates: ReadonlySet<Element>;
}

/** True for the preamble and DICM prefix of PS3.10 7.1. */
export function hasPart10Prefix(bytes: Uint8Array): boolean {
  return PREFIX.every((byte, index) => bytes[PREAMBLE_LENGTH + index] === byte);
}

/**
 * Reads a file. @throws DataError with tag path and offset when it is damaged, or when bytes stand
 * behind the end of its data set; warnings are dropped. See examinePart10 for all of it.
 */
export function readPart10(bytes: Uint8Array, options: Part10Options = {}): Part10File {
  const { preamble, meta, dataSet, syntax, error, losses } = examinePart10(bytes, options);
  const problem = error ?? losses[0];
  if (problem !== undefined) throw problem;
  return { preamble, meta, dataSet, syntax };
}

/** Reads a file whatever state it is in, and says what is wrong with it. Never throws on bad bytes. */
export function examinePart10(bytes: Uint8Array, options: Part10Options = {}): Part10Reading {
  const { file, maxElements, maxInflated } = options;
  const prefixed = options.read !== 'dataset' && hasPart10Prefix(bytes);
  const preamble = prefixed ? bytes.subarray(0, PREAMBLE_LENGTH) : undefined;
  const start = prefixed ? PREAMBLE_LENGTH + PREFIX.length : 0;
  const warnings: DataError[] = [];
  if (bytes.length === 0) {
    return failed(preamble, undefined, new DataError('empty', 'the file is empty', { file }));
  }

  let meta: DataSetReading | undefined;
  let metaSyntax: TransferSyntax | undefined;
  const losses: DataError[] = [];
  if (options.read !== 'dataset' && startsWithMeta(bytes, start)) {
    metaSyntax = guessSyntax(bytes, start);
    meta = readMeta(bytes, start, metaSyntax, options);
    if (meta.error !== undefined) return failed(preamble, { reading: meta, metaSyntax }, meta.error);
    warnings.push(...meta.warnings);
    losses.push(...meta.losses, ...missingMeta(bytes, start, meta, file));
  } else if (prefixed) {
    warnings.push(new DataError('no-meta', 'has a preamble, but no file meta information', { file }));
    if (start >= bytes.length) {
      return failed(
        preamble,
        undefined,
        new DataError('truncated', 'the file ends behind DICM', { file, offset: start }),
      );
    }
  }

  const named = meta && transferSyntaxOf(plainText(meta.dataSet, TAG.TransferSyntaxUID).trim());
  if (options.read === 'file' && named === undefined) {
    const message = 'has no file meta information that names a transfer syntax';
    return failed(preamble, undefined, new DataError('no-meta', message, { file }));
  }
  const dataStart = meta?.end ?? start;
  const syntax = dataSetSyntax(bytes, dataStart, named, options.syntax);
  const reading = readDataSet(bytes, syntax, { file, start: dataStart, maxElements, maxInflated });
  const blank = dataStart === 0 && onlyZeros(bytes);
  const error = blank ? new DataError('not-dicom', 'begins with zero bytes: no DICOM file', { file }) : reading.error;
  return {
    preamble,
    meta: meta?.dataSet,
    metaSyntax,
    dataSet: reading.dataSet,
    syntax,
    warnings: [...warnings, ...reading.warnings],
    losses: [...losses, ...reading.losses],
    strayPrivates: reading.strayPrivates,
    ...(error === undefined ? {} : { error }),
  };
}

/** Zeros parse as elements (0000,0000), but no data set begins so: the file is empty space. */
function onlyZeros(bytes: Uint8Array): boolean {
  return bytes.subarray(0, 8).every((byte) => byte === 0);
}

/** What (0002,0000) promised and the file does not hold: it was cut within its meta information. */
function missingMeta(bytes: Uint8Array, start: number, meta: DataSetReading, file: string | undefined): DataError[] {
  const end = metaEnd(start, meta.dataSet);
  if (end === undefined || end <= bytes.length) return [];
  const message = `the file ends ${end - bytes.length} bytes before the end of its file meta information`;
  return [new DataError('truncated', message, { file, offset: bytes.length })];
}

/** Where (0002,0000) says that the data set begins. */
function metaEnd(start: number, meta: DataSet): number | undefined {
  const length = meta.value(TAG.FileMetaInformationGroupLength);
  if (length?.length !== 4) return undefined;
  const count = new DataView(length.buffer, length.byteOffset, 4).getUint32(0, true);
  return start + GROUP_LENGTH_ELEMENT_SIZE + count;
}

function dataSetSyntax(
  bytes: Uint8Array,
  start: number,
  named: TransferSyntax | undefined,
  wanted: TransferSyntax | 'guess' | undefined,
): TransferSyntax {
  if (wanted === 'guess') {
    // The bytes of a deflated data set say nothing about what is in it.
    return named?.deflated === true || named?.encapsulated === true ? named : guessSyntax(bytes, start);
  }
  return wanted ?? named ?? guessSyntax(bytes, start);
}

function startsWithMeta(bytes: Uint8Array, start: number): boolean {
  const [low, high] = [bytes[start], bytes[start + 1]];
  return (low === 2 && high === 0) || (low === 0 && high === 2);
}

/** Group 0002: as long as (0002,0000) says, or else as its tags go. */
function readMeta(bytes: Uint8Array, start: number, syntax: TransferSyntax, options: Part10Options): DataSetReading {
  const { file } = options;
  const first = readDataSet(bytes, syntax, { file, start, stopAt: start + 1 });
  if (first.error !== undefined) return first;
  const end = options.ignoreMetaLength === true ? undefined : metaEnd(start, first.dataSet);
  return readDataSet(bytes, syntax, { file, start, ...(end === undefined ? { onlyGroup: 2 } : { stopAt: end }) });
}

function failed(
  preamble: Uint8Array | undefined,
  meta: { reading: DataSetReading; metaSyntax: TransferSyntax } | undefined,
  error: DataError,
): Part10Reading {
  return {
    preamble,
    meta: meta?.reading.dataSet,
    metaSyntax: meta?.metaSyntax,
    dataSet: new DataSet(),
    syntax: guessSyntax(new Uint8Array(0)),
    warnings: meta?.reading.warnings ?? [],
    losses: [],
    strayPrivates: new Set(),
    error,
  };
}
