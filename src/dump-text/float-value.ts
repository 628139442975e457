/** Decimal numbers with point and exponent: FL FD, and OF OD. Rounded correctly, which dump2dcm's reader does not. */

import type { VrTraits } from '../dicom/vr.ts';
import { type Part, splitParts, type ValueResult, ValueTrouble } from './value-text.ts';

const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const SPECIAL = /^([+-]?)(nan|inf)$/i;

function readNumber(text: string): number | undefined {
  if (DECIMAL.test(text)) return Number(text);
  const special = SPECIAL.exec(text);
  if (special === null) return undefined;
  const value = special[2]?.toLowerCase() === 'nan' ? Number.NaN : Number.POSITIVE_INFINITY;
  return special[1] === '-' ? -value : value;
}

function isOutOfRange(text: string, value: number): boolean {
  if (!DECIMAL.test(text)) return false;
  return !Number.isFinite(value) || (value === 0 && /[1-9]/.test(text.replace(/[eE].*/, '')));
}

function notANumber({ text, span }: Part, traits: VrTraits): ValueTrouble {
  if (text === '')
    return new ValueTrouble(span, `${traits.vr} value without a number`, 'leave the value out for an empty one');
  const hint = /^[+-]?\d+,\d+$/.test(text) ? `write ${text.replace(',', '.')}` : 'write numbers as 1.5 or -2e-3';
  return new ValueTrouble(span, `"${text}" is not a number`, hint);
}

/** Reads numbers between backslashes; `nan`, `inf` and `-inf` as dcmdump prints them. */
export function readFloats(text: string, offset: number, traits: VrTraits): ValueResult {
  const parts = splitParts(text, offset);
  const bytes = Buffer.allocUnsafe(parts.length * traits.unit);
  for (const [index, part] of parts.entries()) {
    const exact = readNumber(part.text);
    if (exact === undefined) return notANumber(part, traits);
    const value = traits.unit === 4 ? Math.fround(exact) : exact;
    if (isOutOfRange(part.text, value)) {
      return new ValueTrouble(part.span, `${part.text} is out of range for ${traits.vr}`);
    }
    if (traits.unit === 4) bytes.writeFloatLE(value, index * 4);
    else bytes.writeDoubleLE(value, index * 8);
  }
  return bytes;
}
