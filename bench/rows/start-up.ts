/** What a command costs that has next to nothing to do, beside Node that has nothing to do. */

import { join } from 'node:path';
import { newFolder } from '../data/folders.ts';
import { type Figure, OURS } from '../figure.ts';
import { inTurn } from '../in-turn.ts';
import { runProcess } from '../processes.ts';
import { processorTime } from '../processor-time.ts';
import type { Row } from '../row.ts';
import type { Scope } from '../scope.ts';
import { ROOT, WLTOOL } from '../wltool.ts';

const NODE = 'node -e 0';
const ROUNDS = 25;
const CPU_ROUNDS = 5;
const SAMPLE = `${ROOT}fixtures/samples/ct-chest.txt`;

interface Command {
  readonly args: readonly string[];
  readonly times: number;
}

export const startUp: Row = {
  name: 'start-up',
  async run(scope: Scope) {
    const folder = await newFolder(scope);
    const file = join(folder, 'sample.wl');
    const commands: readonly Command[] = [
      { args: ['dump2wl', SAMPLE, file], times: 1.6 },
      { args: ['dump', file], times: 1.6 },
      { args: ['--help'], times: 1.3 },
    ];
    const figures: Figure[] = [];
    for (const { args, times } of commands) {
      const sides = (measure: typeof runProcess) => [
        { name: OURS, measure: () => measure(process.execPath, [...WLTOOL, ...args]) },
        { name: NODE, measure: () => measure(process.execPath, ['-e', '0']) },
      ];
      const work = `wltool ${args[0]}${args.length > 1 ? ' of one small file' : ''}`;
      const elapsed = await inTurn(sides(runProcess), { rounds: ROUNDS, warmUps: 3 });
      const ofProcessor = await inTurn(sides(processorTime), { rounds: CPU_ROUNDS });
      figures.push({ work, unit: 'ms', samples: elapsed, aim: { kind: 'within', peer: NODE, times } });
      figures.push({ work: `${work}, processor time`, unit: 'ms', samples: ofProcessor });
    }
    return figures;
  },
};
