/** dcmdump and `wltool dump` side by side: DCMTK's sample records, and files made at random. */

import assert from 'node:assert/strict';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  DEFLATED_LITTLE,
  EXPLICIT_BIG,
  EXPLICIT_LITTLE,
  IMPLICIT_LITTLE,
  type TransferSyntax,
} from '../../src/codec/transfer-syntax.ts';
import { runProgram } from '../../src/commands/program.ts';
import { DataSet, type Element, type ValueElement, valueElement } from '../../src/dicom/data-set.ts';
import { TAG } from '../../src/dicom/tag.ts';
import { ALL_VRS } from '../../src/dicom/vr.ts';
import { writePart10 } from '../../src/part10/write-part10.ts';
import { fakeIo } from '../support/fake-io.ts';
import { dcmtkSamples, missing, runPeer } from '../support/peers.ts';
import { runs, SEED } from '../support/seed.ts';
import { tempDir } from '../support/temp-dir.ts';

const skip = missing('dcmdump', 'dump2dcm');

async function printsAlike(options: readonly string[], files: readonly string[]): Promise<void> {
  const { stdout } = await runPeer('dcmdump', ['-q', ...options, ...files], { timeoutMs: 120_000 });
  const io = fakeIo();
  await runProgram(['dump', ...options, ...files], { io, configureLog: () => undefined });
  assert.equal(Buffer.from(io.said.stdoutBytes).toString('latin1'), stdout.toString('latin1'));
}

/** The ways of printing that are worth comparing. */
const OPTIONS = [
  ['+L'],
  ['-L'],
  ['+L', '-Un', '+F'],
  ['-L', '+T'],
  ['+L', '+Qn'],
  ['-L', '+Qo'],
  ['+L', '+P', '0010,0010', '+P', '0040,0100', '+p'],
  ['+L', '+Fs', '+P', '0040,0002', '-s'],
] as const;

test("DCMTK's ten sample records", { skip: skip || dcmtkSamples().skip }, async (context) => {
  const folder = join(dcmtkSamples().folder, 'OFFIS');
  const scratch = await tempDir(context);
  const files: string[] = [];
  for (const name of readdirSync(folder).filter((entry) => entry.endsWith('.dump'))) {
    const file = join(scratch, name.replace(/dump$/, 'wl'));
    await runPeer('dump2dcm', ['-q', join(folder, name), file]);
    files.push(file);
  }
  assert.equal(files.length, 10);
  for (const options of OPTIONS) await printsAlike(options, files);
});

const PIECES = [
  'A',
  'b1',
  ' ',
  '\\',
  '\n',
  '\t',
  '\0',
  '\xe4',
  '^',
  '=',
  '<',
  '1.2.840.10008.1.2',
  '3.5',
  ' more text ',
];
/** Numbers that wltool prints with other digits have their own test. */
const VRS = ALL_VRS.filter((vr) => !['SQ', 'FL', 'FD', 'OF', 'OD'].includes(vr));
/** Where the padding of an odd length ends up in a number is the byte order's affair. */
const even = (bytes: Buffer): Buffer => bytes.subarray(0, bytes.length & ~1);

const value = fc.oneof(
  fc.array(fc.constantFrom(...PIECES), { maxLength: 12 }).map((pieces) => Buffer.from(pieces.join(''), 'latin1')),
  fc.uint8Array({ maxLength: 90 }).map((bytes) => Buffer.from(bytes)),
);

/** Elements that no dictionary knows, and creators that do not make them known. */
const element: fc.Arbitrary<ValueElement> = fc
  .tuple(fc.integer({ min: 0x10, max: 0x18 }), fc.boolean(), fc.constantFrom(...VRS), value, fc.boolean())
  .map(([number, inBlock, vr, bytes, keepOdd]) =>
    valueElement(
      inBlock ? 0x00111000 + number : 0x00110000 + number,
      vr,
      keepOdd && vr !== 'AT' && !/^[USO][SLVW]$/.test(vr) ? bytes : even(bytes),
    ),
  );

const dataSet = fc
  .tuple(
    fc.array(element, { maxLength: 8 }),
    fc.array(fc.array(element, { maxLength: 4 }), { maxLength: 3 }),
    fc.boolean(),
    fc.boolean(),
  )
  .map(([elements, items, undefinedLength, undefinedItems]) => {
    const sequence: Element = {
      kind: 'sequence',
      tag: 0x00400100,
      vr: 'SQ',
      undefinedLength,
      items: items.map((item) => ({ dataSet: new DataSet(item), undefinedLength: undefinedItems })),
    };
    return new DataSet([...elements, sequence, valueElement(TAG.PatientName, 'PN', Buffer.from('Muster^Erika'))]);
  });

/** In implicit VR, elements that no dictionary knows print as UN, not as ??: only those it knows are left. */
function forSyntax(random: DataSet, syntax: TransferSyntax): DataSet {
  if (syntax !== IMPLICIT_LITTLE) return random;
  const known = (part: DataSet): DataSet =>
    new DataSet(part.elements.filter(({ tag }) => tag < 0x00111000 || tag > 0x0011ffff).map((entry) => inItems(entry)));
  const inItems = (entry: Element): Element =>
    entry.kind === 'sequence'
      ? { ...entry, items: entry.items.map((item) => ({ ...item, dataSet: known(item.dataSet) })) }
      : entry;
  return known(random);
}

for (const syntax of [EXPLICIT_LITTLE, IMPLICIT_LITTLE, EXPLICIT_BIG, DEFLATED_LITTLE]) {
  test(`files made at random, ${syntax.name}`, { skip }, async (context) => {
    const scratch = await tempDir(context);
    const meta = new DataSet([valueElement(TAG.TransferSyntaxUID, 'UI', evenUid(syntax.uid))]);
    const files = fc.sample(dataSet, { seed: SEED, numRuns: runs(2_000) }).map((random, index) => {
      const file = join(scratch, `${index}.wl`);
      writeFileSync(file, writePart10({ preamble: undefined, meta, dataSet: forSyntax(random, syntax), syntax }));
      return file;
    });
    for (const options of OPTIONS) await printsAlike(options, files);
  });
}

function evenUid(uid: string): Uint8Array {
  return Buffer.from(uid.length % 2 === 0 ? uid : `${uid}\0`);
}
