/** dcmjs reads the same files by other code: what it finds in ours must be what we put there. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { data } from 'dcmjs';
import { EXPLICIT_LITTLE, IMPLICIT_LITTLE } from '../../../src/codec/transfer-syntax.ts';
import { completeFileMeta } from '../../../src/part10/file-meta.ts';
import { writePart10, ZERO_PREAMBLE } from '../../../src/part10/write-part10.ts';
import { sampleDataSet } from '../../support/sample-data-set.ts';

type DcmjsDataSet = Record<string, { readonly Value?: readonly unknown[] }>;

function itemsOf(element: { readonly Value?: readonly unknown[] } | undefined): readonly DcmjsDataSet[] {
  return (element?.Value ?? []) as readonly DcmjsDataSet[];
}

for (const syntax of [EXPLICIT_LITTLE, IMPLICIT_LITTLE]) {
  for (const lengths of ['explicit', 'undefined'] as const) {
    test(`dcmjs reads a file in ${syntax.name} with ${lengths} lengths`, () => {
      const dataSet = sampleDataSet();
      const { meta } = completeFileMeta({ given: undefined, dataSet, syntax });
      const bytes = Uint8Array.from(writePart10({ preamble: ZERO_PREAMBLE, meta, dataSet, syntax }, { lengths }));
      const { dict } = data.DicomMessage.readFile(bytes.buffer);
      assert.deepEqual(dict['00100020']?.Value, ['P-0001']);
      assert.deepEqual(dict['00100010']?.Value, [{ Alphabetic: 'Müller^Jörg' }]);
      const [step] = itemsOf(dict['00400100']);
      assert.deepEqual(step?.['00400009']?.Value, ['SPS1']);
      const [code] = itemsOf(step?.['00400008']);
      assert.deepEqual(code?.['00080100']?.Value, ['CTABD']);
    });
  }
}
