/** Turns the value field of a key into a test of stored values, by VR (PS3.4 C.2.2.2). */

import { latin1Text } from '../dicom/charset/ascii.ts';
import { decodeStrict, splitValues } from '../dicom/charset/text-codec.ts';
import { decidedVr, type Vr, vrTraits } from '../dicom/vr.ts';
import { compileTexts } from './compile-text.ts';
import { readNumbers } from './match-number.ts';
import { type CompiledValue, isReadableAs, isTextual, malformed, UNIVERSAL, type ValueTest } from './value-test.ts';

/** What decoding puts in place of bytes without a meaning. */
const REPLACEMENT = '\ufffd';
/**
 * Consoles with code extensions forget escape sequences (after "^", at the end) or use others than they declare, where
 * only one meaning is left: the worklist must not stay empty for it.
 */
const CODE_EXTENSIONS = /ISO 2022/;

/** Whether a text with a fault of its escape sequences has one meaning left. Nothing is none: it would find everybody. */
function isPlainAllTheSame(text: string, charset: string): boolean {
  return CODE_EXTENSIONS.test(charset) && !text.includes(REPLACEMENT) && text.trim() !== '';
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
    if (problem !== undefined && !isPlainAllTheSame(text, charset)) return undefined;
    texts.push(text);
  }
  return texts;
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
    if (!isReadableAs(element, vr, isNumeric)) return false;
    const stored = decidedVr(element.vr) === 'UN' ? vr : element.vr;
    return readNumbers(element.value, stored)?.some((number) => wanted.has(number)) ?? false;
  };
  return { kind: 'test', asked: numbers.join('\\'), test };
}

function compileOctets(value: Uint8Array): CompiledValue {
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
 * Compiles the value field of a key. Text is read in `charset`, the character set of the query;
 * `fuzzy`: names are compared without accents.
 */
export function compileValue(value: Uint8Array, vr: Vr, charset: string, fuzzy: boolean): CompiledValue {
  if (value.length === 0) return UNIVERSAL;
  if (vr === 'UN') return compileUnknown(value, charset, fuzzy);
  if (isTextual(vr)) {
    const texts = keyTexts(value, vr, charset);
    if (texts !== undefined) return compileTexts(vr, texts, fuzzy);
    return { kind: 'malformed', comment: `Invalid Character Repertoire for datatype ${vr}` };
  }
  return isNumeric(vr) ? compileNumbers(value, vr) : compileOctets(value);
}
