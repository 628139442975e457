/** The Value array of an element to its value field (PS3.18 F.2.3, PS3.5 6.2). */

import { encodeText, isKnownCharset } from '../dicom/charset/text-codec.ts';
import { type Vr, type VrTraits, vrTraits } from '../dicom/vr.ts';
import { personNameText } from './person-name.ts';

export interface ReadValue {
  readonly value: Uint8Array;
  /** Why the values are none of this VR. */
  readonly problem?: string;
  /** Characters that the character set does not have. */
  readonly lost?: string;
}

const EMPTY = new Uint8Array(0);
const BACKSLASH = '\\';

/** Encodes the values, padded to an even length. */
export function jsonToValue(vr: Vr, values: readonly unknown[], charset: string): ReadValue {
  if (values.length === 0) return { value: EMPTY };
  const traits = vrTraits(vr);
  switch (traits.kind) {
    case 'text':
    case 'uid':
      return textValue(traits, values, charset);
    case 'tag':
      return tagValue(values);
    case 'integer':
      return integerValue(traits, values);
    case 'float':
      return floatValue(traits, values);
    default:
      return failed(`has a "Value", but VR ${vr} is written as InlineBinary`);
  }
}

function failed(problem: string): ReadValue {
  return { value: EMPTY, problem };
}

function textValue(traits: VrTraits, values: readonly unknown[], charset: string): ReadValue {
  if (!traits.multiple && values.length > 1)
    return failed(`has ${values.length} values, but VR ${traits.vr} holds one`);
  const texts: string[] = [];
  for (const value of values) {
    const text = textOf(traits, value);
    if (text === undefined) return failed(`has the value ${shown(value)}, which is no text for VR ${traits.vr}`);
    if (traits.multiple && text.includes(BACKSLASH)) {
      return failed(`has a backslash in the value ${shown(value)}, but in DICOM it separates values`);
    }
    texts.push(text);
  }
  return encodeValue(traits, texts.join(BACKSLASH), traits.charset ? charset : '');
}

function encodeValue(traits: VrTraits, text: string, charset: string): ReadValue {
  const { bytes, lost } = encodeText(text, charset, traits.vr);
  const value = (bytes.length & 1) === 0 ? bytes : Buffer.concat([bytes, Buffer.of(traits.pad)]);
  if (lost.length > 0) {
    const characters = lost.slice(0, 5).join(' ');
    if (!traits.charset) return failed(`holds ${characters}, which VR ${traits.vr} does not allow`);
    return { value, lost: `holds ${characters}, which ${charset === '' ? 'ASCII' : charset} does not have` };
  }
  const isAscii = bytes.length === text.length && bytes.every((byte) => byte < 0x80);
  if (isAscii || isKnownCharset(charset)) return { value };
  return { value, lost: `is text in the unknown character set ${JSON.stringify(charset)}` };
}

function textOf(traits: VrTraits, value: unknown): string | undefined {
  if (value === null) return '';
  if (traits.vr === 'PN') return personNameText(value);
  if (typeof value === 'string') return value;
  const isDecimal = (traits.vr === 'DS' || traits.vr === 'IS') && typeof value === 'number' && Number.isFinite(value);
  return isDecimal ? String(value) : undefined;
}

function tagValue(values: readonly unknown[]): ReadValue {
  const value = Buffer.alloc(values.length * 4);
  for (const [index, text] of values.entries()) {
    if (typeof text !== 'string' || !/^[0-9a-f]{8}$/i.test(text)) {
      return failed(`has the value ${shown(text)}, but a tag is eight hex digits`);
    }
    value.writeUInt16LE(Number.parseInt(text.slice(0, 4), 16), index * 4);
    value.writeUInt16LE(Number.parseInt(text.slice(4), 16), index * 4 + 2);
  }
  return { value };
}

function integerValue({ vr, unit, signed }: VrTraits, values: readonly unknown[]): ReadValue {
  const value = Buffer.alloc(values.length * unit);
  const bits = unit * 8;
  for (const [index, given] of values.entries()) {
    const isInteger =
      (typeof given === 'number' && Number.isInteger(given)) ||
      (typeof given === 'string' && /^[+-]?\d+$/.test(given.trim()));
    if (!isInteger) return failed(`has the value ${shown(given)}, which is no whole number`);
    // A JSON number of more than 53 bits has lost digits by now.
    if (bits === 64 && typeof given === 'number' && !Number.isSafeInteger(given)) {
      return failed(`has a number beyond 53 bits, near ${shown(given)}: write it as a string, in quotes`);
    }
    const number = BigInt(typeof given === 'string' ? given.trim().replace(/^\+/, '') : (given as number));
    const fits = number === (signed ? BigInt.asIntN(bits, number) : BigInt.asUintN(bits, number));
    if (!fits) return failed(`has the value ${shown(given)}, which is beyond VR ${vr}`);
    value.set(littleEndian(BigInt.asUintN(64, number), unit), index * unit);
  }
  return { value };
}

function littleEndian(number: bigint, size: number): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, number, true);
  return bytes.subarray(0, size);
}

function floatValue({ unit }: VrTraits, values: readonly unknown[]): ReadValue {
  const value = Buffer.alloc(values.length * unit);
  for (const [index, given] of values.entries()) {
    const number = floatOf(given);
    if (number === undefined) return failed(`has the value ${shown(given)}, which is no number`);
    if (unit === 4 && Number.isFinite(number) && !Number.isFinite(Math.fround(number))) {
      return failed(`has the value ${shown(given)}, which is beyond 32 bits`);
    }
    if (unit === 4) value.writeFloatLE(number, index * 4);
    else value.writeDoubleLE(number, index * 8);
  }
  return { value };
}

/** JSON has no numbers for these; the words are written by several toolkits. */
const SPECIAL_NUMBERS: ReadonlyMap<string, number> = new Map([
  ['nan', Number.NaN],
  ['inf', Number.POSITIVE_INFINITY],
  ['infinity', Number.POSITIVE_INFINITY],
  ['-inf', Number.NEGATIVE_INFINITY],
  ['-infinity', Number.NEGATIVE_INFINITY],
]);

function floatOf(value: unknown): number | undefined {
  // `1e400` is read as infinity.
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (typeof value !== 'string') return undefined;
  const special = SPECIAL_NUMBERS.get(value.trim().toLowerCase());
  if (special !== undefined) return special;
  return value.trim() === '' || !Number.isFinite(Number(value)) ? undefined : Number(value);
}

function shown(value: unknown): string {
  const text = (typeof value === 'number' ? undefined : JSON.stringify(value)) ?? String(value);
  return text.length > 40 ? `${text.slice(0, 37)}...` : text;
}
