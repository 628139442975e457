/** Worklist files for tests, with the few attributes a test speaks of. */

import { EXPLICIT_LITTLE, type TransferSyntax } from '../../src/codec/transfer-syntax.ts';
import { DataSet, type Element, sequenceElement, valueElement } from '../../src/dicom/data-set.ts';
import { lookupTag } from '../../src/dicom/dictionary.ts';
import { TAG, type Tag } from '../../src/dicom/tag.ts';
import { completeFileMeta } from '../../src/part10/file-meta.ts';
import { writePart10, ZERO_PREAMBLE } from '../../src/part10/write-part10.ts';

/** Text values by tag; a number of items where the value is a list of such. */
export interface Values {
  readonly [tag: Tag]: string | readonly Values[];
}

export function dataSetOf(values: Values): DataSet {
  return new DataSet(Object.entries(values).map(([tag, value]) => elementOf(Number(tag), value)));
}

function elementOf(tag: Tag, value: string | readonly Values[]): Element {
  if (typeof value !== 'string') return sequenceElement(tag, value.map(dataSetOf));
  const vr = lookupTag(tag)?.vr ?? 'LO';
  const padded = value.length % 2 === 0 ? value : value + (vr === 'UI' ? '\0' : ' ');
  return valueElement(tag, vr, Buffer.from(padded, 'latin1'));
}

/** A complete entry with one step; `changes` at the root, `step` in the step. */
export function entryDataSet(accession: string, changes: Values = {}, step: Values = {}): DataSet {
  return dataSetOf({
    [TAG.AccessionNumber]: accession,
    [TAG.PatientName]: `NAME^${accession}`,
    [TAG.PatientID]: `P-${accession}`,
    [TAG.StudyInstanceUID]: '1.2.3.4',
    [0x00321060]: 'Request',
    [TAG.ScheduledProcedureStepSequence]: [
      {
        [TAG.Modality]: 'CT',
        [TAG.ScheduledStationAETitle]: 'CT01',
        [TAG.ScheduledProcedureStepStartDate]: '20260310',
        [TAG.ScheduledProcedureStepStartTime]: '0800',
        [0x00400007]: 'Step',
        [TAG.ScheduledProcedureStepID]: 'S1',
        ...step,
      },
    ],
    [TAG.RequestedProcedureID]: 'R1',
    ...changes,
  });
}

/** The bytes of a worklist file with this data set. */
export function entryFile(dataSet: DataSet, syntax: TransferSyntax = EXPLICIT_LITTLE): Uint8Array {
  const { meta } = completeFileMeta({ given: undefined, dataSet, syntax, newUid: () => '1.2.3' });
  return writePart10({ preamble: ZERO_PREAMBLE, meta, dataSet, syntax });
}
