/** What may stand at the end of a command line: answered from the declarations that --help is made from. */

import type { Argument, Command, Option } from 'commander';
import { completeValue } from './complete-value.ts';
import type { Candidate, Completion } from './completion.ts';
import { splitLine } from './split-line.ts';

/** What stands behind the words that are complete. */
interface Place {
  readonly positionals: number;
  /** The option whose value is due. */
  readonly pending: Option | undefined;
  /** Behind "--" there are no options. */
  readonly optionsOver: boolean;
  readonly given: ReadonlySet<Option>;
}

const NOTHING: Completion = { names: 'none', candidates: [] };

/** `line` begins with the name of the program and ends at the cursor. */
export function completeLine(line: string, program: Command): Completion {
  const [, ...words] = splitLine(line);
  const current = words.pop() ?? '';
  const name = words.shift();
  if (name === undefined) {
    return current.startsWith('-') ? fitting(current, optionCandidates(program)) : fitting(current, commands(program));
  }
  if (name === 'help') return words.length === 0 ? fitting(current, commands(program)) : NOTHING;
  const command = program.commands.find((each) => each.name() === name);
  return command === undefined ? NOTHING : completeArguments(command, words, current);
}

function completeArguments(command: Command, words: readonly string[], current: string): Completion {
  const place = placeBehind(words, command);
  if (place.pending !== undefined) return valuesOf(place.pending, current);
  if (!place.optionsOver) {
    const [, long = '', value] = /^(--[^=]+)=(.*)$/s.exec(current) ?? [];
    const option = command.options.find((each) => each.long === long);
    if (value !== undefined) return option === undefined ? NOTHING : valuesOf(option, value, `${long}=`);
    if (current.startsWith('-') && current !== '-') return fitting(current, optionCandidates(command, place.given));
  }
  const { registeredArguments } = command;
  const last = registeredArguments.at(-1);
  const argument = registeredArguments[place.positionals] ?? (last?.variadic === true ? last : undefined);
  return argument === undefined ? NOTHING : valuesOf(argument, current);
}

function placeBehind(words: readonly string[], command: Command): Place {
  let positionals = 0;
  let pending: Option | undefined;
  let optionsOver = false;
  const given = new Set<Option>();
  for (const word of words) {
    if (pending !== undefined) {
      pending = undefined;
    } else if (optionsOver || !word.startsWith('-') || word === '-') {
      positionals += 1;
    } else if (word === '--') {
      optionsOver = true;
    } else {
      const option = command.options.find(({ long, short }) => word.replace(/=.*/s, '') === long || word === short);
      if (option === undefined) continue;
      if (option.parseArg === undefined) given.add(option);
      if (option.required && !word.includes('=')) pending = option;
    }
  }
  return { positionals, pending, optionsOver, given };
}

/** `before` is the part of the word that stands in front of the value. */
function valuesOf(taker: Option | Argument, current: string, before = ''): Completion {
  const { names, candidates } = completeValue(taker, current);
  return {
    names,
    candidates: fitting(current, candidates).candidates.map(({ text, about }) => ({ text: before + text, about })),
  };
}

function commands(program: Command): readonly Candidate[] {
  return program
    .createHelp()
    .visibleCommands(program)
    .map((command) => ({ text: command.name(), about: firstSentence(command.description()) }));
}

/** The options of --help by their long names, without those that are there and count once. */
function optionCandidates(command: Command, given: ReadonlySet<Option> = new Set()): readonly Candidate[] {
  return command
    .createHelp()
    .visibleOptions(command)
    .filter((option) => !given.has(option))
    .map((option) => ({ text: option.long ?? option.short ?? '', about: option.description }));
}

function firstSentence(text: string): string {
  return text.replace(/\.$/, '');
}

function fitting(current: string, candidates: readonly Candidate[]): Completion {
  return { names: 'none', candidates: candidates.filter(({ text }) => text.startsWith(current)) };
}
