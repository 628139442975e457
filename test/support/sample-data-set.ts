/** An invented worklist entry, with a step, codes, a private block and text that is not ASCII. */

import { DataSet, sequenceElement, valueElement } from '../../src/dicom/data-set.ts';
import { tagOfKeyword } from '../../src/dicom/dictionary.ts';
import { type Vr, vrTraits } from '../../src/dicom/vr.ts';

/** A text element by keyword, padded to even length; `text` is taken as Latin-1. */
export function textElement(keyword: string, vr: Vr, text: string): ReturnType<typeof valueElement> {
  const tag = tagOfKeyword(keyword);
  if (tag === undefined) throw new Error(`no such keyword: ${keyword}`);
  const bytes = Buffer.from(text, 'latin1');
  const padded = bytes.length % 2 === 0 ? bytes : Buffer.concat([bytes, Buffer.of(vrTraits(vr).pad)]);
  return valueElement(tag, vr, padded);
}

export function sampleDataSet(): DataSet {
  const code = new DataSet([
    textElement('CodeValue', 'SH', 'CTABD'),
    textElement('CodingSchemeDesignator', 'SH', '99WLT'),
    textElement('CodeMeaning', 'LO', 'CT abdomen'),
  ]);
  const step = new DataSet([
    textElement('Modality', 'CS', 'CT'),
    textElement('ScheduledStationAETitle', 'AE', 'CT01'),
    textElement('ScheduledProcedureStepStartDate', 'DA', '20261125'),
    textElement('ScheduledProcedureStepStartTime', 'TM', '0930'),
    textElement('ScheduledPerformingPhysicianName', 'PN', 'Kranz^Ida'),
    sequenceElement(0x00400008, [code]),
    textElement('ScheduledProcedureStepID', 'SH', 'SPS1'),
  ]);
  return new DataSet([
    textElement('SpecificCharacterSet', 'CS', 'ISO_IR 100'),
    textElement('AccessionNumber', 'SH', 'A0001'),
    textElement('PatientName', 'PN', 'M\xfcller^J\xf6rg'),
    textElement('PatientID', 'LO', 'P-0001'),
    valueElement(0x00101030, 'DS', Buffer.from('70.5')),
    valueElement(0x001021c0, 'US', Buffer.of(4, 0)),
    textElement('StudyInstanceUID', 'UI', '1.2.826.0.1.3680043.10.99.1'),
    valueElement(0x00410010, 'LO', Buffer.from('WLTOOL SAMPLE ')),
    valueElement(0x00411001, 'UN', Buffer.of(1, 2, 3, 4)),
    sequenceElement(0x00400100, [step]),
    textElement('RequestedProcedureID', 'SH', 'RP1'),
  ]);
}
