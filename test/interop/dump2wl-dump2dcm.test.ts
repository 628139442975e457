/** dump2wl against the dump2dcm that is installed: the recorded inputs, DCMTK's samples, and random changes to both. */

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { type Dump2wlCase, describeFile, inputOf, readCases, runCase } from '../support/dump2wl-case.ts';
import { dcmtkSamples, missing, peerPath } from '../support/peers.ts';
import { randomFrom, runs } from '../support/seed.ts';

type Input = Pick<Dump2wlCase, 'options' | 'input' | 'files'>;

/** The file that dump2dcm writes; undefined where it writes none. */
async function dump2dcm(test: Input): Promise<Uint8Array | undefined> {
  const folder = await mkdtemp(join(tmpdir(), 'wltool-test-'));
  try {
    await writeFile(join(folder, 'in.dump'), inputOf(test));
    for (const [name, hex] of Object.entries(test.files ?? {}))
      await writeFile(join(folder, name), Buffer.from(hex, 'hex'));
    const args = [...test.options, 'in.dump', 'out.wl'];
    await new Promise<void>((resolve) => {
      execFile(peerPath('dump2dcm'), args, { cwd: folder, env: { ...process.env, LC_ALL: 'C' } }, () => resolve());
    });
    return await readFile(join(folder, 'out.wl')).catch(() => undefined);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function agrees(test: Input, generated: readonly string[] = []): Promise<void> {
  const [theirs, ours] = [await dump2dcm(test), await runCase(test)];
  assert.ok(ours.file, ours.says.join('\n'));
  assert.ok(theirs);
  assert.deepEqual(describeFile(ours.file, generated, test.options), describeFile(theirs, generated, test.options));
}

describe('recorded inputs', { skip: missing('dump2dcm') }, () => {
  for (const test of readCases().filter(({ expect }) => expect === 'same')) {
    it(test.name, () => agrees(test, test.generated));
  }
});

describe("DCMTK's samples", { skip: missing('dump2dcm') || dcmtkSamples().skip }, () => {
  // One of them has its accession number twice: dump2dcm keeps the first in silence, dump2wl when it is told to.
  for (const options of [['+E'], ['+E', '+ti'], ['+E', '+tb', '-e'], ['+E', '+g', '-F']]) {
    it(`with ${options.join(' ')}`, async () => {
      const folder = join(dcmtkSamples().folder, 'OFFIS');
      const names = (await readdir(folder)).filter((name) => name.endsWith('.dump'));
      assert.equal(names.length, 10);
      for (const name of names)
        await agrees({ options, input: [(await readFile(join(folder, name))).toString('latin1')] });
    });
  }
});

/** Lines that both tools must read alike, in the forms that users write. */
const FORMS: readonly ((random: () => number) => string)[] = [
  (random) => `(0010,0010) PN [${text(random)}^${text(random)}]`,
  (random) => `(0010,0020) LO ${text(random)}   # comment`,
  (random) => `( 0008 , 0050 )\tSH [${text(random)}  ]`,
  (random) => `(0028,0010) US ${Math.floor(random() * 65536)}`,
  (random) => `(0028,0106) ${Math.floor(random() * 65536)}`,
  (random) => `(0018,9087) FD ${(random() * 100).toFixed(3)}\\${Math.floor(random() * 9)}`,
  (random) => `(0042,0011) OB ${hex(random)}\\${hex(random)}\\${hex(random)}`,
  (random) => `(0009,1010) UN ${hex(random)}`,
  () => '(0008,0016) UI =FINDModalityWorklistInformationModel',
  (random) => `(0020,000d) UI [1.2.${Math.floor(random() * 1e6)}]`,
  () => '(0028,0009) AT (0018,1063)\\(0018,1065)',
  (random) => `(0010,4000) LT [${text(random)}\\n${text(random)}]`,
  () => '(0010,0030) DA (no value available)',
  (random) =>
    `(0040,0100) SQ\n(fffe,e000) -\n(0008,0060) CS [${text(random).toUpperCase()}]\n(fffe,e00d) -\n(fffe,e0dd) -`,
  (random) =>
    `(0008,1110) SQ (Sequence with undefined length #=1)\n  (fffe,e000) na\n    (0008,1155) UI [1.${Math.floor(random() * 99)}]\n  (fffe,e00d)\n(fffe,e0dd)`,
];

function text(random: () => number): string {
  return (
    Array.from({ length: 1 + Math.floor(random() * 12) }, () => 'abcXYZ 019_'[Math.floor(random() * 11)])
      .join('')
      .trim() || 'x'
  );
}

function hex(random: () => number): string {
  return Math.floor(random() * 256).toString(16);
}

describe('random dumps', { skip: missing('dump2dcm') }, () => {
  it('of lines in any order', async () => {
    const random = randomFrom('dump2wl interop');
    for (let run = runs(500); run > 0; run--) {
      const lines = FORMS.filter(() => random() < 0.5).map((form) => form(random));
      if (lines.length === 0) continue;
      lines.sort(() => random() - 0.5);
      const end = random() < 0.3 ? '\r\n' : '\n';
      await agrees({
        options: [['+te'], ['+ti'], ['+tb'], []][Math.floor(random() * 4)] ?? [],
        input: [lines.join('\n').replaceAll('\n', end) + end],
      });
    }
  });
});
