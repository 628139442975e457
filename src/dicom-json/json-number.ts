/** 32-bit numbers in JSON: the shortest text that reads back as the same 32-bit number. */

/** `value` must be finite and exactly a 32-bit number. */
export function printedSingle(value: number): string {
  for (let digits = 1; digits < 9; digits++) {
    const shorter = Number(value.toPrecision(digits));
    if (Math.fround(shorter) === value) return String(shorter);
  }
  return String(Number(value.toPrecision(9)));
}
