/** Invented worklist entries by number: each is the only one with its accession number, patient, station and day. */

import { TAG } from '../../src/dicom/tag.ts';
import { dataSetOf, entryFile } from '../../test/support/worklist-entries.ts';

/** So many stations have one step each a day. */
const STATIONS = 50;
const FIRST_DAY = Date.UTC(2020, 0, 1);
const DAY_MS = 86_400_000;

const SURNAMES = ['ADLER', 'BIRCH', 'CONRAD', 'DELGADO', 'EVERT', 'FABRE', 'GRANT', 'HOLM', 'IVARS', 'JANSEN'];
const GIVEN_NAMES = ['ANNA', 'BELA', 'CARL', 'DORA', 'EMIL', 'FRIDA', 'GREGOR'];
const MODALITIES = ['CT', 'MR', 'US', 'CR', 'DX', 'NM', 'MG'];

function of(values: readonly string[], number: number): string {
  return values[number % values.length] ?? '';
}

/** What modalities ask for of one entry. */
export interface EntryFacts {
  readonly accession: string;
  readonly patientId: string;
  readonly surname: string;
  readonly station: string;
  readonly date: string;
  readonly modality: string;
}

export function entryFacts(number: number): EntryFacts {
  const day = new Date(FIRST_DAY + Math.floor(number / STATIONS) * DAY_MS);
  const station = number % STATIONS;
  return {
    accession: `A${String(number).padStart(8, '0')}`,
    patientId: `PID${String(number).padStart(7, '0')}`,
    surname: `${of(SURNAMES, number)}${number}`,
    station: `STATION${String(station).padStart(2, '0')}`,
    date: day.toISOString().slice(0, 10).replaceAll('-', ''),
    modality: of(MODALITIES, station),
  };
}

/** A complete worklist file of about 1.4 KiB. */
export function entryBytes(number: number): Uint8Array {
  const facts = entryFacts(number);
  const code = (value: string, meaning: string) => ({
    [0x00080100]: value,
    [0x00080102]: '99LOCAL',
    [0x00080104]: meaning,
  });
  return entryFile(
    dataSetOf({
      [TAG.SpecificCharacterSet]: 'ISO_IR 100',
      [TAG.AccessionNumber]: facts.accession,
      [0x00080090]: 'REFERRER^RITA^^DR',
      [0x00081110]: [],
      [0x00081120]: [],
      [TAG.PatientName]: `${facts.surname}^${of(GIVEN_NAMES, number)}`,
      [TAG.PatientID]: facts.patientId,
      [0x00100021]: 'HOSPITAL',
      [0x00100030]: `19${String(30 + (number % 70)).padStart(2, '0')}0615`,
      [0x00100040]: of(['F', 'M'], number),
      [0x00101030]: String(50 + (number % 50)),
      [0x00102000]: 'NONE KNOWN',
      [0x00102110]: of(['', 'LATEX', 'CONTRAST AGENT'], number),
      [TAG.StudyInstanceUID]: `1.2.826.0.1.3680043.8.498.${1_000_000 + number}`,
      [0x00321032]: 'REQUESTER^RALF^^DR',
      [0x00321033]: 'INTERNAL MEDICINE',
      [0x00321060]: `Examination ${number % 900}`,
      [0x00321064]: [code(`RP${number % 900}`, `Requested procedure ${number % 900}`)],
      [0x00380010]: `ADM${number}`,
      [0x00380050]: '',
      [0x00380300]: 'WARD 7 B',
      [TAG.ScheduledProcedureStepSequence]: [
        {
          [TAG.Modality]: facts.modality,
          [0x00321070]: '',
          [TAG.ScheduledStationAETitle]: facts.station,
          [TAG.ScheduledProcedureStepStartDate]: facts.date,
          [TAG.ScheduledProcedureStepStartTime]: `${String(7 + (number % 11)).padStart(2, '0')}3000`,
          [0x00400006]: 'PERFORMER^PETRA',
          [0x00400007]: `Protocol ${number % 300}`,
          [0x00400008]: [code(`SPS${number % 300}`, `Scheduled protocol ${number % 300}`)],
          [TAG.ScheduledProcedureStepID]: `SPS${number}`,
          [0x00400010]: facts.station,
          [0x00400011]: 'ROOM 12',
          [0x00400012]: '',
          [0x00400400]: '',
        },
      ],
      [TAG.RequestedProcedureID]: `RP${number}`,
      [0x00401003]: of(['ROUTINE', 'HIGH', 'STAT'], number),
      [0x00401004]: 'WALK',
    }),
  );
}
