/** Character sets of HL7 messages: MSH-18 by table 0211 and some names beyond it, decoded as DICOM's own of the same name where it has them. */

import { decodeStrict, decodeText } from '../../dicom/charset/text-codec.ts';
import { decodeWindows1252 } from '../windows-1252.ts';

export interface MessageCharset {
  /** As the message names it. */
  readonly name: string;
  /** The same as (0008,0005); undefined where DICOM has no such set. */
  readonly dicom: string | undefined;
  decode(bytes: Uint8Array): { readonly text: string; readonly problem?: string };
}

/** Numbers of "ISO_IR n" and "ISO 2022 IR n", by names of table 0211 without blanks and punctuation. */
const ISO_IR: ReadonlyMap<string, number> = new Map([
  ['ASCII', 6],
  ['ISOIR6', 6],
  ['88591', 100],
  ['88592', 101],
  ['88593', 109],
  ['88594', 110],
  ['88595', 144],
  ['88596', 127],
  ['88597', 126],
  ['88598', 138],
  ['88599', 148],
  ['885911', 166],
  ['885915', 203],
  ['ISOIR13', 13],
  ['ISOIR14', 13],
  ['ISOIR87', 87],
  ['ISOIR159', 159],
  ['ISOIR58', 58],
  ['KSX1001', 149],
]);

/** Sets that stand alone in (0008,0005). A file in UTF-16 was turned into UTF-8 before its messages were looked at. */
const ALONE: ReadonlyMap<string, string> = new Map([
  ['UNICODE', 'ISO_IR 192'],
  ['UNICODEUTF8', 'ISO_IR 192'],
  ['UNICODEUTF16', 'ISO_IR 192'],
  ['UTF8', 'ISO_IR 192'],
  ['ISOIR192', 'ISO_IR 192'],
  ['GB180302000', 'GB18030'],
  ['GB18030', 'GB18030'],
  // Both are parts of it, and it is what more devices know.
  ['GBK', 'GB18030'],
  ['GB2312', 'GB18030'],
]);

/** What DICOM lacks and Node can decode: of table 0211, and by the names that senders without regard to it use. */
const FOREIGN: ReadonlyMap<string, string> = new Map([
  ['885910', 'iso-8859-10'],
  ['885913', 'iso-8859-13'],
  ['885914', 'iso-8859-14'],
  ['885916', 'iso-8859-16'],
  ['BIG5', 'big5'],
  ['KOI8R', 'koi8-r'],
  ['SHIFTJIS', 'shift_jis'],
  ['SJIS', 'shift_jis'],
  ['WINDOWS31J', 'shift_jis'],
  ['WINDOWS932', 'shift_jis'],
  ['EUCJP', 'euc-jp'],
  ['EUCKR', 'euc-kr'],
  ...[1250, 1251, 1253, 1254, 1255, 1256, 1257, 1258].map((page) => [`WINDOWS${page}`, `windows-${page}`] as const),
]);

/** Of table 0211, and nothing here decodes them. */
const NOT_READ: ReadonlySet<string> = new Set(['CNS116431992', 'UNICODEUTF32']);

/** DICOM's own terms, which some senders write: ISO_IR 100. */
const DICOM_TERM = /^ISOIR(\d+)$/;
const DICOM_NUMBERS: ReadonlySet<number> = new Set(ISO_IR.values());

const UPPER_CONTROL = /[\u0080-\u009f]/;
const TWO_BYTE = new Set([58, 87, 149, 159]);

/** "8859/1", "ISO8859-1" and "ISO 8859/1" are the same, and so are "cp1251" and "Windows-1251". */
function plainName(name: string): string {
  return name
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replace(/^ISO(?=8859)/, '')
    .replace(/^(?:CP|MS)(?=\d+$)/, 'WINDOWS')
    .replace(/^USASCII$/, 'ASCII');
}

function numberOf(plain: string): number | undefined {
  const number = Number(DICOM_TERM.exec(plain)?.[1]);
  return ISO_IR.get(plain) ?? (DICOM_NUMBERS.has(number) ? number : undefined);
}

function dicomOfIsoIr(numbers: readonly number[]): string {
  const [first = 6, ...others] = numbers;
  if (others.length === 0 && !TWO_BYTE.has(first)) return first === 6 ? '' : `ISO_IR ${first}`;
  const terms = numbers.map((number, index) => (index === 0 && number === 6 ? '' : `ISO 2022 IR ${number}`));
  // A two-byte set is no initial state in DICOM (PS3.3 C.12.1.1.2).
  return (TWO_BYTE.has(first) ? ['', ...terms] : terms).join('\\');
}

function dicomCharset(name: string, dicom: string): MessageCharset {
  const decode = (bytes: Uint8Array) => {
    // LO, because 5c in romaji is HL7's escape character and no yen sign.
    const text = decodeText(bytes, dicom, 'LO');
    // Bytes that are clear without the escape sequences DICOM wants are no fault of an HL7 message.
    if (text.includes('\ufffd')) return decodeStrict(bytes, dicom, 'LO');
    // The upper control codes of 8859: characters of some code page of Windows, which would be left out with them.
    const control = dicom.startsWith('ISO_IR ') && dicom !== 'ISO_IR 192' ? UPPER_CONTROL.exec(text)?.[0] : undefined;
    if (control === undefined) return { text };
    return { text, problem: `${control.charCodeAt(0).toString(16)} is no character` };
  };
  return { name, dicom, decode };
}

function foreignCharset(name: string, encoding: string): MessageCharset {
  const decode = (bytes: Uint8Array) => {
    const text = new TextDecoder(encoding).decode(bytes);
    return text.includes('\ufffd') ? { text, problem: `not ${encoding}` } : { text };
  };
  return { name, dicom: undefined, decode };
}

/**
 * The character set of the repetitions of MSH-18: the default one, then those that escape sequences switch to.
 * Undefined for names that are not known or that nothing here can decode.
 */
export function messageCharset(names: readonly string[]): MessageCharset | undefined {
  const name = names.join('~');
  const [first = '', ...others] = names.map((each) => plainName(each));
  const alone = ALONE.get(first);
  if (alone !== undefined) return dicomCharset(name, alone);
  if (first === 'WINDOWS1252') return WINDOWS_1252;
  const foreign = FOREIGN.get(first);
  if (foreign !== undefined) return foreignCharset(name, foreign);
  const numbers = [first === '' ? 6 : numberOf(first), ...others.map(numberOf)];
  return numbers.every((number) => number !== undefined) ? dicomCharset(name, dicomOfIsoIr(numbers)) : undefined;
}

/** "not known" or "not read here", of names that `messageCharset` has no set for. */
export function whyNoCharset(names: readonly string[]): string {
  return names.some((name) => NOT_READ.has(plainName(name))) ? 'not read here' : 'not known';
}

export const ASCII = dicomCharset('ASCII', '');
export const UTF_8 = dicomCharset('UNICODE UTF-8', 'ISO_IR 192');
export const WINDOWS_1252: MessageCharset = {
  name: 'Windows-1252',
  dicom: undefined,
  decode: (bytes) => ({ text: decodeWindows1252(bytes) }),
};
