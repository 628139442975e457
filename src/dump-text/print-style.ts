/** How dump text is to look: dcmdump's options that change the text of values and lines. */

import type { ElementVr } from '../dicom/vr.ts';

/** The bytes of a text value that are to stand between the brackets, as a Latin-1 string. */
export type TextOf = (value: Uint8Array, vr: ElementVr, charset: string) => string;

export interface PrintStyle {
  /** Cut values to 70 bytes, as plain dcmdump does; otherwise all of each value (`+L`). */
  readonly short: boolean;
  /** Show well-known UIDs as "=Name" (`+Un`, the default of dcmdump). */
  readonly uidNames: boolean;
  /** Names in front, bars for the nesting, no lengths (`+T`). */
  readonly tree: boolean;
  /** Bytes that are no printable ASCII as numbers: XML entities (`+Qn`) or octal (`+Qo`). */
  readonly quote: 'none' | 'markup' | 'octal';
  /** Leave padding as it is and complete no odd length (`-dc`). */
  readonly keepPadding: boolean;
  /** Replaces the raw bytes of text values: for a terminal, on which control characters must not act. */
  readonly textOf?: TextOf;
}

/** What `dcmdump +L` prints. */
export const FULL_STYLE: PrintStyle = {
  short: false,
  uidNames: true,
  tree: false,
  quote: 'none',
  keepPadding: false,
};

/** Longest text of a value in the short form, brackets included. */
export const SHORT_LIMIT = 70;

/** Stands for what the short form leaves out. */
export const DOTS = '...';
