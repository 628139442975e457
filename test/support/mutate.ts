/** Damage as files and networks know it: flipped bits, overwritten lengths, cuts, copies, insertions. */

/** One to four changes to a copy of the bytes; `random` gives numbers from 0 to below 1. */
export function mutate(bytes: Uint8Array, random: () => number): Uint8Array {
  let result: Uint8Array = Uint8Array.from(bytes);
  const below = (limit: number): number => Math.floor(random() * limit);
  const kinds: (() => void)[] = [
    () => {
      const at = below(result.length);
      result[at] = (result[at] ?? 0) ^ (1 << below(8));
    },
    () => {
      result[below(result.length)] = below(256);
    },
    () => {
      // Lengths are where parsers break: all ones, zero, or large.
      const at = below(result.length);
      const value = [0xff, 0x00, 0x7f, 0x80][below(4)] ?? 0;
      result.fill(value, at, at + 2 + 2 * below(2));
    },
    () => {
      result = result.slice(0, below(result.length));
    },
    () => {
      const from = below(result.length);
      const part = result.slice(from, from + below(64));
      const at = below(result.length);
      result = Uint8Array.from([...result.slice(0, at), ...part, ...result.slice(at)]);
    },
    () => {
      const at = below(result.length);
      result = Uint8Array.from([...result.slice(0, at), ...result.slice(at + below(32))]);
    },
  ];
  for (let change = below(4); change >= 0 && result.length > 0; change--) kinds[below(kinds.length)]?.();
  return result;
}
