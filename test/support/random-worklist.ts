/** Random worklist entries, and queries made from what such an entry holds, so that many of them match or nearly do. */

import { encodeText } from '../../src/dicom/charset/text-codec.ts';
import { DataSet, type Element, sequenceElement, valueElement } from '../../src/dicom/data-set.ts';
import { TAG, type Tag } from '../../src/dicom/tag.ts';
import { type Vr, vrTraits } from '../../src/dicom/vr.ts';

/** Letters that the set can write, and words of them: few, so that different values are often nearly equal. */
const ALPHABETS: Readonly<Record<string, readonly string[]>> = {
  '': ['A', 'b', 'B', '1'],
  'ISO_IR 100': ['A', 'ü', 'Ü', 'é'],
  'ISO_IR 101': ['A', 'ł', 'Ł', 'ő'],
  'ISO_IR 144': ['A', 'ж', 'Ж', 'й'],
  'ISO_IR 126': ['A', 'σ', 'ς', 'Σ'],
  'ISO_IR 13': ['A', 'ｱ', 'ﾔ', 'ﾞ'],
  'ISO_IR 192': ['A', 'é', 'e\u0301', '山', '田', '𠮟', 'ß', 'ø', 'ﬁ'],
  GB18030: ['A', '张', '小', 'é', '𠮟', '東'],
  GBK: ['A', '张', '小', '東'],
  '\\ISO 2022 IR 87': ['A', '山', 'ま', 'た', 'だ', 'う'],
  'ISO 2022 IR 13\\ISO 2022 IR 87': ['A', 'ﾔ', '山', 'ま', 'た'],
  '\\ISO 2022 IR 149': ['A', '김', '희', '洪'],
  '\\ISO 2022 IR 58': ['A', '张', '小', '明'],
  '\\ISO 2022 IR 159': ['A', '丂', '丄'],
};

interface Kind {
  readonly tag: Tag;
  readonly vr: Vr;
}

const ROOT_KINDS: readonly Kind[] = [
  { tag: 0x00080030, vr: 'TM' },
  { tag: 0x0008002a, vr: 'DT' },
  { tag: TAG.AccessionNumber, vr: 'SH' },
  { tag: TAG.PatientName, vr: 'PN' },
  { tag: TAG.PatientID, vr: 'LO' },
  { tag: 0x00100030, vr: 'DA' },
  { tag: 0x00100040, vr: 'CS' },
  { tag: 0x00101010, vr: 'AS' },
  { tag: 0x00101030, vr: 'DS' },
  { tag: 0x001021c0, vr: 'US' },
  { tag: 0x00104000, vr: 'LT' },
  { tag: TAG.StudyInstanceUID, vr: 'UI' },
  { tag: 0x00200013, vr: 'IS' },
  { tag: 0x00080119, vr: 'UC' },
  { tag: 0x00080120, vr: 'UR' },
  { tag: 0x00089998, vr: 'LO' },
];
const STEP_KINDS: readonly Kind[] = [
  { tag: TAG.Modality, vr: 'CS' },
  { tag: TAG.ScheduledStationAETitle, vr: 'AE' },
  { tag: TAG.ScheduledProcedureStepStartDate, vr: 'DA' },
  { tag: TAG.ScheduledProcedureStepStartTime, vr: 'TM' },
  { tag: 0x00400006, vr: 'PN' },
  { tag: 0x00400007, vr: 'LO' },
];
const CODE_KINDS: readonly Kind[] = [
  { tag: 0x00080100, vr: 'SH' },
  { tag: 0x00080104, vr: 'LO' },
];
const CODES = 0x00400008;
const PRIVATE_GROUP = 0x00110000;

const FIXED: Partial<Record<Vr, readonly string[]>> = {
  AE: ['CT1', 'CT2', ' CT1', 'ct1', 'C T'],
  AS: ['010Y', '011Y', '010M'],
  CS: ['CT', 'MR', 'ct', 'C_T'],
  DA: ['20260309', '20260310', '20260311', '2026.03.10', '20261399'],
  DS: ['1', '1.0', '1e0', '2', '-1'],
  DT: [
    '2026',
    '202603',
    '20260310',
    '20260310080000',
    '20260310080000.5',
    '20260310090000+0100',
    '20260309230000-0900',
  ],
  IS: ['1', '01', '+1', '2'],
  TM: ['08', '0800', '080000', '080000.5', '080000.57', '08:00:00', '0830', '2359', '000500', '25'],
  UI: ['1.2.3', '1.2.4', '1.2.30'],
  UR: ['http://a/B', 'http://a/b'],
};
const MALFORMED: Partial<Record<Vr, readonly string[]>> = {
  AS: ['10Y'],
  DA: ['2026.03.10', 'today', '20260230', '20260310-x'],
  DS: ['x'],
  DT: ['20261', '2026-x'],
  IS: ['1.5'],
  TM: ['08:00', '24', '0860'],
  UI: ['1.2.*'],
};
const RANGED: readonly Vr[] = ['DA', 'TM', 'DT'];

