/** Large inputs: dump text of 10 MB, a worklist file of 10 MB, and half of each, to see that time grows with size. */

import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sequenceElement } from '../../src/dicom/data-set.ts';
import { TAG } from '../../src/dicom/tag.ts';
import { readPart10 } from '../../src/part10/read-part10.ts';
import { peerPath } from '../../test/support/peers.ts';
import { entryFile } from '../../test/support/worklist-entries.ts';
import { entryBytes } from '../data/entries.ts';
import { newFolder } from '../data/folders.ts';
import { type Figure, OURS } from '../figure.ts';
import { inTurn } from '../in-turn.ts';
import { runProcess } from '../processes.ts';
import type { Row } from '../row.ts';
import type { Scope } from '../scope.ts';
import { WLTOOL } from '../wltool.ts';

const MB = 1_000_000;
const ROUNDS = 5;

/** An entry with so many scheduled steps that its file has about `bytes` bytes. */
function writeLargeEntry(path: string, bytes: number): void {
  const { dataSet } = readPart10(entryBytes(0));
  const [step] = dataSet.items(TAG.ScheduledProcedureStepSequence);
  if (step === undefined) throw new Error('an entry without a step');
  const withSteps = (count: number): Uint8Array => {
    const steps = Array.from({ length: count }, () => step.dataSet);
    dataSet.set(sequenceElement(TAG.ScheduledProcedureStepSequence, steps));
    return entryFile(dataSet);
  };
  const each = withSteps(2).length - withSteps(1).length;
  writeFileSync(path, withSteps(Math.ceil(bytes / each)));
}

/** An entry whose dump has about `bytes` bytes. */
async function writeLargeDump(folder: string, path: string, bytes: number): Promise<void> {
  const file = join(folder, 'for-dump.wl');
  const dump = async (size: number): Promise<number> => {
    writeLargeEntry(file, size);
    await runProcess(peerPath('dcmdump'), ['+L', file], { stdoutFile: path });
    return statSync(path).size;
  };
  const ratio = (await dump(MB)) / MB;
  await dump(bytes / ratio);
}

interface Conversion {
  readonly what: string;
  readonly peer: string;
  readonly theirArgs: (input: string, output: string) => readonly string[];
  readonly ourArgs: (input: string, output: string) => readonly string[];
  readonly prepare: (folder: string, path: string, bytes: number) => Promise<void>;
}

const CONVERSIONS: readonly Conversion[] = [
  {
    what: 'dump text to a worklist file',
    peer: 'dump2dcm',
    theirArgs: (input, output) => [input, output],
    ourArgs: (input, output) => ['dump2wl', input, output],
    prepare: writeLargeDump,
  },
  {
    what: 'a worklist file to dump text',
    peer: 'dcmdump',
    theirArgs: (input) => [input],
    ourArgs: (input) => ['dump', input],
    prepare: async (_folder, path, bytes) => writeLargeEntry(path, bytes),
  },
];

export const largeFile: Row = {
  name: 'large-file',
  async run(scope: Scope) {
    const folder = await newFolder(scope);
    const figures: Figure[] = [];
    for (const { what, peer, theirArgs, ourArgs, prepare } of CONVERSIONS) {
      for (const size of [5, 10]) {
        const input = join(folder, 'input');
        await prepare(folder, input, size * MB);
        const run = (program: string, args: readonly string[]) => () =>
          runProcess(program, args, { stdoutFile: join(folder, 'stdout') });
        const ours = run(process.execPath, [...WLTOOL, ...ourArgs(input, join(folder, 'ours.wl'))]);
        const theirs = run(
          peerPath(peer === 'dcmdump' ? 'dcmdump' : 'dump2dcm'),
          theirArgs(input, join(folder, 'theirs.wl')),
        );
        figures.push({
          work: `${size} MB: ${what}`,
          unit: 'ms',
          samples: await inTurn(
            [
              { name: OURS, measure: ours },
              { name: peer, measure: theirs },
            ],
            { rounds: ROUNDS },
          ),
          ...(size === 10 ? { aim: { kind: 'within', peer, times: 2 } } : {}),
        });
      }
    }
    return figures;
  },
};
