/** A mapping as it is written, checked and made ready for use. */

import { lookupTag } from '../../dicom/dictionary.ts';
import { nearest } from '../../dicom/nearest.ts';
import { formatTag } from '../../dicom/tag.ts';
import type { ElementVr } from '../../dicom/vr.ts';
import { UsageError } from '../../errors.ts';
import type { Key } from '../../keys/key.ts';
import { parseKey } from '../../keys/parse-key.ts';
import { messageCharset, whyNoCharset } from './charset.ts';
import {
  CONTROL_ACTIONS,
  CONVERTER_NAMES,
  type ControlAction,
  type ConverterName,
  type Hl7Mapping,
  type MappingRule,
  type Neighbour,
} from './mapping.ts';
import { type Hl7Path, readComponent, readPath } from './path.ts';

/** Reports what is wrong at a place: the names and indexes that lead to it. */
export type Report = (place: readonly string[], message: string, hint?: string) => void;

const SECTIONS = ['map', 'control', 'status', 'characterSet'];
const RULE_PARTS = ['from', 'beside', 'component', 'as', 'table', 'value'];
/** A rule has one of them. */
const SOURCES = ['from', 'beside', 'value'];
const PATH_HINT = 'write segment-field.component, e.g. OBR-18, PID-3.4.1, OBX[3.1=29463-7]-5';

