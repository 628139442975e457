/**
 * wltool as a library: the modules that the commands are made of, and no others.
 */

export { DataSet, type Element, type Item } from './dicom/data-set.ts';
export { formatTag, makeTag, parseTag, type Tag } from './dicom/tag.ts';
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
