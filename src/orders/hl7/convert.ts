/** Values of HL7's data types as DICOM has them. */

import { makeTag, type Tag } from '../../dicom/tag.ts';
import type { ElementVr } from '../../dicom/vr.ts';
import { fitDate } from '../../keys/fit-moment.ts';
import { fitNumber, fitOneValue } from '../fit-text.ts';
import type { ConverterName } from './mapping.ts';
import { type Hl7Value, partsOf } from './message.ts';
import { textOf } from './path.ts';
import { unescapeText } from './unescape.ts';

/** A code item as it is put into a sequence. */
export type CodeItem = readonly (readonly [tag: Tag, text: string])[];

export type Conversion =
  | { readonly text: string; readonly warning?: string }
  | { readonly items: readonly CodeItem[] }
  | { readonly problem: string; readonly hint: string };

const CODE_VALUE = makeTag(0x0008, 0x0100);
const CODING_SCHEME_DESIGNATOR = makeTag(0x0008, 0x0102);
const CODING_SCHEME_VERSION = makeTag(0x0008, 0x0103);
const CODE_MEANING = makeTag(0x0008, 0x0104);
const LONG_CODE_VALUE = makeTag(0x0008, 0x0119);
/** Code Value is SH. */
const MOST_CODE_CHARACTERS = 16;
/** Table 0396: a local code, which is what a code of no named system is. */
const LOCAL_SCHEME = 'L';

/** Namespace ID, universal ID, universal ID type. */
const HD_PARTS = 3;

const TIMESTAMP = /^(\d{4})(?:(\d{2})(?:(\d{2})(?:(\d{2})(?:(\d{2})(?:(\d{2})(?:\.(\d{1,4}))?)?)?)?)?)?(?:[+-]\d{4})?$/;

/** TS, DTM (2.A.21): its date; one that is not known to the day is none in DICOM. */
function toDate(text: string): Conversion {
  const [, year = '', month = '', day = ''] = TIMESTAMP.exec(text) ?? [];
  // 00 is how some write that month or day are not known.
  if (year !== '' && [month, day].some((part) => part === '' || part === '00'))
    return { text: '', warning: `"${text}" is no whole date, left empty` };
  const date = fitDate(`${year}${month}${day}`);
  if (date !== undefined) return { text: date };
  return { problem: `"${text}" is no date`, hint: 'HL7 writes YYYYMMDD, and the time behind it' };
}

/** Its time of day, as exact as it is given; '' for a date alone. */
function toTime(text: string): Conversion {
  const match = TIMESTAMP.exec(text);
  const [, , , , hour = '', minute = '', second = '', fraction] = match ?? [];
  if (match === null || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) {
    return { problem: `"${text}" is no time`, hint: 'HL7 writes YYYYMMDDHHMM, perhaps with seconds' };
  }
  return { text: `${hour}${minute}${second}${fraction === undefined ? '' : `.${fraction}`}` };
}

/** NM. What is no number would be read as another one, or stop a scanner that reads it. */
function toNumber(text: string, vr: 'DS' | 'IS'): Conversion {
  const number = text === '' ? '' : fitNumber(text, vr);
  return number === undefined ? { text: '', warning: `"${text}" is no number, left empty` } : { text: number };
}

/** Characters that separate in PN (PS3.5 6.2.1) are blanks in a part of a name. */
function namePart(value: Hl7Value | undefined): string {
  if (value === undefined) return '';
  // FN: the first subcomponent is the whole surname, the others take it apart.
  const text = textOf(value.level === 'component' ? (partsOf(value)[0] ?? value) : value);
  return fitOneValue(text, 'PN').replace(/[\^=]/g, ' ').trim();
}

/** XPN from its first part, in HL7's order: family, given, middle, suffix, prefix. DICOM has the prefix first. */
function nameGroup(parts: readonly Hl7Value[]): string {
  const [family, given, middle, suffix, prefix] = parts.map(namePart);
  return [family, given, middle, prefix, suffix]
    .map((part) => part ?? '')
    .join('^')
    .replace(/\^+$/, '');
}

/** Position of a group in PN by XPN.8 and XCN.15, Name Representation Code (table 0465). */
const GROUPS: ReadonlyMap<string, number> = new Map([
  ['A', 0],
  ['', 0],
  ['I', 1],
  ['P', 2],
]);

