/**
 * The matching rules of docs/matching.md, once more: slow, plain, and on decoded text throughout. Nothing is shared with
 * the matcher but the data set, the dictionary and the character sets.
 */

import { decodeText, splitValues } from '../../src/dicom/charset/text-codec.ts';
import { DataSet, type Element, plainText, specificCharacterSet, type ValueElement } from '../../src/dicom/data-set.ts';
import { lookupTag } from '../../src/dicom/dictionary.ts';
import { TAG, type Tag } from '../../src/dicom/tag.ts';
import { decidedVr, type Vr } from '../../src/dicom/vr.ts';

/** The identifier is to be refused. */
export class Malformed extends Error {}

interface Side {
  readonly dataSet: DataSet;
  readonly charset: string;
}

const NO_KEYS: readonly Tag[] = [TAG.SpecificCharacterSet, TAG.TimezoneOffsetFromUTC, TAG.QueryRetrieveLevel];
const CHARACTER_SET_VRS = ['SH', 'LO', 'ST', 'LT', 'UC', 'UT', 'PN'];
const UNDIVIDED_VRS = ['ST', 'LT', 'UT', 'UR'];
const LEADING_BLANKS_COUNT_VRS = ['ST', 'LT', 'UT', 'UR', 'UC'];

function valuesOf(element: ValueElement, vr: Vr, charset: string): string[] {
  if (CHARACTER_SET_VRS.includes(vr)) {
    return splitValues(element.value, charset, vr).map((bytes) => decodeText(bytes, charset, vr));
  }
  const text = Buffer.from(element.value).toString('latin1');
  return UNDIVIDED_VRS.includes(vr) ? [text] : text.split('\\');
}

function trim(text: string, vr: Vr): string {
  let trimmed = text;
  while (trimmed.endsWith(' ') || trimmed.endsWith('\0')) trimmed = trimmed.slice(0, -1);
  if (LEADING_BLANKS_COUNT_VRS.includes(vr)) return trimmed;
  while (trimmed.startsWith(' ') || trimmed.startsWith('\0')) trimmed = trimmed.slice(1);
  return trimmed;
}

/** The pattern as a regular expression: each character for itself, "?" for one, "*" for any number. */
function fits(pattern: string, text: string): boolean {
  const source = Array.from(pattern, (character) => {
    if (character === '*') return '.*';
    if (character === '?') return '.';
    return `\\u{${character.codePointAt(0)?.toString(16)}}`;
  });
  return new RegExp(`^${source.join('')}$`, 'su').test(text);
}

/** Lower case by way of upper case, letter by letter where that leaves one letter; with `fuzzy` without accents. */
function foldName(name: string, fuzzy: boolean): string {
  const lower = (text: string): string =>
    [...text]
      .map((letter) => {
        const upper = letter.toUpperCase();
        const same = [upper.length === letter.length ? upper : letter].map((each) => each.toLowerCase()).join('');
        return same.length === letter.length ? same : letter;
      })
      .join('');
  const folded = lower(name.normalize('NFC'));
  if (!fuzzy) return folded;
  const strokes = 'øołlđdðdħhŧtıiŋnɓbɗdƙk';
  const bare = [...folded.normalize('NFD')]
    .filter((letter) => letter < '\u0300' || letter > '\u036f')
    .join('')
    .normalize('NFC');
  const replaced = [...bare]
    .map((letter) => {
      const at = [...strokes].indexOf(letter);
      return at % 2 === 0 ? ([...strokes][at + 1] as string) : letter;
    })
    .join('');
  return lower(replaced);
}

function withoutEmptyEnd(parts: readonly string[], separator: string): string {
  let text = parts.join(separator);
  while (text.endsWith(separator)) text = text.slice(0, -1);
  return text;
}

function normalName(name: string, fuzzy: boolean): string {
  const groups = foldName(name, fuzzy)
    .split('=')
    .map((group) =>
      withoutEmptyEnd(
        group.split('^').map((component) => trim(component, 'PN')),
        '^',
      ),
    );
  return withoutEmptyEnd(groups, '=');
}

