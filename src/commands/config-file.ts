/**
 * --config FILE: a command's long options by their names, as JSON. What the command line says wins.
 */

import { readFileSync } from 'node:fs';
import { type Command, InvalidArgumentError, type Option } from 'commander';
import { nearest } from '../dicom/nearest.ts';
import { UsageError } from '../errors.ts';
import { fileFailure } from '../files/file-failure.ts';
import { acceptedBy, repeated } from './option-values.ts';

/** Options that make no sense in a file. */
const COMMAND_LINE_ONLY = new Set(['config', 'help', 'version']);

/** By this name editors find the schema of the file; it is no option. */
const SCHEMA = '$schema';

/** How often a counted switch can be given and make a difference. */
export const MOST_COUNTED = 2;

/** The options that a file may give, by their names in it. */
export function configurableOptions(command: Command): ReadonlyMap<string, Option> {
  const options = new Map<string, Option>();
  for (const option of command.options) {
    const name = option.long?.replace(/^--/, '');
    if (name !== undefined && !COMMAND_LINE_ONLY.has(name)) options.set(name, option);
  }
  return options;
}

/** Takes over the options of the file that were not given on the command line. @throws UsageError, FileError */
export function applyConfigFile(command: Command, path: string): void {
  const options = configurableOptions(command);
  for (const [name, value] of Object.entries(readConfig(path))) {
    if (name === SCHEMA) continue;
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
    if (option.parseArg !== undefined) return parseAll(option, new Array<string>(count(value, place)).fill(''), place);
    if (typeof value !== 'boolean') throw mustBe('true or false', place);
    return option.negate ? !value : value;
  }
  if (Array.isArray(value)) {
    if (option.parseArg !== repeated) throw mustBe('one value, not a list', place);
    return value.map((part) => scalar(option, part, place));
  }
  if (option.optional && typeof value === 'boolean') return value;
  return parseAll(option, [scalar(option, value, place)], place);
}

/** Of a counted switch: "verbose": 2. */
function count(value: unknown, place: string): number {
  if (typeof value === 'boolean') return Number(value);
  if (Number.isInteger(value) && Number(value) >= 0 && Number(value) <= MOST_COUNTED) return Number(value);
  throw mustBe(`true, false or a number from 0 to ${MOST_COUNTED}`, place);
}

function scalar(option: Option, value: unknown, place: string): string {
  const wanted = acceptedBy(option.parseArg).type === 'string' ? 'string' : 'number';
  if (typeof value === wanted) return String(value);
  throw mustBe(wanted === 'string' ? 'a text' : 'a number', place);
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
