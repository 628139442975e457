/** The options of `dump2wl` as commander gives them, and as the work wants them. */

import {
  DEFLATED_LITTLE,
  EXPLICIT_BIG,
  EXPLICIT_LITTLE,
  IMPLICIT_LITTLE,
  type TransferSyntax,
} from '../../codec/transfer-syntax.ts';
import type { WriteOptions } from '../../codec/write-data-set.ts';
import { charsetProblems, isKnownCharset } from '../../dicom/charset/text-codec.ts';
import { UsageError } from '../../errors.ts';
import type { Key } from '../../keys/key.ts';
import { parseKey } from '../../keys/parse-key.ts';
import type { OrderKind } from '../../orders/order.ts';

export interface Dump2wlOptions {
  readonly outDir?: string;
  readonly from?: OrderKind;
  readonly template?: string;
  readonly hl7Mapping?: string;
  readonly set?: readonly string[];
  readonly remove?: readonly string[];
  readonly newUids?: 'all' | 'missing';
  readonly overwriteUids?: boolean;
  readonly charset?: string;
  readonly check: 'off' | 'warn' | 'error';
  readonly force?: boolean;
  /** False: what the input says. */
  readonly transferSyntax?: 'explicit' | 'implicit' | 'big' | 'deflated' | false;
  readonly meta?: boolean;
  readonly length?: 'explicit' | 'undefined';
  readonly groupLengths?: 'recalculate' | 'create' | 'remove';
  readonly compressionLevel?: number;
  readonly ignoreMeta?: boolean;
  readonly updateMeta?: boolean;
  readonly oldVrs?: boolean;
  readonly keepTrailingPadding?: boolean;
  readonly bigEndianFiles?: boolean;
  readonly quiet?: boolean;
}

/** What is to be done with each input. */
export interface Work {
  readonly set: readonly Key[];
  readonly remove: readonly Key[];
  readonly newUids: 'all' | 'missing' | undefined;
  readonly charset: string | undefined;
  readonly check: 'off' | 'warn' | 'error';
  readonly force: boolean;
  readonly syntax: TransferSyntax | undefined;
  readonly withMeta: boolean;
  readonly updateMeta: boolean;
  readonly ignoreMeta: boolean;
  readonly keepTrailingPadding: boolean;
  readonly bigEndianFiles: boolean;
  readonly write: WriteOptions;
}

const SYNTAXES = {
  explicit: EXPLICIT_LITTLE,
  implicit: IMPLICIT_LITTLE,
  big: EXPLICIT_BIG,
  deflated: DEFLATED_LITTLE,
} as const;

/** Makes sense of the options together. @throws UsageError where they contradict each other */
export function workOf(options: Dump2wlOptions, today: Date): Work {
  const { compressionLevel, length, transferSyntax } = options;
  const withMeta = options.meta ?? true;
  if (!withMeta && options.updateMeta === true) {
    throw new UsageError('file meta information cannot be updated (+Fu) where none is written (-F)');
  }
  if (!withMeta && options.keepTrailingPadding === true) {
    throw new UsageError('trailing padding (-p=) needs file meta information, not -F');
  }
  if (compressionLevel !== undefined && transferSyntax !== 'deflated') {
    throw new UsageError('a compression level is for the deflated transfer syntax only', {
      hint: 'add -t deflated (+td)',
    });
  }
  const newUids = options.newUids !== undefined && options.overwriteUids === true ? 'all' : options.newUids;
  return {
    set: (options.set ?? []).map((text) => parseSetting(text, today)),
    remove: (options.remove ?? []).map((text) => parseRemoval(text)),
    newUids,
    charset: options.charset === undefined ? undefined : readCharset(options.charset),
    check: options.check,
    force: options.force ?? false,
    syntax: transferSyntax ? SYNTAXES[transferSyntax] : undefined,
    withMeta,
    updateMeta: options.updateMeta ?? false,
    ignoreMeta: options.ignoreMeta ?? false,
    keepTrailingPadding: options.keepTrailingPadding ?? false,
    bigEndianFiles: options.bigEndianFiles ?? false,
    write: {
      groupLengths: options.groupLengths ?? 'recalculate',
      oldVrs: options.oldVrs ?? false,
      ...(length === undefined ? {} : { lengths: length }),
      ...(compressionLevel === undefined ? {} : { compressionLevel }),
    },
  };
}

function parseSetting(text: string, today: Date): Key {
  const key = parseKey(text, { today, bareKeywords: 'worklist' });
  if (key.value === undefined && key.item === undefined) {
    throw new UsageError(`--set ${text} has no value`, {
      hint: `write ${text}=VALUE; nothing behind the = empties it`,
    });
  }
  return key;
}

function parseRemoval(text: string): Key {
  const key = parseKey(text, { bareKeywords: 'worklist' });
  if (key.value !== undefined) {
    throw new UsageError(`--remove ${text} has a value`, { hint: 'name the attribute alone' });
  }
  return key;
}

function readCharset(terms: string): string {
  if (isKnownCharset(terms)) return terms;
  throw new UsageError(`unknown character set ${terms}: ${charsetProblems(terms).join(', ')}`, {
    hint: 'terms of (0008,0005): ISO_IR 192 is UTF-8, ISO_IR 100 Latin-1',
  });
}

/** True where the options change what a DICOM file holds or how. */
export function changesFiles(work: Work): boolean {
  return (
    work.set.length > 0 ||
    work.remove.length > 0 ||
    work.charset !== undefined ||
    work.syntax !== undefined ||
    work.newUids !== undefined
  );
}
