/** What may be the value of an option or argument, by its choices or by what --help calls it. */

import { Argument, type Option } from 'commander';
import { completeKey } from './complete-key.ts';
import type { Candidate, Completion } from './completion.ts';

/** Terms of (0008,0005) that one meets (PS3.3 C.12.1.1.2). */
const CHARSETS = [
  ['ISO_IR 192', 'UTF-8'],
  ['ISO_IR 100', 'Latin-1, Western Europe'],
  ['ISO_IR 101', 'Latin-2, Central Europe'],
  ['ISO_IR 144', 'Cyrillic'],
  ['ISO_IR 126', 'Greek'],
  ['ISO_IR 127', 'Arabic'],
  ['ISO_IR 138', 'Hebrew'],
  ['ISO_IR 148', 'Latin-5, Turkish'],
  ['ISO_IR 166', 'Thai'],
  ['ISO_IR 13', 'Japanese, half-width katakana'],
  ['\\ISO 2022 IR 87', 'Japanese, kanji'],
  ['\\ISO 2022 IR 149', 'Korean'],
  ['GB18030', 'Chinese'],
] as const;

const DATES = [
  ['today', ''],
  ['yesterday', ''],
  ['today-7', 'a week ago'],
] as const;

const FILES: Completion = { names: 'files', candidates: [] };
const FOLDERS: Completion = { names: 'folders', candidates: [] };
const FREE: Completion = { names: 'none', candidates: [] };

/** By the word in angle or square brackets. A test holds it beside the declarations. */
export const VALUES: Readonly<Record<string, (current: string) => Completion>> = {
  file: () => FILES,
  path: () => FILES,
  'file-or-folder': () => FILES,
  input: () => FILES,
  query: () => FILES,
  folder: () => FOLDERS,
  key: (current) => completeKey(current, { mayAsk: true, mayHaveValue: true }),
  'key=value': (current) => completeKey(current, { mayAsk: false, mayHaveValue: true }),
  tag: (current) => completeKey(current, { mayAsk: true, mayHaveValue: false }),
  terms: () => listed(CHARSETS),
  date: () => listed(DATES),
  command: () => FREE,
  title: () => FREE,
  'aet=terms': () => FREE,
  host: () => FREE,
  address: () => FREE,
  cidr: () => FREE,
  port: () => FREE,
  n: () => FREE,
  s: () => FREE,
  bytes: () => FREE,
  glob: () => FREE,
  text: () => FREE,
};

/** Options that take a key but never a value. */
const ONLY_NAMES = new Set(['--remove', '--search']);

export function completeValue(taker: Option | Argument, current: string): Completion {
  if (taker.argChoices !== undefined) return listed(taker.argChoices.map((choice) => [choice, '']));
  if (!(taker instanceof Argument) && ONLY_NAMES.has(taker.long ?? '')) {
    return completeKey(current, { mayAsk: true, mayHaveValue: false });
  }
  return VALUES[placeholder(taker)]?.(current) ?? FREE;
}

/** What --help calls the value: "file" of "--config <file>". */
export function placeholder(taker: Option | Argument): string {
  return taker instanceof Argument ? taker.name() : (/[<[]([^>\]]+)[>\]]/.exec(taker.flags)?.[1] ?? '');
}

function listed(values: readonly (readonly [text: string, about: string])[]): Completion {
  return { names: 'none', candidates: values.map(([text, about]): Candidate => ({ text, about })) };
}