/** The attribute that a key names, whatever form it is in; no index means the first item here. */
export function attributeOf(key: Key): string {
  return [...key.path, key].map(({ tag, item }) => `${formatTag(tag)}[${item ?? 0}]`).join('.');
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function unknownName(name: string, known: readonly string[]): string {
  const [meant] = nearest(name, known, 1);
  return meant === undefined ? `one of ${known.join(', ')}` : `did you mean "${meant}"?`;
}

/** Puts what `source` says over `base`. What is wrong is reported and left as it was. */
export function compileMapping(source: unknown, base: Hl7Mapping | undefined, today: Date, report: Report): Hl7Mapping {
  return new MappingCompiler(today, report).compile(source, base);
}

class MappingCompiler {
  readonly #today: Date;
  readonly #report: Report;

  constructor(today: Date, report: Report) {
    this.#today = today;
    this.#report = report;
  }

  compile(source: unknown, base: Hl7Mapping | undefined): Hl7Mapping {
    const sections = this.#object(source, []);
    for (const name of Object.keys(sections)) {
      if (!SECTIONS.includes(name))
        this.#report([name], `"${name}" is no part of a mapping`, unknownName(name, SECTIONS));
    }
    const characterSet = sections['characterSet'];
    return {
      rules: this.#rules(sections['map'], base),
      control: this.#actions('control', sections['control'], base?.control),
      status: this.#actions('status', sections['status'], base?.status),
      characterSet: characterSet === undefined ? base?.characterSet : this.#charset(characterSet),
    };
  }

  #object(value: unknown, place: readonly string[]): Readonly<Record<string, unknown>> {
    if (value === undefined) return {};
    if (isObject(value)) return value;
    this.#report(
      place,
      `${place.at(-1) ?? 'a mapping'} must be an object`,
      'for example { "map": { "Modality": "OBR-24" } }',
    );
    return {};
  }

  #charset(name: unknown) {
    const names = typeof name === 'string' ? name.split('~') : [];
    const charset = names.length === 0 ? undefined : messageCharset(names);
    if (charset === undefined) {
      const hint = 'for example 8859/1 or UNICODE UTF-8; docs/orders.md has all that are read';
      const message = `${JSON.stringify(name)} is a character set that is ${whyNoCharset(names)}`;
      this.#report(['characterSet'], message, hint);
    }
    return charset;
  }

  #actions(section: string, value: unknown, base: ReadonlyMap<string, ControlAction> | undefined) {
    const actions = new Map(base);
    for (const [code, action] of Object.entries(this.#object(value, [section]))) {
      const known = CONTROL_ACTIONS.find((name) => name === action);
      if (known !== undefined) actions.set(code.toUpperCase(), known);
      else this.#report([section, code], `${JSON.stringify(action)} is nothing to do`, 'write, remove or ignore');
    }
    return actions;
  }

  #rules(value: unknown, base: Hl7Mapping | undefined): ReadonlyMap<string, MappingRule> {
    const rules = new Map(base?.rules);
    const neighbours: (readonly [name: string, beside: Neighbour])[] = [];
    for (const [name, source] of Object.entries(this.#object(value, ['map']))) {
      const key = this.#key(name, '', ['map', name]);
      if (key === undefined) continue;
      if (source === null) rules.delete(attributeOf(key));
      else {
        const rule = this.#rule(key, name, source);
        if (rule !== undefined) rules.set(attributeOf(key), rule);
        if (rule?.beside !== undefined) neighbours.push([name, rule.beside]);
      }
    }
    for (const [name, { attribute }] of neighbours) {
      if ((rules.get(attribute)?.from.length ?? 0) > 0) continue;
      const place = ['map', name, 'beside'];
      this.#report(place, 'this attribute has no place that anything could be beside', 'name one that has "from"');
    }
    return rules;
  }

  /** The key of a rule; with a value where the rule has one for every order. */
  #key(name: string, value: string, place: readonly string[]): Key | undefined {
    try {
      if (name.includes('=')) throw new UsageError(`"${name}": a key stands here without a value`);
      return parseKey(`${name}=${value}`, { bareKeywords: 'worklist', today: this.#today });
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      this.#report(place, error.message, error.hint);
      return undefined;
    }
  }

  #rule(key: Key, name: string, source: unknown): MappingRule | undefined {
    const place = ['map', name];
    const parts = typeof source === 'string' || Array.isArray(source) ? { from: source } : this.#object(source, place);
    for (const part of Object.keys(parts)) {
      if (!RULE_PARTS.includes(part))
        this.#report([...place, part], `"${part}" is no part of a rule`, unknownName(part, RULE_PARTS));
    }
    const vr = lookupTag(key.tag)?.vr ?? 'UN';
    const [, another] = SOURCES.filter((source) => source in parts);
    if (another !== undefined) {
      this.#report([...place, another], 'a rule has "from", "beside" or "value", and not two of them');
      return undefined;
    }
    if ('component' in parts && !('beside' in parts)) {
      const hint = 'behind "from" it is part of the place: PID-3.4.1';
      this.#report([...place, 'component'], '"component" goes with "beside"', hint);
    }
    const { value } = parts as { value?: unknown };
    if (value !== undefined && typeof value !== 'string') {
      this.#report([...place, 'value'], 'a value is a text', 'for example "value": "CT"');
      return undefined;
    }
    const constant = value === undefined ? undefined : this.#key(name, value, place)?.value;
    const beside = 'beside' in parts ? this.#neighbour(parts, place) : undefined;
    if ('beside' in parts && beside === undefined) return undefined;
    const hasPlaces = value === undefined && beside === undefined;
    const from = hasPlaces ? this.#paths(parts, parts === source ? [...place, 'from'] : place) : [];
    if (from === undefined) return undefined;
    const as = this.#converter((parts as { as?: unknown }).as, vr, [...place, 'as']);
    if (as === undefined) return undefined;
    const table = this.#table((parts as { table?: unknown }).table, [...place, 'table']);
    return { key, vr, from, beside, as, table, constant };
  }

  #paths({ from: source, ...others }: { from?: unknown }, place: readonly string[]): readonly Hl7Path[] | undefined {
    if (source === undefined) {
      // A part that is misspelt was reported already.
      const isKnown = Object.keys(others).every((part) => RULE_PARTS.includes(part));
      if (isKnown) this.#report(place, 'a rule needs "from" or "value"', PATH_HINT);
      return undefined;
    }
    const texts: readonly unknown[] = Array.isArray(source) ? source : [source];
    const paths = texts.map((text, index) => {
      const path = typeof text === 'string' ? readPath(text) : undefined;
      const at = Array.isArray(source) ? [...place, String(index)] : place;
      if (path === undefined) this.#report(at, `${JSON.stringify(text)} is no place in an HL7 message`, PATH_HINT);
      return path;
    });
    return paths.every((path) => path !== undefined) ? paths : undefined;
  }

  #neighbour({ beside, component }: { beside?: unknown; component?: unknown }, place: readonly string[]) {
    const key = this.#key(String(beside), '', [...place, 'beside']);
    const steps = component === undefined ? [] : readComponent(String(component));
    if (steps === undefined) {
      const message = `${JSON.stringify(component)} is no component`;
      this.#report([...place, 'component'], message, 'write component, or component.subcomponent, e.g. 4.1');
    }
    return key === undefined || steps === undefined ? undefined : { attribute: attributeOf(key), steps };
  }

  #converter(name: unknown, vr: ElementVr, place: readonly string[]): ConverterName | undefined {
    const known = name === undefined ? usualConverter(vr) : CONVERTER_NAMES.find((each) => each === name);
    if (known === undefined)
      this.#report(place, `${JSON.stringify(name)} is no conversion`, unknownName(String(name), CONVERTER_NAMES));
    else if ((known === 'code') !== (vr === 'SQ')) {
      this.#report(
        place,
        `"${known}" does not make a value of ${vr}`,
        'code makes items of a code sequence, and nothing else does',
      );
      return undefined;
    }
    return known;
  }

  #table(source: unknown, place: readonly string[]): ReadonlyMap<string, string> | undefined {
    if (source === undefined) return undefined;
    const table = new Map<string, string>();
    for (const [from, to] of Object.entries(this.#object(source, place))) {
      if (typeof to === 'string') table.set(from.toUpperCase(), to);
      else this.#report([...place, from], `${JSON.stringify(to)} is no text`, 'for example "B6": "3"');
    }
    return table;
  }
}

function usualConverter(vr: ElementVr): ConverterName {
  switch (vr) {
    case 'DA':
      return 'date';
    case 'TM':
      return 'time';
    case 'PN':
      return 'name';
    case 'SQ':
      return 'code';
    default:
      return 'text';
  }
}