/** Chance, from a source of numbers below 1. */
export class Dice {
  readonly #random: () => number;

  constructor(random: () => number) {
    this.#random = random;
  }

  chance(probability: number): boolean {
    return this.#random() < probability;
  }

  below(limit: number): number {
    return Math.floor(this.#random() * limit);
  }

  of<Value>(values: readonly Value[]): Value {
    return values[this.below(values.length)] as Value;
  }
}

export interface RandomPair {
  readonly identifier: DataSet;
  readonly entry: DataSet;
}

function word(dice: Dice, charset: string): string {
  const letters = ALPHABETS[charset] ?? [];
  return Array.from({ length: 1 + dice.below(3) }, () => dice.of(letters)).join('');
}

function name(dice: Dice, charset: string): string {
  const group = (): string =>
    Array.from({ length: 1 + dice.below(3) }, () => (dice.chance(0.2) ? '' : word(dice, charset))).join('^');
  return Array.from({ length: dice.chance(0.6) ? 1 : 1 + dice.below(3) }, () => (dice.chance(0.1) ? '' : group())).join(
    '=',
  );
}

function plainValue(dice: Dice, vr: Vr, charset: string): string {
  const fixed = FIXED[vr];
  if (fixed !== undefined) return dice.of(fixed);
  return vr === 'PN' ? name(dice, charset) : word(dice, charset);
}

function padded(dice: Dice, text: string): string {
  return dice.chance(0.1) ? ` ${text} ` : text;
}

function encode(text: string, vr: Vr, charset: string): Uint8Array {
  const { bytes } = encodeText(text, charset, vr);
  return bytes.length % 2 === 0 ? bytes : Buffer.concat([bytes, Buffer.of(vrTraits(vr).pad)]);
}

/** The stored texts of an element, remembered so that queries can be made of them. */
type Texts = Map<Tag, readonly string[]>;

function storedElement(dice: Dice, { tag, vr }: Kind, charset: string, texts: Texts): Element | undefined {
  if (dice.chance(0.1)) return undefined;
  if (vr === 'US') {
    const value = Buffer.alloc(2 * (1 + dice.below(2)), dice.below(2));
    return valueElement(tag, 'US', dice.chance(0.1) ? new Uint8Array(0) : value);
  }
  const count = vrTraits(vr).multiple && dice.chance(0.2) ? 2 : 1;
  const values = Array.from({ length: count }, () => plainValue(dice, vr, charset));
  texts.set(tag, values);
  const text = dice.chance(0.1) ? dice.of(['', '  ']) : values.map((value) => padded(dice, value)).join('\\');
  return valueElement(tag, vr, encode(text, vr, charset));
}

function addAll(dataSet: DataSet, elements: readonly (Element | undefined)[]): void {
  for (const element of elements) {
    if (element !== undefined) dataSet.insert(element);
  }
}

function charsetElement(charset: string): Element[] {
  return charset === '' ? [] : [valueElement(TAG.SpecificCharacterSet, 'CS', encode(charset, 'CS', ''))];
}

/** A private attribute in block 10 or 11, whichever its creator got. */
function privateElements(block: number, value: string): Element[] {
  return [
    valueElement(PRIVATE_GROUP + block, 'LO', Buffer.from('WLTOOL TEST ')),
    valueElement(PRIVATE_GROUP + block * 0x100 + 1, 'LO', Buffer.from(value)),
  ];
}

interface RandomEntry {
  readonly dataSet: DataSet;
  readonly charset: string;
  readonly texts: Texts;
}

function randomEntry(dice: Dice): RandomEntry {
  const charset = dice.chance(0.2) ? '' : dice.of(Object.keys(ALPHABETS));
  const texts: Texts = new Map();
  const item = (kinds: readonly Kind[], own: string): DataSet => {
    const dataSet = new DataSet();
    addAll(
      dataSet,
      kinds.map((kind) => storedElement(dice, kind, own, texts)),
    );
    return dataSet;
  };
  const steps = Array.from({ length: dice.chance(0.7) ? 1 : dice.below(4) }, () => {
    const own = dice.chance(0.1) ? 'ISO_IR 192' : charset;
    const step = item(STEP_KINDS, own);
    if (own !== charset) addAll(step, charsetElement(own));
    const codes = Array.from({ length: dice.below(3) }, () => item(CODE_KINDS, own));
    if (dice.chance(0.7)) step.insert(sequenceElement(CODES, codes));
    return step;
  });
  const dataSet = item(ROOT_KINDS, charset);
  addAll(dataSet, charsetElement(charset));
  for (const block of [0x10, 0x11]) {
    const elements = privateElements(block, dice.of(['one ', 'two ']));
    if (dice.chance(0.2)) addAll(dataSet, dice.chance(0.2) ? elements.slice(0, 1) : elements);
  }
  dataSet.insert(sequenceElement(TAG.ScheduledProcedureStepSequence, steps));
  return { dataSet, charset, texts };
}

/** Takes a stored text and makes a key of it that means the same, nearly the same, or something else. */
function keyText(dice: Dice, vr: Vr, stored: readonly string[] | undefined, charset: string): string {
  let text = stored === undefined || dice.chance(0.2) ? plainValue(dice, vr, charset) : dice.of(stored);
  if (vr === 'DA') text = text.replaceAll('.', '');
  if (vr === 'TM') text = text.replaceAll(':', '');
  if (dice.chance(0.03)) return dice.of(MALFORMED[vr] ?? [text]);
  if (dice.chance(0.05)) return dice.of(['*', '**', '-', ' ', '*\\*']);
  if (RANGED.includes(vr) && text !== '20261399' && text !== '25' && dice.chance(0.6)) {
    const other = dice.of((FIXED[vr] ?? []).filter((each) => !/[.:]\d\d[.:]|^20261399$|^25$/.test(each)));
    return dice.of([`${text}-`, `-${text}`, `${text}-${other}`, `${other}-${text}`]);
  }
  if (FIXED[vr] !== undefined && !['AE', 'CS', 'UR'].includes(vr)) return text;
  const characters = Array.from(text);
  if (dice.chance(0.3)) characters[dice.below(characters.length + 1)] = '?';
  if (dice.chance(0.4)) characters.splice(dice.below(characters.length + 1), dice.below(3), '*');
  text = characters.join('');
  if (dice.chance(0.1)) text = text.toUpperCase();
  if (vr === 'PN' && dice.chance(0.2))
    text = dice.of([`${text}^^`, `${text}==`, `=${text}`, ...text.split('='), `${text.split('^')[0]}^*`]);
  return text;
}

function keyElement(dice: Dice, { tag, vr }: Kind, charset: string, entry: RandomEntry): Element {
  if (dice.chance(0.1)) return valueElement(tag, vr, new Uint8Array(0));
  if (vr === 'US') return valueElement(tag, 'US', Buffer.alloc(dice.chance(0.05) ? 1 : 2, dice.below(2)));
  const count = vrTraits(vr).multiple && dice.chance(0.1) ? 2 : 1;
  const text = Array.from({ length: count }, () => padded(dice, keyText(dice, vr, entry.texts.get(tag), charset))).join(
    '\\',
  );
  return valueElement(tag, vr, encode(text, vr, charset));
}

/** A few keys: with many of them nothing would match. Start date and time are often asked for together. */
function keyLevel(dice: Dice, kinds: readonly Kind[], charset: string, entry: RandomEntry): DataSet {
  const together = kinds === STEP_KINDS && dice.chance(0.3);
  const isPeriod = ({ tag }: Kind): boolean =>
    tag === TAG.ScheduledProcedureStepStartDate || tag === TAG.ScheduledProcedureStepStartTime;
  const wanted = kinds.filter((kind) => (together ? isPeriod(kind) : dice.chance(1.2 / kinds.length)));
  return new DataSet(wanted.map((kind) => keyElement(dice, kind, charset, entry)));
}

/** Keys that can be sent in the entry's own set, another that has its characters, or one that has not. */
function queryCharset(dice: Dice, entry: RandomEntry): string {
  return dice.of([entry.charset, entry.charset, 'ISO_IR 192', 'GB18030', '']);
}

/** An entry, and a query for it. */
export function randomPair(dice: Dice): RandomPair {
  const entry = randomEntry(dice);
  const charset = queryCharset(dice, entry);
  const level = (kinds: readonly Kind[]): DataSet => keyLevel(dice, kinds, charset, entry);
  const identifier = dice.chance(0.5) ? level(ROOT_KINDS) : new DataSet();
  addAll(identifier, charsetElement(charset));
  if (dice.chance(0.1)) addAll(identifier, privateElements(0x10, dice.of(['one ', 'two ', '*'])));
  if (dice.chance(0.9)) {
    const items = Array.from({ length: dice.chance(0.97) ? 1 : 2 }, () => level(STEP_KINDS));
    const [first] = items;
    if (first !== undefined && dice.chance(0.3)) first.insert(sequenceElement(CODES, [level(CODE_KINDS)]));
    identifier.insert(sequenceElement(TAG.ScheduledProcedureStepSequence, dice.chance(0.1) ? [] : items));
  }
  return { identifier, entry: entry.dataSet };
}
