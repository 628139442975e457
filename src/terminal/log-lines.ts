/** Log lines on their way to stderr. Where nobody takes them they are dropped and counted: a log must not fill the memory. */

import type { Output } from './output.ts';

const MOST_WAITING = 10_000;

/** Writes lines in order; `dropped` is told how many were lost, once lines are taken again. */
export function logLines(output: Pick<Output, 'write'>, dropped: (count: number) => void): (line: string) => void {
  let waiting = 0;
  let lost = 0;
  const written = (): void => {
    waiting -= 1;
    if (waiting > 0 || lost === 0) return;
    const count = lost;
    lost = 0;
    dropped(count);
  };
  return (line) => {
    if (waiting >= MOST_WAITING) {
      lost += 1;
      return;
    }
    waiting += 1;
    void output.write(`${line}\n`).then(written, written);
  };
}
