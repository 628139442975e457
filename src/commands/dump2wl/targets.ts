/** Which input goes where. */

import { basename, extname, join } from 'node:path';
import { UsageError } from '../../errors.ts';
import type { OrderKind } from '../../orders/order.ts';

export interface Assignment {
  readonly input: string;
  /** A file, or `-` for stdout; for orders with --out-dir the folder. */
  readonly target: string;
  /** Set where the input holds orders. */
  readonly orders: OrderKind | undefined;
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
