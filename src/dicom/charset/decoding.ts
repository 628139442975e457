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

/** "e9", as bytes are named in problems. */
export function hex(...bytes: readonly number[]): string {
  return bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
