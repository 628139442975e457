/** What a command costs that has next to nothing to do, beside Node that has nothing to do. */

import { join } from 'node:path';
import { newFolder } from '../data/folders.ts';
import { type Figure, OURS } from '../figure.ts';
import { inTurn } from '../in-turn.ts';
import { runProcess } from '../processes.ts';
import type { Row } from '../row.ts';
import type { Scope } from '../scope.ts';
import { ROOT, WLTOOL } from '../wltool.ts';

const NODE = 'node -e 0';
const ROUNDS = 25;
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
    const node = { name: NODE, measure: () => runProcess(process.execPath, ['-e', '0']) };
    const figures: Figure[] = [];
    for (const { args, times } of commands) {
      const ours = { name: OURS, measure: () => runProcess(process.execPath, [...WLTOOL, ...args]) };
      figures.push({
        work: `wltool ${args[0]}${args.length > 1 ? ' of one small file' : ''}`,
        unit: 'ms',
        samples: await inTurn([ours, node], { rounds: ROUNDS, warmUps: 3 }),
        aim: { kind: 'within', peer: NODE, times },
      });
    }
    return figures;
  },
};
