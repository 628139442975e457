/** commander's complaints as ours: one line that says what is wrong, and a hint that says what to type. */

import type { Command, CommanderError } from 'commander';
import { nearest } from '../dicom/nearest.ts';
import { UsageError } from '../errors.ts';

const ARGUMENTS_WRONG = new Set(['commander.missingArgument', 'commander.excessArguments']);

/** `said` is what commander would have printed; `argv` are the words it was about. */
export function usageError(error: CommanderError, said: string, argv: readonly string[], program: Command): UsageError {
  if (error.code === 'commander.help') return noCommand(said, argv, program);
  const [first = '', ...rest] = error.message.split('\n');
  const message = first.replace(/^error: /, '');
  const suggestion = rest
    .join(' ')
    .trim()
    .replace(/^\((.*)\)$/, '$1');
  if (suggestion !== '') return new UsageError(message, { hint: lowerFirst(suggestion) });
  const command = program.commands.find((each) => each.name() === argv[0]);
  if (command === undefined) return new UsageError(message, { hint: 'see wltool --help' });
  const help = `wltool ${command.name()} --help`;
  if (!ARGUMENTS_WRONG.has(error.code)) return new UsageError(message, { hint: `see ${help}` });
  return new UsageError(message, { hint: `wltool ${command.name()} ${command.usage()}; more: ${help}` });
}

function noCommand(said: string, [first, asked]: readonly string[], program: Command): UsageError {
  if (first !== 'help' || asked === undefined) return new UsageError(`no command given\n\n${said.trimEnd()}`);
  const names = program.commands.map((command) => command.name());
  const [meant] = nearest(asked, names, 1);
  return new UsageError(`unknown command '${asked}'`, {
    hint: meant === undefined ? `there are ${names.join(', ')}` : `did you mean ${meant}?`,
  });
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
