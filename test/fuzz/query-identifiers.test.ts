/** Identifiers as a peer may send them: refused, or matched and answered, and the same query when encoded again. */

import assert from 'node:assert/strict';
import { readDataSet } from '../../src/codec/read-data-set.ts';
import { EXPLICIT_LITTLE, IMPLICIT_LITTLE, type TransferSyntax } from '../../src/codec/transfer-syntax.ts';
import { writeDataSet } from '../../src/codec/write-data-set.ts';
import { DataSet, type Element, sequenceElement, valueElement } from '../../src/dicom/data-set.ts';
import { TAG } from '../../src/dicom/tag.ts';
import { viewEntry } from '../../src/worklist/entry-view.ts';
import { explainMismatch } from '../../src/worklist/explain.ts';
import { matchEntry } from '../../src/worklist/match.ts';
import { readQuery } from '../../src/worklist/query.ts';
import { respond } from '../../src/worklist/respond.ts';
import { fuzz, showBytes } from '../support/fuzz.ts';
import { mutate } from '../support/mutate.ts';
import { sampleDataSet } from '../support/sample-data-set.ts';
import { dataSetOf, entryDataSet } from '../support/worklist-entries.ts';

const ENTRIES = [sampleDataSet(), entryDataSet('A1')].map((dataSet) => viewEntry(dataSet));

const UNIVERSAL = universal(sampleDataSet());
const QUERIES: readonly DataSet[] = [
  sampleDataSet(),
  UNIVERSAL,
  dataSetOf({
    [TAG.SpecificCharacterSet]: '\\ISO 2022 IR 87',
    [TAG.PatientName]: '*NAME*=?',
    [TAG.PatientID]: 'P-?*\\P-A1',
    [TAG.StudyInstanceUID]: '1.2.3.4\\1.2.3.5',
    [TAG.ScheduledProcedureStepSequence]: [
      {
        [TAG.ScheduledProcedureStepStartDate]: '20260101-20261231',
        [TAG.ScheduledProcedureStepStartTime]: '0700-',
        [TAG.ScheduledStationAETitle]: 'CT01',
      },
    ],
  }),
];
const PIECES = [
  ...['*', '?', '\\', '-', '^', '=', ' ', '\0', '.', '..', '+0100', '\x1b$B', '\xfc', 'CT', 'A1', 'NAME', '1.2.3.4'],
  ...['20260310', '2026', '202613', '2026-13-99', '0800', '2500', '08:00', '120000.123456', '1e3', '-7', 'M\xfcller'],
];
const SYNTAXES = [EXPLICIT_LITTLE, IMPLICIT_LITTLE];

interface Sent {
  readonly bytes: Uint8Array;
  readonly syntax: TransferSyntax;
}

fuzz<Sent>({
  name: 'query identifiers',
  runs: 50_000,
  make: (random) => {
    const syntax = SYNTAXES[Math.floor(random() * 2)] as TransferSyntax;
    const query = QUERIES[Math.floor(random() * QUERIES.length)] as DataSet;
    if (random() < 0.4) return { bytes: mutate(writeDataSet(query, syntax), random), syntax };
    return { bytes: writeDataSet(withOddValues(query, random), syntax), syntax };
  },
  target: ({ bytes, syntax }) => {
    const { dataSet, error, losses } = readDataSet(bytes, syntax);
    if (error !== undefined || losses.length > 0) return false;
    const { query, refusal } = readQuery(dataSet);
    const again = readQuery(readDataSet(writeDataSet(dataSet, syntax), syntax).dataSet);
    assert.deepEqual(again.refusal, refusal);
    if (query === undefined) return false;
    for (const entry of ENTRIES) {
      const matches = matchEntry(query, entry);
      assert.deepEqual(again.query && matchEntry(again.query, entry), matches);
      assert.equal(explainMismatch(query, entry) === undefined, matches.length > 0);
      for (const { step } of matches) {
        const answer: DataSet = respond(query, entry, step).dataSet;
        const reading = readDataSet(writeDataSet(answer, syntax), syntax);
        assert.equal(reading.error, undefined);
        assert.equal(reading.dataSet.size, answer.size);
      }
    }
    return true;
  },
  show: ({ bytes, syntax }) => `${syntax.name} ${showBytes(bytes)}`,
});

/** Now and then another value, of pieces that mean something in keys. */
function withOddValues(dataSet: DataSet, random: () => number): DataSet {
  const pick = (): string => PIECES[Math.floor(random() * PIECES.length)] as string;
  const value = (): Uint8Array => {
    const text = Array.from({ length: Math.floor(random() * 6) }, pick).join('');
    return Buffer.from(text.length % 2 === 0 ? text : `${text} `, 'latin1');
  };
  return new DataSet(
    dataSet.elements.map((element): Element => {
      if (element.kind === 'sequence') {
        const items = element.items.map((item) => withOddValues(item.dataSet, random));
        return sequenceElement(element.tag, random() < 0.1 ? [] : items);
      }
      return random() < 0.3 ? valueElement(element.tag, element.vr, value()) : element;
    }),
  );
}

/** The same attributes, all without a value. */
function universal(dataSet: DataSet): DataSet {
  return new DataSet(
    dataSet.elements.map(
      (element): Element =>
        element.kind === 'sequence'
          ? sequenceElement(
              element.tag,
              element.items.map((item) => universal(item.dataSet)),
            )
          : valueElement(element.tag, element.vr, new Uint8Array(0)),
    ),
  );
}
