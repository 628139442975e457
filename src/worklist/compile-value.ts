/** Turns the value of a key into a test of stored values, by VR (PS3.4 C.2.2.2). */

import { latin1Text } from '../dicom/charset/ascii.ts';
import { decodeStrict, splitValues } from '../dicom/charset/text-codec.ts';
import type { ValueElement } from '../dicom/data-set.ts';
import { decidedVr, type Vr, vrTraits } from '../dicom/vr.ts';
import { comparableText, withoutBlanks } from './comparable-text.ts';
import { type ItemView, storedTexts } from './entry-view.ts';
import {
  type DateKey,
  matchDate,
  matchDateTime,
  matchTime,
  parseDateKey,
  parseDateTimeKey,
  parseTimeKey,
  type TimeKey,
} from './match-moment.ts';
import { comparableName, compileName, isUniversalName } from './match-name.ts';
import { parseNumberString, readNumbers } from './match-number.ts';
import { compileWildcard, isUniversal, type TextTest } from './match-wildcard.ts';

/** Tests an element that is present and not empty. */
export type ValueTest = (element: ValueElement, view: ItemView) => boolean;

export type CompiledValue =
  /** Asks for nothing: zero length, blanks, or stars alone (C.2.2.2.3, C.2.2.2.4). */
  | { readonly kind: 'universal' }
  | { readonly kind: 'malformed'; readonly comment: string }
  | {
      readonly kind: 'test';
      readonly test: ValueTest;
      /** What was asked for, to be read by people. */
      readonly asked: string;
      /** The one date or time that a period may be made of. */
      readonly date?: DateKey;
      readonly time?: TimeKey;
    };

const UNIVERSAL: CompiledValue = { kind: 'universal' };

function malformed(vr: Vr): CompiledValue {
  return { kind: 'malformed', comment: `Invalid value for an attribute with VR=${vr}` };
}

function isTextual(vr: Vr): boolean {
  const { kind } = vrTraits(vr);
  return kind === 'text' || kind === 'uid';
}

/** True where the stored element can be read as the VR of the key: UN may hold anything. */
function isReadableAs(element: ValueElement, isWanted: (vr: Vr) => boolean): boolean {
  const vr = decidedVr(element.vr);
  return vr === 'UN' || isWanted(vr);
}

/** The values of a key as text; undefined where its bytes are no text of its character set. */
function keyTexts(value: Uint8Array, vr: Vr, charset: string): readonly string[] | undefined {
  const traits = vrTraits(vr);
  if (!traits.charset) {
    const text = latin1Text(value);
    if (/[^\0-\x7f]/.test(text)) return undefined;
    return traits.multiple ? text.split('\\') : [text];
  }
  const texts: string[] = [];
  for (const bytes of splitValues(value, charset, vr)) {
    const { text, problem } = decodeStrict(bytes, charset, vr);
    if (problem !== undefined) return undefined;
    texts.push(text);
  }
  return texts;
}

/** Any stored value may pass the test of any value of the key (K.2.2.3; lists as C.2.2.2.2 has them for UIDs). */
function textTest(vr: Vr, passes: TextTest, comparable: (text: string) => string): ValueTest {
  return (element, view) => {
    if (!isReadableAs(element, isTextual)) return false;
    const texts = storedTexts(view, element, vr);
    for (const text of texts) {
      const compared = comparable(text);
      if (compared !== '' && passes(compared)) return true;
    }
    return false;
  };
}

function anyOf(tests: readonly TextTest[]): TextTest {
  const [first] = tests;
  return tests.length === 1 && first !== undefined ? first : (text) => tests.some((test) => test(text));
}

function compileNames(values: readonly string[], asked: string, fuzzy: boolean): CompiledValue {
  const names = values.map((value) => comparableName(value, fuzzy)).filter((groups) => groups.length > 0);
  if (names.length === 0 || names.some(isUniversalName)) return UNIVERSAL;
  const tests = names.map(compileName);
  const test: ValueTest = (element, view) =>
    isReadableAs(element, isTextual) &&
    storedTexts(view, element, 'PN').some((text) => {
      const groups = comparableName(text, fuzzy);
      return tests.some((passes) => passes(groups));
    });
  return { kind: 'test', test, asked };
}

/** Dates, times and their like: each value of the key read by `parse`, each stored one compared by `match`. */
function compileMoment<MomentKey>(
  vr: Vr,
  values: readonly string[],
  asked: string,
  parse: (text: string) => MomentKey | undefined,
  match: (key: MomentKey, stored: string) => boolean,
): { readonly keys: readonly MomentKey[]; readonly compiled: CompiledValue } {
  const keys: MomentKey[] = [];
  for (const value of values) {
    const key = parse(value);
    if (key === undefined) return { keys: [], compiled: malformed(vr) };
    keys.push(key);
  }
  const passes = anyOf(keys.map((key) => (text) => match(key, text)));
  return { keys, compiled: { kind: 'test', asked, test: textTest(vr, passes, withoutBlanks) } };
}

function only<Value>(values: readonly Value[]): Value | undefined {
  return values.length === 1 ? values[0] : undefined;
}

