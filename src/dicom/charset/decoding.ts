/** What the decoders and encoders of this folder hand back. */

export interface Decoding {
  readonly text: string;
  /** The first thing that does not fit the character set; absent when all does. */
  readonly problem?: string;
}

export function decoding(text: string, problem: string | undefined): Decoding {
  return problem === undefined ? { text } : { text, problem };
}

export interface Encoding {
  readonly bytes: Uint8Array;
  /** Characters the set does not have, each once; '?' stands for them in `bytes`. */
  readonly lost: readonly string[];
}

/** U+FFFD, what decoders give for bytes without a meaning. */
export const REPLACEMENT = 0xfffd;

/** True for the characters by which decoders keep codes that have no meaning of their own. */
export function isPrivateUse(unit: number): boolean {
  return unit >= 0xe000 && unit <= 0xf8ff;
}

/** "e9", as bytes are named in problems. */
export function hex(...bytes: readonly number[]): string {
  return bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