interface NameLayout {
  /** Index of the family name among the parts. */
  readonly family: number;
  readonly type: number;
  readonly representation: number;
}

const XPN: NameLayout = { family: 0, type: 6, representation: 7 };
const XCN: NameLayout = { family: 1, type: 9, representation: 14 };

/** The repetitions of one name: legal (L) where there is one, in up to three ways of writing. */
function toName(values: readonly Hl7Value[], layout: NameLayout): Conversion {
  const names = values.map((value) => {
    const parts = partsOf(value);
    const text = (index: number) => (parts[index] === undefined ? '' : textOf(parts[index]));
    return { parts, type: text(layout.type), group: GROUPS.get(text(layout.representation)) ?? 0 };
  });
  const chosen = (names.find(({ type }) => type === 'L') ?? names[0])?.type;
  const groups = ['', '', ''];
  for (const { parts, type, group } of names) {
    if (type === chosen && groups[group] === '') groups[group] = nameGroup(parts.slice(layout.family));
  }
  return { text: groups.join('=').replace(/=+$/, '') };
}

/** CE, CWE: code, text, system. Undefined for a text alone, and for a code that nothing says is one. */
function toCodeItem(parts: readonly Hl7Value[]): CodeItem | undefined {
  const text = (index: number) => (parts[index] === undefined ? '' : fitOneValue(textOf(parts[index]), 'LO'));
  const [code, meaning, scheme] = [text(0), text(1), text(2)];
  if (code === '' || code === '""' || (meaning === '' && scheme === '')) return undefined;
  const version = text(6);
  return [
    [code.length > MOST_CODE_CHARACTERS ? LONG_CODE_VALUE : CODE_VALUE, code],
    [CODING_SCHEME_DESIGNATOR, scheme === '' ? LOCAL_SCHEME : scheme],
    ...(version === '' || scheme === '' ? [] : [[CODING_SCHEME_VERSION, version] as const]),
    [CODE_MEANING, meaning === '' ? code : meaning],
  ];
}

/** A component that begins a code (OBR-4.4) with those after it; else the components of a repetition. */
function codeParts(value: Hl7Value): Hl7Value[] {
  if (value.level !== 'component') return partsOf(value);
  const { field, repetition } = value.segment.message.delimiters;
  const { text } = value.segment;
  const ends = [field, repetition].map((delimiter) => text.indexOf(delimiter, value.start)).filter((at) => at !== -1);
  const raw = text.slice(value.start, Math.min(text.length, ...ends));
  // Nothing but the two triplets is in a CE, so no version follows the second.
  return partsOf({ ...value, level: 'repetition', raw }).slice(0, 3);
}

/** What of a component people read: of HD (namespace, universal ID, its type) the first that is there. */
function readableParts(component: Hl7Value): readonly Hl7Value[] {
  const parts = partsOf(component);
  // A blank behind the delimiter: it is the "&" that a careless sender meant.
  if (parts.slice(1).some(({ raw }) => raw.startsWith(' '))) return [component];
  const isHd = parts.length === HD_PARTS;
  return isHd ? parts.filter(({ raw }) => raw !== '').slice(0, 1) : parts;
}

function joined(value: Hl7Value): string {
  const components = value.level === 'repetition' ? partsOf(value) : [value];
  return components
    .flatMap(readableParts)
    .map(({ raw, segment }) => unescapeText(raw, segment.message).trim())
    .filter((text) => text !== '')
    .join(' ');
}

/** Converts the values found at a path, of which there is at least one. */
export function convert(values: readonly [Hl7Value, ...Hl7Value[]], as: ConverterName, vr: ElementVr): Conversion {
  const [first] = values;
  switch (as) {
    case 'text':
      return vr === 'DS' || vr === 'IS' ? toNumber(textOf(first).trim(), vr) : { text: fitOneValue(textOf(first), vr) };
    case 'joined':
      return { text: fitOneValue(joined(first), vr) };
    case 'list':
      return { text: values.map((value) => fitOneValue(textOf(value), vr)).join('\\') };
    case 'date':
      return toDate(textOf(first).trim());
    case 'time':
      return toTime(textOf(first).trim());
    case 'name':
      return toName(values, XPN);
    case 'person':
      return toName(values, XCN);
    case 'code':
      return { items: values.map((value) => toCodeItem(codeParts(value))).filter((item) => item !== undefined) };
    default:
      return as satisfies never;
  }
}
