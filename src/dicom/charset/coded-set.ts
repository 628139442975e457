/**
 * A coded character set of ISO 2022: the characters that one escape sequence brings into use (PS3.5 6.1.2.5).
 * Tables are filled on first use from Node's own decoders, so a set nobody meets costs nothing.
 */

import { isPrivateUse, REPLACEMENT } from './decoding.ts';

/** Where a set is invoked: G0 for bytes 21-7e, G1 for bytes a0-ff. */
export type CodeElement = 'G0' | 'G1';

export interface CodedSet {
  /** Its name for people: "ISO 8859-5". */
  readonly name: string;
  /** The code element the standard designates it to. */
  readonly element: CodeElement;
  /** What follows ESC to designate it there. */
  readonly designator: string;
  /** Bytes in one code. */
  readonly width: 1 | 2;
  /** UTF-16 units by `indexOfByte` or `indexOfPair`; 0 where the set has no character. */
  readonly units: () => Uint16Array;
  /** Codes, without the high bits, by UTF-16 unit. Vendors' additions are left out: they are read, never written. */
  readonly codes: () => ReadonlyMap<number, number>;
  /** True for a code that makers of fonts added to the set. */
  readonly isAddition: (code: number) => boolean;
}

export interface CodedSetDefinition {
  readonly name: string;
  readonly element: CodeElement;
  readonly designator: string;
  readonly width: 1 | 2;
  /** The WHATWG encoding that holds the set, or a function from code (high bits removed) to character. */
  readonly source: string | ((code: number) => string);
  /** Bytes before each code of `source`: 8f for JIS X 0212 in EUC-JP. */
  readonly prefix?: readonly number[];
  /** Codes for which WHATWG follows Microsoft instead of the set's own standard. */
  readonly corrections?: ReadonlyMap<number, number>;
  readonly isAddition?: (code: number) => boolean;
}

const NEW_LINE = 0x0a;
/** Rows and columns of a 94 x 94 set. */
const ROW = 94;

/** Place of a one-byte code, 20-7f or a0-ff, in `units`. */
export function indexOfByte(byte: number): number {
  return (byte & 0x7f) - 0x20;
}

/** Place of a two-byte code, its bytes 21-7e or a1-fe, in `units`. */
export function indexOfPair(first: number, second: number): number {
  return ((first & 0x7f) - 0x21) * ROW + (second & 0x7f) - 0x21;
}

export function codedSet(definition: CodedSetDefinition): CodedSet {
  const { name, element, designator, width, isAddition = () => false } = definition;
  let units: Uint16Array | undefined;
  let codes: ReadonlyMap<number, number> | undefined;
  const set: CodedSet = {
    name,
    element,
    designator,
    width,
    units: () => {
      units ??= readUnits(definition);
      return units;
    },
    codes: () => {
      codes ??= invert(set);
      return codes;
    },
    isAddition,
  };
  return set;
}

function readUnits(definition: CodedSetDefinition): Uint16Array {
  const codes = allCodes(definition.width);
  const characters = charactersOf(codes, definition);
  const units = new Uint16Array(codes.length);
  codes.forEach((code, index) => {
    const text = characters[index] ?? '';
    const unit = definition.corrections?.get(code) ?? text.charCodeAt(0);
    if (text.length === 1 && unit !== REPLACEMENT && !isPrivateUse(unit)) units[index] = unit;
  });
  return units;
}

/** Every code of a set with its high bits removed, in the order of `units`. */
function allCodes(width: 1 | 2): number[] {
  if (width === 1) return Array.from({ length: 0x60 }, (_, index) => 0x20 + index);
  return Array.from(
    { length: ROW * ROW },
    (_, index) => ((0x21 + Math.floor(index / ROW)) << 8) | (0x21 + (index % ROW)),
  );
}

function charactersOf(codes: readonly number[], { source, width, prefix = [] }: CodedSetDefinition): string[] {
  if (typeof source === 'function') return codes.map(source);
  const bytes = codes.flatMap((code) =>
    width === 1 ? [code | 0x80, NEW_LINE] : [...prefix, (code >> 8) | 0x80, (code & 0xff) | 0x80, NEW_LINE],
  );
  return new TextDecoder(source).decode(Uint8Array.from(bytes)).split('\n');
}

function invert(set: CodedSet): Map<number, number> {
  const units = set.units();
  const codes = new Map<number, number>();
  allCodes(set.width).forEach((code, index) => {
    const unit = units[index];
    if (unit && !codes.has(unit) && !set.isAddition(code)) codes.set(unit, code);
  });
  return codes;
}
