/** Byte order of values (PS3.5 7.3): memory holds little endian, big endian files are turned. */

/** A copy with the bytes of each unit of 2, 4 or 8 bytes reversed; a rest shorter than a unit stays. */
export function swapUnits(value: Uint8Array, unit: 1 | 2 | 4 | 8): Uint8Array {
  if (unit === 1) return value;
  const swapped = Buffer.from(value);
  const whole = swapped.subarray(0, swapped.length - (swapped.length % unit));
  if (unit === 2) whole.swap16();
  else if (unit === 4) whole.swap32();
  else whole.swap64();
  return swapped;
}
