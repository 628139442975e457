/** Which input goes where. */

import { existsSync } from 'node:fs';
import { basename, extname, join, sep } from 'node:path';
import { UsageError } from '../../errors.ts';
import type { OrderKind } from '../../orders/order.ts';

export interface Assignment {
  readonly input: string;
  /** A file, or `-` for stdout; for orders with --out-dir the folder. */
  readonly target: string;
  /** Set where the input holds orders. */
  readonly orders: OrderKind | undefined;
}

/** An optional value of an option is written with =; behind a blank it is a file name. */
const NEW_UIDS_VALUES: ReadonlySet<string> = new Set(['all', 'missing']);

/** @throws UsageError for `--new-uids all`, unless a file is called so */
export function refuseStrayValues(args: readonly string[], newUids: string | undefined): void {
  if (newUids === undefined) return;
  const stray = args.find((arg) => NEW_UIDS_VALUES.has(arg) && !existsSync(arg));
  if (stray === undefined) return;
  throw new UsageError(`"${stray}" stands where a file name does, and there is no such file`, {
    hint: `write --new-uids=${stray}; for a file of that name: ./${stray}`,
  });
}

type KindOf = (input: string) => OrderKind | undefined;

/** Reads the arguments: an input and its target, or inputs for a folder. @throws UsageError */
export function assignTargets(args: readonly string[], outDir: string | undefined, kindOf: KindOf): Assignment[] {
  if (args.includes('')) throw new UsageError('a file name is empty');
  if (outDir !== undefined) return assignToFolder(args, outDir, kindOf);
  const [input = '-', target = '-', ...more] = args;
  if (more.length > 0) {
    throw new UsageError(`${args.length} files given, but one input goes to one output`, {
      hint: 'for several inputs: --out-dir FOLDER',
    });
  }
  if (target.endsWith('/') || target.endsWith(sep)) {
    throw new UsageError(`${target} is a folder, and one output is a file`, {
      hint: `write --out-dir ${target}, or name a file in it`,
    });
  }
  return [{ input, target, orders: kindOf(input) }];
}

function assignToFolder(inputs: readonly string[], folder: string, kindOf: KindOf): Assignment[] {
  const inputByTarget = new Map<string, string>();
  return inputs.map((input) => {
    // Entries of orders have names of their own.
    const orders = kindOf(input);
    if (orders !== undefined) return { input, target: folder, orders };
    if (input === '-') throw new UsageError('stdin has no name to be written under', { hint: 'name the output file' });
    const target = join(folder, `${basename(input, extname(input))}.wl`);
    const other = inputByTarget.get(target);
    if (other !== undefined) {
      throw new UsageError(`${other} and ${input} would both be written to ${target}`, {
        hint: 'convert them one by one',
      });
    }
    inputByTarget.set(target, input);
    return { input, target, orders };
  });
}

/** The name of the nth file that one input gives. */
export function numberedTarget(target: string, index: number, count: number): string {
  if (count === 1) return target;
  const extension = extname(target);
  return `${target.slice(0, target.length - extension.length)}-${index + 1}${extension}`;
}
