/**
 * wltool as a library: the modules that the commands are made of. docs/library.md has an example of each.
 */

// Bytes, text and JSON to data sets, and back.
export { type DataSetReading, type ReadOptions, readDataSet } from './codec/read-data-set.ts';
// Data sets, and what they are made of.
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
  plainText,
  type SequenceElement,
  sequenceElement,
  specificCharacterSet,
  type ValueElement,
  valueElement,
} from './dicom/data-set.ts';
export { type DictionaryEntry, lookupTag, tagOfKeyword } from './dicom/dictionary.ts';
export { formatTag, makeTag, parseTag, type Tag } from './dicom/tag.ts';
export { generateUid, uidName, uidOfName } from './dicom/uid.ts';
export type { ElementVr, PlaceholderVr, Vr } from './dicom/vr.ts';
export { type JsonReading, readDicomJson } from './dicom-json/read-json.ts';
export { type JsonLoss, type JsonText, writeDicomJson } from './dicom-json/write-json.ts';
export { type Dumpable, dumpInput } from './dump-text/dump-input.ts';
export { type ElementLocator, type ParseDumpOptions, type ParsedDump, parseDump } from './dump-text/parse-dump.ts';
export { type DumpInput, type PrintedPart, printDump } from './dump-text/print-dump.ts';
export { FULL_STYLE, type PrintStyle, type TextOf } from './dump-text/print-style.ts';
// What goes wrong, and who is told.
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
// Keys, as the command line takes them.
export { applyKey, removeKey } from './keys/apply-key.ts';
export type { Key, KeyStep } from './keys/key.ts';
export { type ParseKeyOptions, parseKey } from './keys/parse-key.ts';
export type { Log, LogFields } from './log.ts';
// A server of a folder, or of whatever a handler of yours answers from.
export type {
  AssociationRequest,
  AssociationVerdict,
  FindOutcome,
  FindRequest,
  WorklistHandler,
} from './network/handler.ts';
// A client.
export {
  type Answer,
  type ClientTls,
  echo,
  type FindOptions,
  type FindResult,
  findWorklist,
  type PeerOptions,
  type WorklistClientOptions,
} from './network/worklist-client.ts';
export { type ListeningAddress, WorklistServer, type WorklistServerOptions } from './network/worklist-server.ts';
export { type CompletedFileMeta, completeFileMeta, type FileMetaRequest } from './part10/file-meta.ts';
export { type Part10File, type Part10Options, readPart10 } from './part10/read-part10.ts';
export { writePart10, ZERO_PREAMBLE } from './part10/write-part10.ts';
// Matching.
export { type EntryView, viewEntry } from './worklist/entry-view.ts';
export { matchEntry, type StepMatch } from './worklist/match.ts';
export { matches } from './worklist/matches.ts';
export { type QueryOptions, type QueryReading, type QueryRefusal, readQuery } from './worklist/query.ts';
export type { Query } from './worklist/query-key.ts';
export { type RespondOptions, respond } from './worklist/respond.ts';
export { Store, type StoreOptions } from './worklist/store.ts';
export { type HandlerOptions, StoreHandler } from './worklist/worklist-handler.ts';
