/** The values of one element as JSON (PS3.18 F.2.3), each ready to stand in the Value array. */

import { decodeStrict, encodeText, isKnownCharset, splitValues } from '../dicom/charset/text-codec.ts';
import type { ValueElement } from '../dicom/data-set.ts';
import { type ElementVr, vrTraits } from '../dicom/vr.ts';
import { printedSingle } from './json-number.ts';
import { personNameJson } from './person-name.ts';

export type WrittenValues = ({ readonly values: readonly string[] } | { readonly binary: Uint8Array }) & {
  /** Why the form is not the standard's. */
  readonly loss?: string;
};

/** The values of an element that is not empty. */
export function writeValues(element: ValueElement, charset: string): WrittenValues {
  const traits = vrTraits(element.vr);
  switch (traits.kind) {
    case 'text':
    case 'uid':
      return writeText(element, charset);
    case 'tag':
      return writeNumbers(element, (view, at) => {
        const tag = view.getUint16(at, true) * 0x10000 + view.getUint16(at + 2, true);
        return `"${tag.toString(16).toUpperCase().padStart(8, '0')}"`;
      });
    case 'integer':
      return isBulk(traits.vr)
        ? { binary: element.value }
        : writeNumbers(element, integerReader(traits.unit, traits.signed));
    case 'float':
      return isBulk(traits.vr) ? { binary: element.value } : writeFloats(element);
    default:
      if (element.foreignVr === undefined) return { binary: element.value };
      return {
        binary: element.value,
        loss: `has ${JSON.stringify(element.foreignVr)} in place of a VR; written as UN`,
      };
  }
}

/** OD, OF, OL, OV: bulk data, in base64 as it stands in little endian (PS3.18 F.2.7). */
function isBulk(vr: string): boolean {
  return vr.startsWith('O');
}

/** Bytes that are no text of the character set go as InlineBinary, which readers other than wltool may refuse. */
function writeText(element: ValueElement, charset: string): WrittenValues {
  const traits = vrTraits(element.vr);
  const used = traits.charset ? charset : '';
  const values: string[] = [];
  for (const part of splitValues(withoutPad(element.value, traits.pad), used, element.vr)) {
    if (part.length === 0) {
      values.push('null');
      continue;
    }
    const { text, problem } = decodeStrict(part, used, element.vr);
    if (problem !== undefined && !comesBack(text, part, used, element.vr)) return asBinary(element, problem);
    // An ESC that begins no designation has no way back: text with it cannot be encoded.
    if (text.includes('\x1b')) return asBinary(element, 'the text holds an ESC that means nothing');
    const value = element.vr === 'PN' ? personNameJson(text) : textJson(element.vr, text);
    if (value === undefined) return asBinary(element, 'the name has more than three component groups');
    values.push(value);
  }
  return { values };
}

/** Control characters and the like are no good text, but most have a place in Unicode. */
function comesBack(text: string, bytes: Uint8Array, charset: string, vr: ElementVr): boolean {
  if (text.includes('\ufffd') || !isKnownCharset(charset)) return false;
  const { bytes: again, lost } = encodeText(text, charset, vr);
  return lost.length === 0 && Buffer.compare(again, bytes) === 0;
}

function asBinary(element: ValueElement, why: string): WrittenValues {
  return { binary: element.value, loss: `${why}; written as InlineBinary` };
}

/** The one byte that makes the length even; more of it is part of the value. */
function withoutPad(value: Uint8Array, pad: number): Uint8Array {
  const padded = (value.length & 1) === 0 && value[value.length - 1] === pad;
  return padded ? value.subarray(0, -1) : value;
}

/** DS and IS become numbers where the number has the same text. */
function textJson(vr: string, text: string): string {
  const isNumber = (vr === 'DS' || vr === 'IS') && text === String(Number(text)) && Number.isFinite(Number(text));
  return isNumber ? text : JSON.stringify(text);
}

function writeNumbers(element: ValueElement, read: (view: DataView, at: number) => string): WrittenValues {
  const { unit, kind } = vrTraits(element.vr);
  const size = kind === 'tag' ? 4 : unit;
  const { value } = element;
  if (value.length % size !== 0) return asBinary(element, `the length ${value.length} is no multiple of ${size}`);
  const view = new DataView(value.buffer, value.byteOffset, value.byteLength);
  const values: string[] = [];
  for (let at = 0; at < value.length; at += size) values.push(read(view, at));
  return { values };
}

function integerReader(unit: number, signed: boolean): (view: DataView, at: number) => string {
  switch (unit) {
    case 2:
      return (view, at) => String(signed ? view.getInt16(at, true) : view.getUint16(at, true));
    case 4:
      return (view, at) => String(signed ? view.getInt32(at, true) : view.getUint32(at, true));
    default:
      return (view, at) => bigJson(signed ? view.getBigInt64(at, true) : view.getBigUint64(at, true));
  }
}

/** SV and UV beyond what a JSON number keeps are strings (PS3.18 table F.2.3-1). */
function bigJson(value: bigint): string {
  const safe = value <= BigInt(Number.MAX_SAFE_INTEGER) && value >= BigInt(Number.MIN_SAFE_INTEGER);
  return safe ? String(value) : `"${value}"`;
}

function writeFloats(element: ValueElement): WrittenValues {
  const single = vrTraits(element.vr).unit === 4;
  if (hasUnusualNan(element.value, single)) return asBinary(element, 'has a NaN with a message in it');
  return writeNumbers(element, (view, at) => {
    const value = single ? view.getFloat32(at, true) : view.getFloat64(at, true);
    if (Number.isNaN(value)) return '"NaN"';
    if (!Number.isFinite(value)) return value > 0 ? '"inf"' : '"-inf"';
    if (Object.is(value, -0)) return '-0.0';
    return single ? printedSingle(value) : String(value);
  });
}

/** NaN comes in many bit patterns, and JSON text stands for one of them. */
function hasUnusualNan(value: Uint8Array, single: boolean): boolean {
  const view = new DataView(value.buffer, value.byteOffset, value.byteLength);
  const size = single ? 4 : 8;
  for (let at = 0; at + size <= value.length; at += size) {
    const number = single ? view.getFloat32(at, true) : view.getFloat64(at, true);
    const usual = single ? 0x7fc00000 : 0x7ff80000;
    const top = view.getUint32(at + size - 4, true);
    if (Number.isNaN(number) && (top !== usual || (!single && view.getUint32(at, true) !== 0))) return true;
  }
  return false;
}
