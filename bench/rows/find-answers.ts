/** `wltool find` of ten thousand answers, beside `findscu -X`; both ask wltool. */

import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { peerPath } from '../../test/support/peers.ts';
import { AE_TITLE, buildFolder, newFolder } from '../data/folders.ts';
import { RETURN_KEYS } from '../data/queries.ts';
import { OURS } from '../figure.ts';
import { inTurn } from '../in-turn.ts';
import { runProcess } from '../processes.ts';
import type { Row } from '../row.ts';
import type { Scope } from '../scope.ts';
import { startWltool } from '../servers.ts';
import { WLTOOL } from '../wltool.ts';

const FINDSCU = 'findscu -X';
const FEW = 1_000;
const MANY = 10_000;

/** The keys of wltool find as findscu takes them: those of the step in its sequence. */
const STEP_KEYS = /^(Modality|Scheduled)/;

function findscuKeys(): readonly string[] {
  return RETURN_KEYS.flatMap((key) => ['-k', STEP_KEYS.test(key) ? `ScheduledProcedureStepSequence[0].${key}` : key]);
}

export const findAnswers: Row = {
  name: 'find-10k',
  async run(scope: Scope) {
    const folder = await newFolder(scope);
    const peaks = new Map<number, number>();
    const ask = (entries: number, port: number) => () => {
      const args = ['find', '--format', 'ndjson', ...RETURN_KEYS.flatMap((key) => ['-k', key])];
      return runProcess(process.execPath, [...WLTOOL, ...args, '--aec', AE_TITLE, '127.0.0.1', `${port}`], {
        stdoutFile: join(folder, 'ours.ndjson'),
        watchMemory: (peakKiB) => peaks.set(entries, Math.max(peaks.get(entries) ?? 0, peakKiB)),
      });
    };
    const few = await startWltool(scope, (await buildFolder(scope, FEW)).root);
    await ask(FEW, few.port)();
    const { port } = await startWltool(scope, (await buildFolder(scope, MANY)).root);
    const theirs = async (): Promise<number> => {
      // A new folder each time: where files were removed just before, the system takes longer to make new ones.
      const answers = mkdtempSync(join(folder, 'theirs-'));
      return await runProcess(
        peerPath('findscu'),
        ['-W', '-X', '-od', answers, '-aec', AE_TITLE, ...findscuKeys(), '127.0.0.1', `${port}`],
        {},
      );
    };
    const samples = await inTurn(
      [
        { name: OURS, measure: ask(MANY, port) },
        { name: FINDSCU, measure: theirs },
      ],
      { rounds: 7 },
    );
    return [
      {
        work: 'find of 10,000 answers as ndjson',
        unit: 'ms',
        samples,
        aim: { kind: 'within', peer: FINDSCU, times: 1.5 },
      },
      {
        work: 'most memory of find: of 10,000 answers, and of 1,000',
        unit: 'KiB',
        samples: new Map([
          [OURS, [peaks.get(MANY) ?? Number.NaN]],
          ['wltool, 1,000 answers', [peaks.get(FEW) ?? Number.NaN]],
        ]),
        aim: { kind: 'within', peer: 'wltool, 1,000 answers', times: 1.5 },
      },
    ];
  },
};
