/**
 * --config FILE: a command's long options by their names, as JSON. What the command line says wins.
 */

import { readFileSync } from 'node:fs';
import { type Command, InvalidArgumentError, type Option } from 'commander';
import { nearest } from '../dicom/nearest.ts';
import { UsageError } from '../errors.ts';
import { fileFailure } from '../files/file-failure.ts';

/** Options that make no sense in a file. */
const COMMAND_LINE_ONLY = new Set(['config', 'help', 'version']);

/** Takes over the options of the file that were not given on the command line. @throws UsageError, FileError */
export function applyConfigFile(command: Command, path: string): void {
  const options = new Map<string, Option>();
  for (const option of command.options) {
    const name = option.long?.replace(/^--/, '');
    if (name !== undefined && !COMMAND_LINE_ONLY.has(name)) options.set(name, option);
  }
  for (const [name, value] of Object.entries(readConfig(path))) {
    const option = options.get(name);
    if (option === undefined) throw unknownOption(path, name, [...options.keys()]);
    const key = option.attributeName();
    if (command.getOptionValueSource(key) === 'cli') continue;
    command.setOptionValueWithSource(key, optionValue(option, value, `${path}: "${name}"`), 'config');
  }
}

function readConfig(path: string): Readonly<Record<string, unknown>> {
  const text = readText(path);
  let config: unknown;
  try {
    config = JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${path} is not JSON: ${error instanceof Error ? error.message : error}`, { cause: error });
  }
  if (typeof config !== 'object' || config === null || Array.isArray(config)) {
    throw new UsageError(`${path} must hold one JSON object`, { hint: 'for example { "port": 4242 }' });
  }
  return { ...config };
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8').replace(/^\ufeff/, '');
  } catch (error) {
    throw fileFailure(path, 'read', error);
  }
}

function unknownOption(path: string, name: string, known: readonly string[]): UsageError {
  const [meant] = nearest(name, known, 1);
  return new UsageError(`${path}: "${name}" is no option of this command`, {
    hint: meant === undefined ? 'options go by their long name, without the dashes' : `did you mean "${meant}"?`,
  });
}

/** The value as commander would have made it of the same words on the command line. */
function optionValue(option: Option, value: unknown, place: string): unknown {
  if (option.isBoolean() || option.negate) {
    if (typeof value === 'boolean') return option.negate ? !value : value;
    // Counted switches: "verbose": 2.
    if (option.parseArg === undefined || typeof value !== 'number') throw mustBe('true or false', place);
    return parseAll(option, new Array<string>(value).fill(''), place);
  }
  if (Array.isArray(value)) {
    const parsed = parseAll(
      option,
      value.map((part) => scalar(part, place)),
      place,
    );
    if (!Array.isArray(parsed)) throw mustBe('one value, not a list', place);
    return parsed;
  }
  if (option.optional && typeof value === 'boolean') return value;
  return parseAll(option, [scalar(value, place)], place);
}

function scalar(value: unknown, place: string): string {
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  throw mustBe('a text or a number', place);
}

function mustBe(what: string, place: string): UsageError {
  return new UsageError(`${place} must be ${what}`);
}

function parseAll(option: Option, values: readonly string[], place: string): unknown {
  const { parseArg } = option;
  if (parseArg === undefined) return values.at(-1);
  try {
    return values.reduce<unknown>((previous, value) => parseArg(value, previous), option.defaultValue);
  } catch (error) {
    if (error instanceof InvalidArgumentError) throw new UsageError(`${place}: ${error.message}`, { cause: error });
    throw error;
  }
}
