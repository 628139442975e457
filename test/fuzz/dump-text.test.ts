/** Dump text that is taken prints, and reads back as the same data set where printing knows of no loss. */

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { EXPLICIT_LITTLE } from '../../src/codec/transfer-syntax.ts';
import { DataSet, type Element } from '../../src/dicom/data-set.ts';
import { parseDump } from '../../src/dump-text/parse-dump.ts';
import { printDump } from '../../src/dump-text/print-dump.ts';
import { measureLengths } from '../../src/dump-text/print-lengths.ts';
import { textLosses } from '../../src/dump-text/print-losses.ts';
import { FULL_STYLE } from '../../src/dump-text/print-style.ts';
import { DumpTextError } from '../../src/errors.ts';
import { plain } from '../support/arbitrary-data-set.ts';
import { fuzz, showBytes } from '../support/fuzz.ts';
import { mutate } from '../support/mutate.ts';
import { sampleDataSet } from '../support/sample-data-set.ts';

const FOLDER = new URL('../../fixtures/samples/', import.meta.url);
const SAMPLES: readonly Uint8Array[] = [
  ...readdirSync(FOLDER).map((name) => readFileSync(new URL(name, FOLDER))),
  printed(sampleDataSet()),
];

fuzz({
  name: 'dump text',
  runs: 20_000,
  make: (random) => mutate(SAMPLES[Math.floor(random() * SAMPLES.length)] as Uint8Array, random),
  target: (bytes) => {
    const parsed = parsedOrRefused(bytes);
    if (parsed === undefined) return false;
    const { dataSet, meta } = parsed;
    if (textLosses(dataSet).length === 0 && meta.size === 0) {
      assert.deepEqual(plain(parseDump(printed(dataSet), { file: 'printed' }).dataSet), plain(dataSet));
    }
    return true;
  },
  show: showBytes,
});

function parsedOrRefused(bytes: Uint8Array): { readonly dataSet: DataSet; readonly meta: DataSet } | undefined {
  try {
    return parseDump(bytes, { file: 'fuzzed' });
  } catch (error) {
    assert.ok(error instanceof DumpTextError, String(error));
    return undefined;
  }
}

function printed(dataSet: DataSet): Uint8Array {
  const frame = { title: 'Dicom-Meta-Information-Header', dataSet: new DataSet(), syntaxName: '' } as const;
  const part = { title: 'Dicom-Data-Set', dataSet, syntaxName: EXPLICIT_LITTLE.name } as const;
  const lengthOf = measureLengths(dataSet, true);
  const input = { meta: frame, dataSet: part, lengthOf, strayPrivates: new Set<Element>() };
  return Buffer.concat([...printDump(input, FULL_STYLE)]);
}
