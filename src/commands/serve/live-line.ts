/** What `wltool serve` shows on a terminal while it runs: how much it does, and of how much. */

import type { Io } from '../../terminal/io.ts';

const EVERY_MS = 1_000;

/** What the line is made of, as it is at the moment. */
export interface ServeFacts {
  readonly associations: number;
  readonly queries: number;
  readonly answers: number;
  readonly entries: number;
}

export function liveText({ associations, queries, answers, entries }: ServeFacts): string {
  return `${count(associations, 'association')} open, ${count(queries, 'query', 'queries')} answered with ${count(answers, 'step')}, ${count(entries, 'entry', 'entries')}`;
}

/** Folders with fewer files are read before anyone could look at a line about it. */
const LARGE_FOLDER = 1_000;

/** Shows how far the reading of a large folder has come. */
export function showReading(io: Io, folder: string, done: number, total: number): void {
  if (total >= LARGE_FOLDER) io.status(`reading ${folder}: ${done} of ${total} files`);
}

/** Shows the facts, anew every second, until the function it returns is called. */
export function showLive(io: Io, facts: () => ServeFacts): () => void {
  const show = (): void => io.status(liveText(facts()));
  show();
  const timer = setInterval(show, EVERY_MS);
  return () => {
    clearInterval(timer);
    io.status('');
  };
}

function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}
