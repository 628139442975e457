/** The bytes of a value that a user typed, by VR. Errors name what was typed. */

import { encodeText } from '../dicom/charset/text-codec.ts';
import { paddedValue } from '../dicom/padded-value.ts';
import { parseTag } from '../dicom/tag.ts';
import { nearestUidNames, uidOfName } from '../dicom/uid.ts';
import { decidedVr, type ElementVr, type Vr, vrTraits } from '../dicom/vr.ts';
import { UsageError } from '../errors.ts';

export interface EncodedValue {
  /** Padded to even length (PS3.5 6.2). */
  readonly bytes: Uint8Array;
  /** Characters that the character set does not have; the bytes hold a replacement. */
  readonly lost: readonly string[];
}

const HEX_OCTETS = /^[0-9a-f]{2}([\\ ]?[0-9a-f]{2})*$/i;
const INTEGER = /^[+-]?\d+$|^0x[0-9a-f]+$/i;

/** "=CTImageStorage" stands for the UID of that name, as in dump text. */
function resolveUid(value: string): string {
  if (!value.startsWith('=')) return value;
  const name = value.slice(1);
  const uid = uidOfName(name);
  if (uid !== undefined) return uid;
  const nearest = nearestUidNames(name);
  throw new UsageError(`no UID is called "${name}"`, {
    hint: nearest.length === 0 ? undefined : `did you mean =${nearest.join(' or =')}?`,
  });
}

function parseInteger(value: string, vr: Vr, bits: number, signed: boolean): bigint {
  const text = value.trim();
  if (!INTEGER.test(text)) throw new UsageError(`"${value}" is no integer, as ${vr} needs`);
  const number = text.startsWith('-') ? -BigInt(text.slice(1)) : BigInt(text.replace(/^\+/, ''));
  const fits = signed ? BigInt.asIntN(bits, number) === number : BigInt.asUintN(bits, number) === number;
  if (!fits) throw new UsageError(`${value} does not fit into ${vr}`);
  return number;
}

function parseFloat64(value: string, vr: Vr): number {
  const number = Number(value.trim() === '' ? Number.NaN : value);
  if (Number.isNaN(number)) throw new UsageError(`"${value}" is no number, as ${vr} needs`);
  return number;
}

function encodeNumbers(value: string, vr: Vr): Uint8Array {
  const { kind, unit, signed } = vrTraits(vr);
  const values = value.split('\\');
  const bytes = new Uint8Array(values.length * (kind === 'tag' ? 4 : unit));
  const view = new DataView(bytes.buffer);
  values.forEach((text, index) => {
    if (kind === 'tag') {
      const tag = parseTag(text.trim());
      if (tag === undefined) throw new UsageError(`"${text}" is no tag, as ${vr} needs`);
      view.setUint16(index * 4, tag >>> 16, true);
      view.setUint16(index * 4 + 2, tag & 0xffff, true);
    } else if (kind === 'float') {
      if (unit === 4) view.setFloat32(index * 4, parseFloat64(text, vr), true);
      else view.setFloat64(index * 8, parseFloat64(text, vr), true);
    } else {
      const number = BigInt.asUintN(64, parseInteger(text, vr, unit * 8, signed));
      for (let byte = 0; byte < unit; byte++) bytes[index * unit + byte] = Number((number >> BigInt(byte * 8)) & 0xffn);
    }
  });
  return bytes;
}

function encodeOctets(value: string, vr: Vr): Uint8Array {
  if (!HEX_OCTETS.test(value)) throw new UsageError(`"${value}" is no list of hexadecimal bytes, as ${vr} needs`);
  return Buffer.from(value.replace(/[\\ ]/g, ''), 'hex');
}

/**
 * Encodes typed text as a value of the VR: text in the character set (the raw text of (0008,0005)), numbers and tags
 * in binary, `=Name` as a UID, hexadecimal bytes for OB and OW. A backslash separates values where the VR has several.
 * @throws UsageError for text that is no value of the VR.
 */
export function encodeValue(value: string, elementVr: ElementVr, charset: string): EncodedValue {
  const vr = decidedVr(elementVr);
  const { kind } = vrTraits(vr);
  if (value === '') return { bytes: new Uint8Array(0), lost: [] };
  switch (kind) {
    case 'text': {
      const { bytes, lost } = encodeText(value, charset, vr);
      return { bytes: paddedValue(bytes, vr), lost };
    }
    case 'uid':
      return { bytes: paddedValue(Buffer.from(value.split('\\').map(resolveUid).join('\\'), 'latin1'), vr), lost: [] };
    case 'integer':
    case 'float':
    case 'tag':
      return { bytes: encodeNumbers(value, vr), lost: [] };
    case 'words':
    case 'bytes': {
      // What no dictionary knows is mostly text, and findscu sends it as typed.
      if (vr !== 'UN') return { bytes: paddedValue(encodeOctets(value, vr), vr), lost: [] };
      const { bytes, lost } = encodeText(value, charset, 'LT');
      return { bytes: paddedValue(bytes, 'LT'), lost };
    }
    case 'sequence':
      throw new UsageError('a sequence takes no value');
    default:
      return kind satisfies never;
  }
}