/** Fixed formats in which a wild card has no meaning. */
const FORMATS: Partial<Record<Vr, RegExp>> = { AS: /^\d{3}[DWMY]$/, UI: /^[\d.]+$/ };

function compileExact(vr: Vr, values: readonly string[], asked: string): CompiledValue {
  if (!values.every((value) => FORMATS[vr]?.test(value))) return malformed(vr);
  const wanted = new Set(values);
  return { kind: 'test', asked, test: textTest(vr, (text) => wanted.has(text), withoutBlanks) };
}

function compileNumberString(vr: 'DS' | 'IS', values: readonly string[], asked: string): CompiledValue {
  const wanted = new Set(values.map((value) => parseNumberString(value, vr)));
  if (wanted.has(undefined)) return malformed(vr);
  const passes = (text: string): boolean => {
    const number = parseNumberString(text, vr);
    return number !== undefined && wanted.has(number);
  };
  return { kind: 'test', asked, test: textTest(vr, passes, withoutBlanks) };
}

function compileTexts(vr: Vr, texts: readonly string[], fuzzy: boolean): CompiledValue {
  const asked = texts.map(withoutBlanks).join('\\');
  if (vr === 'PN') return compileNames(texts, asked, fuzzy);
  const comparable = (text: string): string => comparableText(text, vr);
  const values = texts.map(comparable).filter((value) => value !== '');
  if (values.length === 0 || values.some(isUniversal)) return UNIVERSAL;
  switch (vr) {
    case 'DA': {
      if (values.includes('-')) return UNIVERSAL;
      const { keys, compiled } = compileMoment(vr, values, asked, parseDateKey, matchDate);
      const date = only(keys);
      return compiled.kind === 'test' && date !== undefined ? { ...compiled, date } : compiled;
    }
    case 'TM': {
      if (values.includes('-')) return UNIVERSAL;
      const { keys, compiled } = compileMoment(vr, values, asked, parseTimeKey, matchTime);
      const time = only(keys);
      return compiled.kind === 'test' && time !== undefined ? { ...compiled, time } : compiled;
    }
    case 'DT':
      if (values.includes('-')) return UNIVERSAL;
      return compileMoment(vr, values, asked, parseDateTimeKey, matchDateTime).compiled;
    case 'AS':
    case 'UI':
      return compileExact(vr, values, asked);
    case 'DS':
    case 'IS':
      return compileNumberString(vr, values, asked);
    default:
      return { kind: 'test', asked, test: textTest(vr, anyOf(values.map(compileWildcard)), comparable) };
  }
}

function isNumeric(vr: Vr): boolean {
  const { kind } = vrTraits(vr);
  return (kind === 'integer' || kind === 'float' || kind === 'tag') && !vr.startsWith('O');
}

/** Binary values are compared as numbers; each side by its own VR, so that US finds SS. */
function compileNumbers(value: Uint8Array, vr: Vr): CompiledValue {
  const numbers = readNumbers(value, vr);
  if (numbers === undefined) return malformed(vr);
  const wanted = new Set(numbers);
  const test: ValueTest = (element) => {
    if (!isReadableAs(element, isNumeric)) return false;
    const stored = decidedVr(element.vr) === 'UN' ? vr : element.vr;
    return readNumbers(element.value, stored)?.some((number) => wanted.has(number)) ?? false;
  };
  return { kind: 'test', asked: numbers.join('\\'), test };
}

function compileBytes(value: Uint8Array): CompiledValue {
  const wanted = Buffer.from(value);
  return { kind: 'test', asked: `${value.length} bytes`, test: (element) => wanted.equals(element.value) };
}

/** A private value of unknown VR means what the VR of the stored element makes of it. */
function compileUnknown(value: Uint8Array, charset: string, fuzzy: boolean): CompiledValue {
  const byVr = new Map<Vr, CompiledValue>();
  const test: ValueTest = (element, view) => {
    const vr = decidedVr(element.vr);
    const compiled = byVr.get(vr) ?? compileValue(value, vr === 'UN' ? 'LT' : vr, charset, fuzzy);
    byVr.set(vr, compiled);
    return compiled.kind === 'universal' || (compiled.kind === 'test' && compiled.test(element, view));
  };
  return { kind: 'test', asked: latin1Text(value), test };
}

/**
 * Compiles the value field of a key. `fuzzy`: names are compared without accents.
 * Text is read in `charset`, the character set of the query.
 */
export function compileValue(value: Uint8Array, vr: Vr, charset: string, fuzzy: boolean): CompiledValue {
  if (value.length === 0) return UNIVERSAL;
  if (vr === 'UN') return compileUnknown(value, charset, fuzzy);
  if (isTextual(vr)) {
    const texts = keyTexts(value, vr, charset);
    if (texts !== undefined) return compileTexts(vr, texts, fuzzy);
    return { kind: 'malformed', comment: `Invalid Character Repertoire for datatype ${vr}` };
  }
  return isNumeric(vr) ? compileNumbers(value, vr) : compileBytes(value);
}
