/** `wltool completion`: a shell's script, or its question for what may come next. */

import type { Command } from 'commander';
import { EXIT, type ExitCode } from '../../errors.ts';
import type { Io } from '../../terminal/io.ts';
import { completeLine } from './complete-line.ts';
import type { Completion } from './completion.ts';
import type { CompletionOptions, Shell } from './options.ts';
import { SCRIPTS } from './scripts.ts';

export async function run(shell: Shell, options: CompletionOptions, command: Command, io: Io): Promise<ExitCode> {
  const { line } = options;
  const answer = line === undefined ? SCRIPTS[shell] : printCompletion(completeLine(line, command.parent ?? command));
  await io.stdout.write(answer);
  return EXIT.done;
}

/** What the scripts read: first what kind of names may stand there too, then a candidate a line with a word about it. */
function printCompletion({ names, candidates }: Completion): string {
  const lines = candidates.map(({ text, about }) => (about === '' ? text : `${text}\t${about}`));
  return `${[names, ...lines].join('\n')}\n`;
}
