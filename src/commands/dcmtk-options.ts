/**
 * DCMTK's option spellings, rewritten to wltool's before commander parses, so that a script moves by changing the
 * program's name. Each command lists those of the tool it replaces in its dcmtk.ts; here is how a table is applied.
 */

import { type Command, Option } from 'commander';
import { nearest } from '../dicom/nearest.ts';
import { UsageError } from '../errors.ts';

export interface DcmtkOption {
  /** How many values follow it. Default: none. */
  readonly takes?: number;
  /** The wltool arguments it stands for; its values are appended. A function places them itself. */
  readonly becomes?: readonly string[] | ((...values: string[]) => readonly string[]);
  /** Taken, but the user should know this. */
  readonly warning?: string;
  /** Known, but not to be had here: why, and what to do instead. */
  readonly refused?: string;
}

export interface DcmtkOptionTable {
  /** By spelling, with its sign: `+te`, `-aec`, `--write-xfer-little`. */
  readonly options: Readonly<Record<string, DcmtkOption>>;
  /** Rewrites the positional arguments, told which DCMTK options stood among them with their values. */
  readonly positionals?: (
    positionals: readonly string[],
    seen: ReadonlyMap<string, readonly string[]>,
  ) => readonly string[];
}

export interface Translation {
  readonly argv: readonly string[];
  readonly warnings: readonly string[];
}

/** `argv` of `command` in wltool's own spelling. @throws UsageError for what neither tool knows */
export function translateDcmtkOptions(argv: readonly string[], command: Command, table: DcmtkOptionTable): Translation {
  const own = ownOptions(command);
  const options: string[] = [];
  const positionals: string[] = [];
  const warnings: string[] = [];
  const seen = new Map<string, readonly string[]>();
  const rest = [...argv];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    const foreign = Object.hasOwn(table.options, word) ? table.options[word] : undefined;
    if (foreign !== undefined) {
      const values = takeValues(word, foreign, rest);
      seen.set(word, [...(seen.get(word) ?? []), ...values]);
      if (foreign.warning !== undefined) warnings.push(`${word}: ${foreign.warning}`);
      options.push(...expand(foreign, values));
    } else if (word === '--') {
      positionals.push(...rest.splice(0));
    } else if (!looksLikeOption(word)) {
      refuseCommandFile(word);
      positionals.push(word);
    } else {
      options.push(word, ...ownValue(word, own, rest));
      refuseUnknown(word, own, table);
    }
  }
  const placed = table.positionals?.(positionals, seen) ?? positionals;
  return { argv: placed.length === 0 ? options : [...options, '--', ...placed], warnings };
}

function takeValues(word: string, option: DcmtkOption, rest: string[]): string[] {
  if (option.refused !== undefined) throw new UsageError(`${word} is not supported: ${option.refused}`);
  const count = option.takes ?? 0;
  const values = rest.splice(0, count);
  if (values.length < count) throw new UsageError(`${word} needs ${count === 1 ? 'a value' : `${count} values`}`);
  return values;
}

function expand(option: DcmtkOption, values: readonly string[]): readonly string[] {
  if (typeof option.becomes === 'function') return option.becomes(...values);
  // What stands for nothing takes its values with it.
  return option.becomes === undefined ? [] : [...option.becomes, ...values];
}

/** `-` is a stream and `-5` or `+5` nothing either tool would call an option. */
function looksLikeOption(word: string): boolean {
  return /^(--?[^\d-]|\+[^\d])/.test(word);
}

/** DCMTK's tools read their command line from it; as a host or a file it would only puzzle. */
function refuseCommandFile(word: string): void {
  if (!/^@./.test(word)) return;
  throw new UsageError(`command files (${word}) are not read`, {
    hint: `write $(cat ${word.slice(1)}); a file of this name is written ./${word}`,
  });
}

function ownOptions(command: Command): ReadonlyMap<string, Option> {
  const options = new Map<string, Option>();
  for (const option of [...command.options, new Option('-h, --help')]) {
    if (option.long) options.set(option.long, option);
    if (option.short) options.set(option.short, option);
  }
  return options;
}

/** The value that belongs to one of our own options, so that it is not taken for an option itself. */
function ownValue(word: string, own: ReadonlyMap<string, Option>, rest: string[]): string[] {
  const option = own.get(word);
  if (option?.required !== true) return [];
  if (rest.length === 0) throw new UsageError(`option '${option.flags}' argument missing`, { hint: 'see --help' });
  return rest.splice(0, 1);
}

function refuseUnknown(word: string, own: ReadonlyMap<string, Option>, table: DcmtkOptionTable): void {
  if (word.startsWith('--') || own.has(word) || isShortCluster(word, own)) return;
  const [meant] = nearest(word, [...Object.keys(table.options), ...own.keys()], 1);
  throw new UsageError(`unknown option ${word}`, {
    hint: meant === undefined ? 'see --help; a file of this name is written ./NAME' : `did you mean ${meant}?`,
  });
}

/** `-vv` and `-qv`, or a short option with its value attached: `-p4242`, `-kModality=CT`. */
function isShortCluster(word: string, own: ReadonlyMap<string, Option>): boolean {
  const first = own.get(word.slice(0, 2));
  if (first?.required === true) return /[\d=]/.test(word.slice(2));
  return Array.from(word.slice(1)).every((letter) => {
    const option = own.get(`-${letter}`);
    return option !== undefined && !option.required;
  });
}
