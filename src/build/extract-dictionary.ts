/**
 * Makes the compact tables of src/dicom from dcmjs' data dictionary, so that no run has to load
 * its 1.3 MB. The result is a build product: deleted, it is made again.
 */

import { writeFile } from 'node:fs/promises';

interface SourceEntry {
  readonly vr?: string;
  readonly name?: string;
  readonly vm?: string;
}

const PLAIN = /^\(([0-9A-F]{4}),([0-9A-F]{4})\)$/i;
const RANGE = /^\(([0-9A-F]{4})(?:-[ou]?-?([0-9A-F]{4}))?,([0-9A-F]{4})(?:-[ou]?-?([0-9A-F]{4}))?\)$/i;
const PRIVATE = /^\(([0-9A-F]{4})(?:-(?:o-)?([0-9A-F]{4}))?,"([^"]*)",([0-9A-F]{2,4})\)$/i;

/** What names no attribute but a rule of tag numbers; dictionary.ts knows those itself. */
const RULE_NAMES = new Set([
  'PrivateGroupLength',
  'PrivateCreator',
  'IllegalGroupLength',
  'IllegalPrivateCreator',
  'GenericGroupLength',
]);

/** dcmjs' name for retired attributes whose keyword it does not know; no one else knows them either. */
const NAMELESS = 'RETIRED_undefined';

/** One line an entry, fields separated by tabs: sorted, so that the product is the same on every machine. */
function tables(dictionary: Readonly<Record<string, SourceEntry>>): Record<string, string[]> {
  const standard: string[] = [];
  const ranges: string[] = [];
  const privates: string[] = [];
  for (const [key, entry] of Object.entries(dictionary)) {
    const { vr, name } = entry;
    if (vr === undefined || name === undefined || RULE_NAMES.has(name) || name === NAMELESS) continue;
    const rest = [vr, entry.vm ?? '1', name].join('\t');
    const plain = PLAIN.exec(key);
    if (plain !== null) {
      standard.push(`${plain[1]}${plain[2]}\t${rest}`.replace(/^[0-9A-F]{8}/, (tag) => tag.toLowerCase()));
      continue;
    }
    const range = RANGE.exec(key);
    if (range !== null) {
      const [, groupFrom = '', groupTo = groupFrom, elementFrom = '', elementTo = elementFrom] = range;
      ranges.push(`${[groupFrom, groupTo, elementFrom, elementTo].join('-').toLowerCase()}\t${rest}`);
      continue;
    }
    const own = PRIVATE.exec(key);
    if (own === null) continue;
    const [, groupFrom = '', groupTo = groupFrom, creator = '', element = ''] = own;
    privates.push(`${[groupFrom, groupTo, element].join('-').toLowerCase()}\t${creator}\t${rest}`);
  }
  return { STANDARD: standard.sort(), RANGES: ranges.sort(), PRIVATES: privates.sort() };
}

function moduleText(constants: Readonly<Record<string, readonly string[]>>): string {
  const lines = Object.entries(constants).map(
    ([name, entries]) => `export const ${name} =\n  ${JSON.stringify(entries.join('\n'))};\n`,
  );
  return `/* Made by src/build/extract-dictionary.ts from dcmjs; do not edit. */\n${lines.join('')}`;
}

/** Writes dictionary-table.gen.ts and private-table.gen.ts into the folder (src/dicom). */
export async function extractDictionary(folder: URL): Promise<void> {
  const { dictionary } = (await import('dcmjs/dictionary')) as {
    dictionary: Readonly<Record<string, SourceEntry>>;
  };
  const { STANDARD = [], RANGES = [], PRIVATES = [] } = tables(dictionary);
  await writeFile(new URL('dictionary-table.gen.ts', folder), moduleText({ STANDARD, RANGES }));
  await writeFile(new URL('private-table.gen.ts', folder), moduleText({ PRIVATES }));
}
