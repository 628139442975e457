/** Decimal integers: US SS UL SL UV SV, and OL OV. */

import type { VrTraits } from '../dicom/vr.ts';
import { type Part, splitParts, type ValueResult, ValueTrouble } from './value-text.ts';

const INTEGER = /^[+-]?\d+$/;

function bounds(traits: VrTraits): { least: bigint; most: bigint } {
  const bits = BigInt(traits.unit * 8);
  return traits.signed
    ? { least: -(1n << (bits - 1n)), most: (1n << (bits - 1n)) - 1n }
    : { least: 0n, most: (1n << bits) - 1n };
}

function trouble({ text, span }: Part, traits: VrTraits, count: number): ValueTrouble {
  if (text === '') {
    const hint = count > 1 ? 'every part between backslashes must be a number' : 'leave the value out for an empty one';
    return new ValueTrouble(span, `${traits.vr} value without a number`, hint);
  }
  if (INTEGER.test(text)) {
    const { least, most } = bounds(traits);
    return new ValueTrouble(
      span,
      `${text} is out of range for ${traits.vr}`,
      `${traits.vr} goes from ${least} to ${most}`,
    );
  }
  const digits = /^[+-]?\d+/.exec(text)?.[0];
  const dump2dcm = digits === undefined ? '' : `; dump2dcm would have read ${Number(digits)}`;
  return new ValueTrouble(
    span,
    `"${text}" is not a whole number`,
    `write digits only, parts separated by \\${dump2dcm}`,
  );
}

function fits(value: number, traits: VrTraits): boolean {
  const span = 2 ** (traits.unit * 8);
  return traits.signed ? value >= -span / 2 && value < span / 2 : value >= 0 && value < span;
}

/** Reads decimal numbers between backslashes. */
export function readIntegers(text: string, offset: number, traits: VrTraits): ValueResult {
  const parts = splitParts(text, offset);
  const bytes = Buffer.allocUnsafe(parts.length * traits.unit);
  for (const [index, part] of parts.entries()) {
    if (!INTEGER.test(part.text)) return trouble(part, traits, parts.length);
    const position = index * traits.unit;
    if (traits.unit === 8) {
      const value = BigInt(part.text.replace('+', ''));
      const { least, most } = bounds(traits);
      if (value < least || value > most) return trouble(part, traits, parts.length);
      bytes.writeBigUInt64LE(BigInt.asUintN(64, value), position);
    } else {
      const value = Number(part.text);
      if (!fits(value, traits)) return trouble(part, traits, parts.length);
      if (traits.signed) bytes.writeIntLE(value, position, traits.unit);
      else bytes.writeUIntLE(value, position, traits.unit);
    }
  }
  return bytes;
}
