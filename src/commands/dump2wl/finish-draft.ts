/** A draft to the bytes of a file. */

import { EXPLICIT_LITTLE } from '../../codec/transfer-syntax.ts';
import { formatTag } from '../../dicom/tag.ts';
import { DataError, type Diagnostic } from '../../errors.ts';
import { completeFileMeta } from '../../part10/file-meta.ts';
import { writePart10 } from '../../part10/write-part10.ts';
import { checkDraft } from './check-draft.ts';
import { type Draft, kindOf, type Note, readDrafts } from './draft.ts';
import { editDraft } from './edit-draft.ts';
import { changesFiles, type Work } from './options.ts';

export interface Finished {
  /** Undefined where the checks say that nothing is to be written. */
  readonly bytes: Uint8Array | undefined;
  readonly diagnostics: readonly Diagnostic[];
  readonly notes: readonly Note[];
}

/** The bytes of an input to those of its files. @throws WltoolError where an input cannot become one */
export function convert(bytes: Uint8Array, file: string, work: Work): Finished[] {
  if (kindOf(bytes) === 'dicom' && !changesFiles(work)) {
    throw new DataError('already-dicom', 'already a DICOM file, and nothing to change in it', {
      file,
      hint: 'see --set, --remove, --new-uids, --charset and -t; wltool dump prints it',
    });
  }
  return readDrafts(bytes, file, work).map((draft) => {
    const finished = finishDraft(draft, work);
    // Dump text without elements is refused when it is parsed; JSON may get its elements from --set.
    if (draft.kind === 'json' && draft.dataSet.size === 0) throw new DataError('json', 'no element found', { file });
    return finished;
  });
}

/** Changes, checks and encodes a draft. */
export function finishDraft(draft: Draft, work: Work): Finished {
  const hasNewInstance = editDraft(draft, work);
  if (work.check !== 'off') checkDraft(draft, work.check);
  const written = encode(draft, work, hasNewInstance);
  const { notes } = draft;
  const diagnostics = draft.diagnostics.toSorted((a, b) => a.line - b.line || a.column - b.column);
  const failed = work.check === 'error' && [...diagnostics, ...notes].some(({ severity }) => severity === 'error');
  return { bytes: failed && !work.force ? undefined : written, diagnostics, notes };
}

function encode(draft: Draft, work: Work, hasNewInstance: boolean): Uint8Array {
  const { dataSet, preamble } = draft;
  const syntax = work.syntax ?? draft.syntax ?? EXPLICIT_LITTLE;
  // What a DICOM file has is kept; text has no lengths to keep.
  const lengths = work.write.lengths ?? (draft.kind === 'dicom' ? 'keep' : 'explicit');
  const options = { ...work.write, lengths };
  const isCompressed =
    (syntax.encapsulated && !syntax.deflated) || dataSet.elements.some(({ kind }) => kind === 'fragments');
  if (!work.withMeta && !isCompressed) {
    return writePart10({ preamble: undefined, meta: undefined, dataSet, syntax }, options);
  }
  if (!work.withMeta) {
    draft.notes.push({
      severity: 'warning',
      message: 'compressed pixel data need file meta information; --no-meta is ignored',
    });
  }
  const fromDataSet = work.updateMeta || hasNewInstance;
  const { meta, warnings } = completeFileMeta({ given: draft.meta, dataSet, syntax, fromDataSet });
  for (const { tag, message } of warnings) {
    const element = draft.meta?.get(tag) ?? dataSet.get(tag);
    const diagnostic = element && draft.locate(element, 'warning', message);
    if (diagnostic !== undefined) draft.diagnostics.push(diagnostic);
    else draft.notes.push({ severity: 'warning', message: `${formatTag(tag)} ${message}` });
  }
  return writePart10({ preamble, meta, dataSet, syntax }, options);
}