function groupFits(pattern: string, group: string): boolean {
  if (group === '') return false;
  if (fits(pattern, group)) return true;
  if (!/[*?]/.test(pattern)) return false;
  const carets = (text: string): number => text.replace(/[^^]/g, '').length;
  return (
    carets(pattern) > carets(group) && fits(pattern, group.padEnd(group.length + carets(pattern) - carets(group), '^'))
  );
}

function nameFits(pattern: string, name: string): boolean {
  if (name === '') return false;
  if (fits(pattern, name)) return true;
  const groups = name.split('=');
  if (!pattern.includes('=')) return groups.some((group) => groupFits(pattern, group));
  return pattern.split('=').every((part, index) => part === '' || groupFits(part, groups[index] ?? ''));
}

/** A date as its eight digits, '' for none. */
function dateDigits(text: string, old: boolean): string {
  const digits = old ? text.replace(/^(\d{4})\.(\d\d)\.(\d\d)$/, '$1$2$3') : text;
  if (!/^\d{8}$/.test(digits)) return '';
  const day = new Date(`${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().slice(0, 10).replaceAll('-', '') === digits ? digits : '';
}

/** A time as twelve digits, what was left out being zero, or the last there is with `end`; '' for none. */
function timeDigits(text: string, old: boolean, end: boolean): string {
  const plain = old && /^\d\d:\d\d(:\d\d(\.\d+)?)?$/.test(text) ? text.replaceAll(':', '') : text;
  if (!/^([01]\d|2[0-3])([0-5]\d([0-5]\d(\.\d{1,6})?|60(\.\d{1,6})?)?)?$/.test(plain)) return '';
  const digits = plain.replace('.', '');
  return end ? digits + '235959999999'.slice(digits.length) : digits.padEnd(12, '0');
}

interface Range {
  readonly isRange: boolean;
  readonly from: string;
  readonly to: string;
}

function readRange(text: string, isMoment: (text: string) => boolean): Range {
  const parts = text.split('-');
  if (parts.length > 2 || parts.some((part) => part !== '' && !isMoment(part)) || text === '') throw new Malformed();
  const [from = '', to] = parts;
  return { isRange: to !== undefined, from, to: to ?? from };
}

function readDateRange(text: string): Range {
  return readRange(text, (part) => dateDigits(part, false) !== '');
}

function readTimeRange(text: string): Range {
  return readRange(text, (part) => timeDigits(part, false, false) !== '');
}

function dateFits({ from, to }: Range, stored: string): boolean {
  const date = dateDigits(stored, true);
  return date !== '' && (from === '' || from <= date) && (to === '' || date <= to);
}

function timeFits({ isRange, from, to }: Range, stored: string): boolean {
  const time = timeDigits(stored, true, false);
  if (time === '') return false;
  if (!isRange) return timeDigits(from, false, false) === time;
  return (from === '' || timeDigits(from, false, false) <= time) && (to === '' || time <= timeDigits(to, false, true));
}

/** Date and time in one value, in microseconds: its first and last, and its offset in minutes. */
function dateTimeSpan(text: string): { first: bigint; last: bigint; offset: number | undefined } | undefined {
  const [, digits = '', fraction, sign, hours = '', minutes = ''] =
    /^(\d{4}|\d{6}|\d{8}|\d{10}|\d{12}|\d{14}(?:\.(\d{1,6}))?)(?:([+-])(\d\d)(\d\d))?$/.exec(text) ?? [];
  if (digits === '') return undefined;
  const stem = digits.slice(0, 14);
  const month = stem.slice(4, 6) || '01';
  const firstDay = dateDigits(`${stem.slice(0, 4)}${month}${stem.slice(6, 8) || '01'}`, false);
  const firstTime = timeDigits(stem.length > 8 ? digits.slice(8) : '00', false, false);
  if (firstDay === '' || firstTime === '') return undefined;
  const offset = sign === undefined ? undefined : Number(`${sign}1`) * (Number(hours) * 60 + Number(minutes));
  if (
    offset !== undefined &&
    (Number(minutes) > 59 || offset < -720 || offset > 840 || `${sign}${hours}${minutes}` === '-0000')
  )
    return undefined;
  const day = Date.UTC(2000, Number(firstDay.slice(4, 6)) - 1, Number(firstDay.slice(6)));
  const start = new Date(day);
  start.setUTCFullYear(Number(firstDay.slice(0, 4)), Number(firstDay.slice(4, 6)) - 1, Number(firstDay.slice(6)));
  const next = new Date(start);
  if (stem.length === 4) next.setUTCFullYear(next.getUTCFullYear() + 1);
  else if (stem.length === 6) next.setUTCMonth(next.getUTCMonth() + 1);
  else next.setUTCDate(next.getUTCDate() + 1);
  const micros = (time: string): bigint =>
    ((BigInt(time.slice(0, 2)) * 60n + BigInt(time.slice(2, 4))) * 60n + BigInt(time.slice(4, 6))) * 1_000_000n +
    BigInt(time.slice(6));
  const first = BigInt(start.getTime()) * 1000n + micros(firstTime);
  const unit = { 10: 3_600_000_000n, 12: 60_000_000n, 14: 1_000_000n }[stem.length];
  const length = fraction === undefined ? unit : 10n ** BigInt(6 - fraction.length);
  return { first, last: length === undefined ? BigInt(next.getTime()) * 1000n - 1n : first + length - 1n, offset };
}

function dateTimeFits(key: string, stored: string): boolean {
  const value = dateTimeSpan(stored);
  const cuts = [...key].flatMap((character, index) => (character === '-' ? [index] : []));
  const sides = cuts
    .map((cut) => [key.slice(0, cut), key.slice(cut + 1)] as const)
    .find((pair) => pair.every((side) => side === '' || dateTimeSpan(side) !== undefined));
  const single = cuts.length === 0 ? dateTimeSpan(key) : undefined;
  if (sides === undefined && single === undefined) throw new Malformed();
  if (value === undefined) return false;
  const shift = (bound: { offset: number | undefined }): bigint =>
    value.offset === undefined || bound.offset === undefined ? 0n : BigInt(bound.offset - value.offset) * 60_000_000n;
  if (single !== undefined) return value.first + shift(single) === single.first;
  const [from, to] = (sides ?? []).map((side) => dateTimeSpan(side));
  return (
    (from === undefined || value.first + shift(from) >= from.first) &&
    (to === undefined || value.first + shift(to) <= to.last)
  );
}

function numbersOf(value: Uint8Array, vr: Vr): number[] {
  const buffer = Buffer.from(value);
  const size = { US: 2, SS: 2, UL: 4, SL: 4, FL: 4, FD: 8 }[vr as string];
  if (size === undefined || buffer.length % size !== 0) throw new Malformed();
  return Array.from({ length: buffer.length / size }, (_, index) => {
    switch (vr) {
      case 'US':
        return buffer.readUInt16LE(index * size);
      case 'SS':
        return buffer.readInt16LE(index * size);
      case 'UL':
        return buffer.readUInt32LE(index * size);
      case 'SL':
        return buffer.readInt32LE(index * size);
      case 'FL':
        return buffer.readFloatLE(index * size);
      default:
        return buffer.readDoubleLE(index * size);
    }
  });
}

/** How one value of a key is compared with one stored value of the VR. */
function comparison(vr: Vr, fuzzy: boolean): (key: string, stored: string) => boolean {
  const exact = (valid: RegExp) => (key: string, stored: string) => {
    if (!valid.test(key)) throw new Malformed();
    return key === stored;
  };
  const numeric = (valid: RegExp) => (key: string, stored: string) => {
    if (!valid.test(key)) throw new Malformed();
    return valid.test(stored) && Number(key) === Number(stored);
  };
  switch (vr) {
    case 'PN':
      return (key, stored) => nameFits(normalName(key, fuzzy), normalName(stored, fuzzy));
    case 'DA':
      return (key, stored) => dateFits(readDateRange(key), stored);
    case 'TM':
      return (key, stored) => timeFits(readTimeRange(key), stored);
    case 'DT':
      return dateTimeFits;
    case 'UI':
      return exact(/^[\d.]+$/);
    case 'AS':
      return exact(/^\d\d\d[DWMY]$/);
    case 'IS':
      return numeric(/^[+-]?\d+$/);
    case 'DS':
      return numeric(/^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/);
    case 'CS':
      return (key, stored) => fits(key.toUpperCase(), stored.toUpperCase());
    default:
      return (key, stored) => fits(key.normalize('NFC'), stored.normalize('NFC'));
  }
}

/** Undefined where the value of the key asks for nothing. */
function keyValues(element: ValueElement, vr: Vr, charset: string, fuzzy: boolean): string[] | undefined {
  const values = valuesOf(element, vr, charset)
    .map((value) => trim(value, vr))
    .filter((value) => (vr === 'PN' ? normalName(value, fuzzy) : value) !== '');
  const asksNothing = (value: string): boolean =>
    /^\*+$/.test(vr === 'PN' ? normalName(value, fuzzy) : value) || (value === '-' && ['DA', 'TM', 'DT'].includes(vr));
  return values.length === 0 || values.some(asksNothing) ? undefined : values;
}

function textual(vr: Vr): boolean {
  return /^(AE|AS|CS|DA|DS|DT|IS|LO|LT|PN|SH|ST|TM|UC|UI|UR|UT)$/.test(vr);
}

function storedValues(side: Side, tag: Tag, vr: Vr): string[] {
  const element = side.dataSet.get(tag);
  if (element?.kind !== 'value' || !(textual(decidedVr(element.vr)) || element.vr === 'UN')) return [];
  return valuesOf(element, vr, side.charset)
    .map((value) => trim(value, vr))
    .filter((value) => value !== '');
}

/** Where the side keeps a private attribute of this creator. */
function privateTag(side: Side, tag: Tag, creator: string): Tag {
  const group = Math.floor(tag / 0x10000) * 0x10000;
  const blocks = Array.from({ length: 0xf0 }, (_, index) => index + 0x10);
  const own = blocks.filter((block) => plainText(side.dataSet, group + block).trim() === creator);
  const tags = own.map((block) => group + block * 0x100 + (tag & 0xff));
  return tags.find((each) => side.dataSet.has(each)) ?? 0;
}

function keyFits(key: Side, element: Element, entry: Side, fuzzy: boolean): boolean {
  const isPrivate = Math.floor(element.tag / 0x10000) % 2 === 1;
  const low = element.tag & 0xffff;
  if (low === 0 || (isPrivate && low < 0x100)) return true;
  if (
    [TAG.SpecificCharacterSet, TAG.TimezoneOffsetFromUTC, TAG.QueryRetrieveLevel].some((tag) => tag === element.tag)
  ) {
    return true;
  }
  const creatorTag = element.tag - low + (low >> 8);
  const creator = isPrivate ? plainText(key.dataSet, creatorTag).trim() : '';
  const known = lookupTag(element.tag, isPrivate ? creator : undefined)?.vr;
  if (known === undefined && creator === '') return true;
  const tag = isPrivate ? privateTag(entry, element.tag, creator) : element.tag;
  if (element.kind === 'sequence') {
    if (element.items.length > 1) throw new Malformed();
    const [item] = element.items;
    if (item === undefined) return true;
    const inner = { dataSet: item.dataSet, charset: specificCharacterSet(item.dataSet, key.charset) };
    const stored = entry.dataSet
      .items(tag)
      .map(({ dataSet }) => ({ dataSet, charset: specificCharacterSet(dataSet, entry.charset) }));
    const asks = !levelFits(inner, undefined, fuzzy);
    return stored.filter((each) => levelFits(inner, each, fuzzy)).length > 0 || !asks;
  }
  if (element.kind !== 'value' || element.value.length === 0) return true;
  const vr = decidedVr(known ?? element.vr);
  if (!textual(vr)) {
    const wanted = numbersOf(element.value, vr);
    const stored = entry.dataSet.get(tag);
    return (
      stored?.kind === 'value' && numbersOf(stored.value, decidedVr(stored.vr)).some((each) => wanted.includes(each))
    );
  }
  const values = keyValues(element, vr, key.charset, fuzzy);
  if (values === undefined) return true;
  const compare = comparison(vr, fuzzy);
  // Every pair is compared, so that a malformed key is found whatever is stored.
  const stored = storedValues(entry, tag, vr);
  const results = values.flatMap((value) => [
    compare(value, '') && false,
    ...stored.map((each) => compare(value, each)),
  ]);
  return results.includes(true);
}

/** The period of a step, where both of its keys are one range. */
function periodFits(key: Side, entry: Side): boolean | undefined {
  const range = (tag: Tag, vr: Vr, read: (text: string) => Range): Range | undefined => {
    const element = key.dataSet.get(tag);
    const values = element?.kind === 'value' ? keyValues(element, vr, '', false) : undefined;
    return new Set(values).size === 1 && values !== undefined ? read(values[0] as string) : undefined;
  };
  const date = range(TAG.ScheduledProcedureStepStartDate, 'DA', readDateRange);
  const time = range(TAG.ScheduledProcedureStepStartTime, 'TM', readTimeRange);
  if (date?.isRange !== true || time?.isRange !== true) return undefined;
  const from =
    date.from === '' ? '' : date.from + (time.from === '' ? '000000000000' : timeDigits(time.from, false, false));
  const to = date.to === '' ? '' : date.to + (time.to === '' ? '999999999999' : timeDigits(time.to, false, true));
  const dates = storedValues(entry, TAG.ScheduledProcedureStepStartDate, 'DA').map((text) => dateDigits(text, true));
  const times = storedValues(entry, TAG.ScheduledProcedureStepStartTime, 'TM').map((text) =>
    timeDigits(text, true, false),
  );
  return dates
    .flatMap((day) => times.map((clock) => (day === '' || clock === '' ? '' : day + clock)))
    .some((moment) => moment !== '' && (from === '' || from <= moment) && (to === '' || moment <= to));
}

/** Whether a data set or item meets every key; an absent one where `entry` is undefined. */
function levelFits(key: Side, entry: Side | undefined, fuzzy: boolean, except?: Tag): boolean {
  const stored: Side = entry ?? { dataSet: new DataSet(), charset: '' };
  const period = periodFits(key, stored);
  return key.dataSet.elements
    .filter(({ tag }) => tag !== except)
    .map((element) => {
      const start =
        element.tag === TAG.ScheduledProcedureStepStartDate || element.tag === TAG.ScheduledProcedureStepStartTime;
      return start && period !== undefined ? period : keyFits(key, element, stored, fuzzy);
    })
    .every(Boolean);
}

/**
 * The positions of the matching steps.
 * @throws Malformed for an identifier that must be refused
 */
export function referenceMatch(identifier: DataSet, entry: DataSet, fuzzy = false): number[] {
  const key = { dataSet: identifier, charset: specificCharacterSet(identifier) };
  const root = { dataSet: entry, charset: specificCharacterSet(entry) };
  const isKey = ({ tag }: Element): boolean => !NO_KEYS.includes(tag) && tag % 0x10000 !== 0;
  if (!identifier.elements.some(isKey)) return [];
  const stepKey = identifier.items(TAG.ScheduledProcedureStepSequence);
  if (stepKey.length > 1) throw new Malformed();
  const atRoot = levelFits(key, root, fuzzy, TAG.ScheduledProcedureStepSequence);
  const [item] = stepKey;
  const inner = item && { dataSet: item.dataSet, charset: specificCharacterSet(item.dataSet, key.charset) };
  if (inner !== undefined) levelFits(inner, undefined, fuzzy);
  const steps = entry.items(TAG.ScheduledProcedureStepSequence).map(({ dataSet }, index) => {
    const step = { dataSet, charset: specificCharacterSet(dataSet, root.charset) };
    return inner === undefined || levelFits(inner, step, fuzzy) ? [index] : [];
  });
  return atRoot ? steps.flat() : [];
}
