/**
 * wltool as a library: the modules that the commands are made of, and no others.
 */

export { type DataSetReading, type ReadOptions, readDataSet } from './codec/read-data-set.ts';
export {
  DEFLATED_LITTLE,
  EXPLICIT_BIG,
  EXPLICIT_LITTLE,
  IMPLICIT_LITTLE,
  type TransferSyntax,
  transferSyntaxOf,
} from './codec/transfer-syntax.ts';
export { type WriteOptions, writeDataSet } from './codec/write-data-set.ts';
export { decodeText, encodeText } from './dicom/charset/text-codec.ts';
export {
  DataSet,
  type Element,
  type FragmentsElement,
  type Item,
  type SequenceElement,
  sequenceElement,
  type ValueElement,
  valueElement,
} from './dicom/data-set.ts';
export { type DictionaryEntry, lookupTag, tagOfKeyword } from './dicom/dictionary.ts';
export { formatTag, makeTag, parseTag, type Tag } from './dicom/tag.ts';
export { generateUid, uidName, uidOfName } from './dicom/uid.ts';
export type { ElementVr, Vr } from './dicom/vr.ts';
export { type JsonReading, readDicomJson } from './dicom-json/read-json.ts';
export { type JsonText, writeDicomJson } from './dicom-json/write-json.ts';
export { parseDump } from './dump-text/parse-dump.ts';
export { printDump } from './dump-text/print-dump.ts';
export {
  DataError,
  type Diagnostic,
  DumpTextError,
  FileError,
  PeerError,
  type PeerPhase,
  UsageError,
  WltoolError,
} from './errors.ts';
export { applyKey, removeKey } from './keys/apply-key.ts';
export type { Key } from './keys/key.ts';
export { parseKey } from './keys/parse-key.ts';
export type { Log } from './log.ts';
export type {
  AssociationRequest,
  AssociationVerdict,
  FindOutcome,
  FindRequest,
  WorklistHandler,
} from './network/handler.ts';
export { echo, findWorklist, type WorklistClientOptions } from './network/worklist-client.ts';
export { type ListeningAddress, WorklistServer, type WorklistServerOptions } from './network/worklist-server.ts';
export { completeFileMeta } from './part10/file-meta.ts';
export { type Part10File, readPart10 } from './part10/read-part10.ts';
export { writePart10, ZERO_PREAMBLE } from './part10/write-part10.ts';
export { matchEntry } from './worklist/match.ts';
export { readQuery } from './worklist/query.ts';
export { respond } from './worklist/respond.ts';
export { Store } from './worklist/store.ts';
export { StoreHandler } from './worklist/worklist-handler.ts';
