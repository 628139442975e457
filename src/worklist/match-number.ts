/** Binary values and number strings, compared as numbers. */

import { decidedVr, type ElementVr, vrTraits } from '../dicom/vr.ts';

/** Numbers of up to 53 bits as number, wider integers as bigint; `===` tells values of one kind apart. */
export type NumberValue = number | bigint;

const DECIMAL = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i;

/** The numbers of a value field, tags as 32-bit numbers; undefined where the length is no multiple of the unit. */
export function readNumbers(value: Uint8Array, elementVr: ElementVr): readonly NumberValue[] | undefined {
  const { kind, unit, signed } = vrTraits(decidedVr(elementVr));
  const size = kind === 'tag' ? 4 : unit;
  if (value.length % size !== 0) return undefined;
  const view = new DataView(value.buffer, value.byteOffset, value.byteLength);
  const numbers: NumberValue[] = [];
  for (let at = 0; at < value.length; at += size) numbers.push(readNumber(view, at, kind, unit, signed));
  return numbers;
}

function readNumber(view: DataView, at: number, kind: string, unit: number, signed: boolean): NumberValue {
  if (kind === 'tag') return view.getUint16(at, true) * 0x10000 + view.getUint16(at + 2, true);
  if (kind === 'float') return unit === 4 ? view.getFloat32(at, true) : view.getFloat64(at, true);
  if (unit === 8) return signed ? view.getBigInt64(at, true) : view.getBigUint64(at, true);
  if (unit === 4) return signed ? view.getInt32(at, true) : view.getUint32(at, true);
  return signed ? view.getInt16(at, true) : view.getUint16(at, true);
}

/** The number of a DS or IS value; undefined where it is none. */
export function parseNumberString(text: string, vr: 'DS' | 'IS'): number | undefined {
  const valid = vr === 'IS' ? /^[+-]?\d+$/.test(text) : DECIMAL.test(text);
  return valid ? Number(text) : undefined;
}
