/** The options of `wltool dump`, as commander gives them and as the layers take them. */

import { EXPLICIT_BIG, EXPLICIT_LITTLE, IMPLICIT_LITTLE, type TransferSyntax } from '../../codec/transfer-syntax.ts';
import { TAG } from '../../dicom/tag.ts';
import type { SearchKey } from '../../dump-text/print-search.ts';
import type { PrintStyle } from '../../dump-text/print-style.ts';
import { UsageError } from '../../errors.ts';

export interface DumpOptions {
  readonly format: 'text' | 'json' | 'ndjson';
  readonly short?: boolean;
  readonly tree?: boolean;
  /** False for --no-uid-names. */
  readonly uidNames: boolean;
  readonly quote?: 'none' | 'markup' | 'octal';
  readonly keepPadding?: boolean;
  readonly utf8?: boolean;
  /** True for --headings, without a value. */
  readonly headings?: true | 'all' | 'found';
  readonly search?: readonly string[];
  readonly first?: boolean;
  readonly withPath?: boolean;
  readonly read: 'auto' | 'file' | 'dataset';
  /** False for -t=, which takes back what stands before it. */
  readonly assume?: 'guess' | 'explicit' | 'implicit' | 'big' | false;
  readonly ignoreMetaLength?: boolean;
  readonly convertUnknown?: boolean;
  readonly stopAfter?: string;
  readonly stopBefore?: string;
  readonly force?: boolean;
  readonly pattern?: string;
  /** Every file of a folder, where no pattern is given. */
  readonly allFiles?: boolean;
  readonly recursive?: boolean;
}

const SYNTAXES: Readonly<Record<'explicit' | 'implicit' | 'big', TransferSyntax>> = {
  explicit: EXPLICIT_LITTLE,
  implicit: IMPLICIT_LITTLE,
  big: EXPLICIT_BIG,
};

/** Options that make sense only together, and tags that are none. @throws UsageError */
export async function checkOptions(options: DumpOptions): Promise<void> {
  if (options.stopAfter !== undefined || options.stopBefore !== undefined) {
    const { readStop } = await import('./stop-at.ts');
    readStop(options);
  }
  if (options.search === undefined) {
    for (const [name, given] of [
      ['--first', options.first],
      ['--with-path', options.withPath],
      ['--headings=found', options.headings === 'found'],
    ] as const) {
      if (given === true) throw new UsageError(`${name} is only for use with --search`);
    }
  }
  if (options.withPath && options.tree) throw new UsageError('--with-path cannot be used with --tree');
  const { assume = false } = options;
  if (assume !== false && assume !== 'guess' && options.read !== 'dataset') {
    throw new UsageError(`--assume ${assume} is only for use with --read dataset`, {
      hint: 'with --assume guess, the syntax a file names is not believed',
    });
  }
  if (options.format !== 'text') {
    for (const [name, given] of [
      ['--search', options.search],
      ['--tree', options.tree],
      ['--short', options.short],
      ['--headings', options.headings],
      ['--quote', options.quote],
    ] as const) {
      if (given !== undefined && given !== false)
        throw new UsageError(`${name} is for text, and cannot be used with --format ${options.format}`);
    }
  }
}

/** The transfer syntax to read in, if the user wants another than the file says. */
export function assumedSyntax(options: DumpOptions): TransferSyntax | 'guess' | undefined {
  const { assume = false } = options;
  if (assume === false) return undefined;
  return assume === 'guess' ? assume : SYNTAXES[assume];
}

export function styleOf(options: DumpOptions): PrintStyle {
  return {
    short: options.short ?? false,
    uidNames: options.uidNames,
    tree: options.tree ?? false,
    quote: options.quote ?? 'none',
    keepPadding: options.keepPadding ?? false,
  };
}

/** A search key with the words it was given in. */
export interface NamedSearchKey extends SearchKey {
  readonly text: string;
}

/** @throws UsageError for a key that names no attribute, naming the nearest ones */
export async function searchKeys(options: DumpOptions): Promise<readonly NamedSearchKey[] | undefined> {
  if (options.search === undefined) return undefined;
  // Loaded when asked for: keys bring the worklist model along.
  const { parseKey } = await import('../../keys/parse-key.ts');
  return options.search.map((text) => {
    if (/^item$/i.test(text)) return { text, path: [], tag: TAG.Item };
    const { path, tag, item, value } = parseKey(text, { bareKeywords: 'literal' });
    if (value !== undefined) throw new UsageError(`--search takes no value (in "${text}")`);
    return item === undefined ? { text, path, tag } : { text, path: [...path, { tag, item }], tag: TAG.Item };
  });
}
