/** Processor time of processes: what stays of a start-up's time on a machine that is busy with other things. */

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The shell counts hundredths of a second, so several runs are counted together. */
const RUNS = 10;

/** `0m1.25s`, as POSIX has the shell's `times` write it. */
function milliseconds(text: string): number {
  const [, minutes = '', seconds = ''] = /^(\d+)m([\d.]+)s$/.exec(text) ?? [];
  return (Number(minutes) * 60 + Number(seconds)) * 1_000;
}

/** Milliseconds of user and system time that a program takes, of its threads together. @throws Error where it fails */
export async function processorTime(program: string, args: readonly string[]): Promise<number> {
  const script = `count=0; while [ $count -lt ${RUNS} ]; do "$0" "$@" >/dev/null 2>&1 || exit; count=$((count + 1)); done; times`;
  const { stdout } = await run('sh', ['-c', script, program, ...args]);
  const [, children = ''] = stdout.split('\n');
  const [user = '', system = ''] = children.split(' ');
  return (milliseconds(user) + milliseconds(system)) / RUNS;
}
