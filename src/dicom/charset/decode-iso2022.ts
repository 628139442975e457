/** Decodes one-byte sets and ISO 2022 code extensions (PS3.5 6.1.2.3 to 6.1.2.5). */

import { type CodedSet, indexOfByte, indexOfPair } from './coded-set.ts';
import { ASCII, type Designation, designationAt, ROMAJI } from './coded-sets.ts';
import { hex, REPLACEMENT } from './decoding.ts';
import { BACKSLASH, type Delimiters, isDelimiter } from './delimiters.ts';
import type { Iso2022Repertoire } from './repertoire.ts';

const ESC = 0x1b;
const SPACE = 0x20;
const DEL = 0x7f;
/** Arguments that one call of String.fromCharCode takes safely. */
const CHUNK = 8192;

export interface Iso2022Decoding {
  readonly text: string;
  /** The first thing that does not fit. */
  readonly problem: string | undefined;
  /** Where the backslashes stand that separate values. */
  readonly separators: readonly number[];
}

/** A value field being read: what is in use, and what came out so far. */
interface Reading {
  readonly bytes: Uint8Array;
  readonly repertoire: Iso2022Repertoire;
  readonly delimiters: Delimiters;
  g0: CodedSet;
  g1: CodedSet | undefined;
  assumedG1: CodedSet | undefined;
  readonly separators: number[];
  problem: string | undefined;
}

/**
 * Decodes a value field. Writers that forget something are understood where only one meaning is left: designations
 * that were not declared, G1 sets not designated again after a delimiter, a missing switch back before a delimiter.
 */
export function decodeIso2022(
  bytes: Uint8Array,
  repertoire: Iso2022Repertoire,
  delimiters: Delimiters,
): Iso2022Decoding {
  const { g0, g1, assumedG1 } = repertoire;
  const reading: Reading = { bytes, repertoire, delimiters, g0, g1, assumedG1, separators: [], problem: undefined };
  const units: number[] = [];
  let text = '';
  let at = 0;
  while (at < bytes.length) {
    const designation = bytes[at] === ESC ? designationAt(bytes, at + 1) : undefined;
    if (designation !== undefined) {
      designate(reading, designation, at);
      at += 1 + designation.designator.length;
      continue;
    }
    const set = setFor(reading, at);
    units.push(set === undefined ? readAlone(reading, at) : readCode(reading, set, at));
    at += set?.width ?? 1;
    if (units.length === CHUNK) text += String.fromCharCode(...units.splice(0));
  }
  reset(reading, at);
  text += String.fromCharCode(...units);
  return { text, problem: reading.problem, separators: reading.separators };
}

/** The set whose code starts here; undefined where a control character, a blank or a byte without any set stands. */
function setFor(reading: Reading, at: number): CodedSet | undefined {
  const { bytes, repertoire } = reading;
  const byte = bytes[at] as number;
  if (isLowGraphic(byte)) {
    if (reading.g0.width === 1 || isLowGraphic(bytes[at + 1])) return reading.g0;
    // One byte left over in a two-byte set: the writer meant the initial set and did not switch back.
    complain(reading, at, `${hex(byte)} is half a code of ${reading.g0.name}`);
    return repertoire.g0;
  }
  const set = reading.g1 ?? reading.assumedG1;
  if (byte < 0xa0 || set === undefined) return undefined;
  if (reading.g1 === undefined) complain(reading, at, `no escape sequence for ${set.name}`);
  return set.width === 1 || (isHighGraphic(byte) && isHighGraphic(bytes[at + 1])) ? set : undefined;
}

function readCode(reading: Reading, set: CodedSet, at: number): number {
  const { bytes, delimiters } = reading;
  const byte = bytes[at] as number;
  if ((set === ASCII || set === ROMAJI) && isDelimiter(byte, delimiters)) {
    reset(reading, at);
    if (byte === BACKSLASH) {
      reading.separators.push(at);
      reading.assumedG1 = reading.repertoire.assumedG1;
    }
    return byte;
  }
  const second = set.width === 2 ? (bytes[at + 1] as number) : 0;
  const unit = set.units()[set.width === 2 ? indexOfPair(byte, second) : indexOfByte(byte)];
  if (!unit || (set.width === 2 && set.isAddition(((byte & 0x7f) << 8) | (second & 0x7f)))) {
    const code = hex(...bytes.subarray(at, at + set.width));
    complain(reading, at, unit ? `${code} is a vendor's addition to ${set.name}` : `${set.name} has no code ${code}`);
  }
  return unit || REPLACEMENT;
}

/** A byte that is no code of a set in use. */
function readAlone(reading: Reading, at: number): number {
  const byte = reading.bytes[at] as number;
  if (byte === ESC) complain(reading, at, 'unknown escape sequence');
  else if (byte < SPACE) reset(reading, at);
  if (byte <= DEL) return byte;

  const set = reading.g1 ?? reading.assumedG1;
  if (set === undefined) complain(reading, at, `${hex(byte)} is not ASCII`);
  else if (set.width === 2) complain(reading, at, `${hex(byte)} is no code of ${set.name}`);
  else complain(reading, at, `${hex(byte)} is a C1 control character`);
  return set?.width === 1 ? byte : REPLACEMENT;
}

function designate(reading: Reading, { set, element, designator }: Designation, at: number): void {
  const isDeclared = reading.repertoire.sets.includes(set) && set.designator === designator;
  if (!isDeclared) complain(reading, at, `ESC ${designator} (${set.name}) is not declared`);
  if (element === 'G0') reading.g0 = set;
  else {
    reading.g1 = set;
    reading.assumedG1 = set;
  }
}

/** PS3.5 6.1.2.5.3: value 1 is active again before delimiters, control characters and the end. */
function reset(reading: Reading, at: number): void {
  const { g0, g1 } = reading.repertoire;
  if (reading.g0 !== g0) complain(reading, at, `no escape sequence back from ${reading.g0.name}`);
  else if (g1 !== undefined && reading.g1 !== g1) complain(reading, at, `no escape sequence back to ${g1.name}`);
  reading.g0 = g0;
  reading.g1 = g1;
}

function complain(reading: Reading, at: number, what: string): void {
  reading.problem ??= `byte ${at}: ${what}`;
}

function isLowGraphic(byte: number | undefined): boolean {
  return byte !== undefined && byte > SPACE && byte < DEL;
}

function isHighGraphic(byte: number | undefined): boolean {
  return byte !== undefined && byte > 0xa0 && byte < 0xff;
}
