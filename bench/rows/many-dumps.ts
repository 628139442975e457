/** Ten thousand small dumps: one wltool process, beside a shell that starts dump2dcm for each. */

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { peerPath, runPeer } from '../../test/support/peers.ts';
import { entryBytes } from '../data/entries.ts';
import { newFolder } from '../data/folders.ts';
import { OURS } from '../figure.ts';
import { inTurn } from '../in-turn.ts';
import { runProcess } from '../processes.ts';
import type { Row } from '../row.ts';
import type { Scope } from '../scope.ts';
import { WLTOOL } from '../wltool.ts';

const DUMPS = 10_000;
/** The loop converts a tenth: it takes ten times as long for ten times as many. */
const LOOPED = 1_000;
const LOOP = 'shell loop of dump2dcm (1,000, times ten)';

/** Dump text of an entry whose accession number is A00000000. */
async function template(folder: string): Promise<string> {
  const file = join(folder, 'template.wl');
  writeFileSync(file, entryBytes(0));
  const { stdout } = await runPeer('dcmdump', ['+L', file]);
  return stdout.toString('latin1');
}

export const manyDumps: Row = {
  name: 'dumps-10k',
  async run(scope: Scope) {
    const folder = await newFolder(scope);
    const text = await template(folder);
    mkdirSync(join(folder, 'in'));
    const names = Array.from({ length: DUMPS }, (_, number) => `${String(number).padStart(5, '0')}.dump`);
    for (const [number, name] of names.entries()) {
      writeFileSync(
        join(folder, 'in', name),
        text.replaceAll('A00000000', `A${String(number).padStart(8, '0')}`),
        'latin1',
      );
    }
    const inputs = names.map((name) => `in/${name}`);
    let outputs = 0;
    // A new folder each time: where files were removed just before, the system takes longer to make new ones.
    const newOutput = (): string => {
      outputs += 1;
      mkdirSync(join(folder, `out-${outputs}`));
      return `out-${outputs}`;
    };
    const loop = (output: string): string =>
      `for dump in 00*.dump; do ${peerPath('dump2dcm')} "$dump" "../${output}/$dump.wl"; done`;
    const ours = {
      name: OURS,
      measure: () =>
        runProcess(process.execPath, [...WLTOOL, 'dump2wl', '--out-dir', newOutput(), ...inputs], { cwd: folder }),
    };
    const theirs = {
      name: LOOP,
      measure: async () => {
        const ms = await runProcess('sh', ['-c', loop(newOutput())], { cwd: join(folder, 'in') });
        return ms * (DUMPS / LOOPED);
      },
    };
    return [
      {
        work: '10,000 small dumps to worklist files',
        unit: 'ms',
        samples: await inTurn([ours, theirs], { rounds: 3, warmUps: 0 }),
        aim: { kind: 'faster', peer: LOOP, times: 20 },
      },
    ];
  },
};
