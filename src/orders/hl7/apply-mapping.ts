/** The values of one order for the attributes of an entry, by the mapping. */

import { TAG, type Tag } from '../../dicom/tag.ts';
import type { Findings } from '../../dump-text/findings.ts';
import type { Span } from '../../dump-text/source-text.ts';
import type { Key } from '../../keys/key.ts';
import type { EntryIdentity } from '../entry-name.ts';
import type { Assignment } from '../make-entry.ts';
import { PATIENT_TAGS, type Patient } from '../patient.ts';
import { REQUEST_TAGS, type Request } from '../request.ts';
import { type CodeItem, type Conversion, convert } from './convert.ts';
import type { Hl7Mapping, MappingRule, Neighbour } from './mapping.ts';
import { type Hl7Value, type Segment, spanOf, spanOfSegment } from './message.ts';
import type { OrderGroup } from './order-groups.ts';
import { type Hl7Path, pathBeside, textOf, valueBeside, valuesAt } from './path.ts';

/** HL7's word for "delete what you have" (2.5.3 of v2.5.1). */
const HL7_NULL = '""';
/** In a table: all values that it does not name; and as what they become, the values themselves. */
const ANY_OTHER = '*';

interface Found {
  readonly path: Hl7Path;
  readonly value: Hl7Value;
  readonly conversion: Conversion;
}

interface Mapped {
  readonly text: string;
  /** Undefined for what is the same for every order, or nowhere. */
  readonly segment: Segment | undefined;
}

function holdsSomething(conversion: Conversion): boolean {
  if ('items' in conversion) return conversion.items.length > 0;
  return 'problem' in conversion || conversion.warning !== undefined || conversion.text !== '';
}

function convertAt(path: Hl7Path, values: readonly Hl7Value[], { as, vr }: MappingRule): Found | undefined {
  const [value, ...others] = values;
  if (value === undefined) return undefined;
  if (value.raw === HL7_NULL) return { path, value, conversion: as === 'code' ? { items: [] } : { text: '' } };
  return { path, value, conversion: convert([value, ...others], as, vr) };
}

/** The first place of a rule that gives something. */
function find(rule: MappingRule, segments: readonly Segment[], { rules }: Hl7Mapping): Found | undefined {
  if (rule.beside !== undefined) return findBeside(rule, rule.beside, segments, rules.get(rule.beside.attribute));
  return rule.as === 'list' ? findList(rule, segments) : findFirst(rule, segments);
}

/** Of each segment its own first place: one allergy may have a text, and the next one nothing but a code. */
function findList(rule: MappingRule, segments: readonly Segment[]): Found | undefined {
  const places = rule.from.flatMap((path) => valuesAt(path, segments).map((value) => ({ path, value })));
  const pathOf = new Map<Segment, Hl7Path>();
  for (const { path, value } of places) {
    if (!pathOf.has(value.segment) && textOf(value).trim() !== '') pathOf.set(value.segment, path);
  }
  const chosen = places
    .filter(({ path, value }) => pathOf.get(value.segment) === path)
    .toSorted((one, other) => one.value.segment.offset - other.value.segment.offset);
  // What one segment deletes says nothing about the others.
  const held = chosen.filter(({ value }) => value.raw !== HL7_NULL);
  const [first, ...others] = held.length > 0 ? held : chosen;
  if (first === undefined) return undefined;
  return convertAt(
    first.path,
    [first, ...others].map(({ value }) => value),
    rule,
  );
}

function findFirst(rule: MappingRule, segments: readonly Segment[]): Found | undefined {
  for (const path of rule.from) {
    const found = convertAt(path, valuesAt(path, segments), rule);
    if (found === undefined) continue;
    if (found.value.raw === HL7_NULL || holdsSomething(found.conversion)) return found;
    // A date without a time is an answer; the time of another date would not be.
    if (rule.as === 'time') return undefined;
  }
  return undefined;
}

/** What is next to the value of another rule, which is one that has places of its own. */
function findBeside(
  rule: MappingRule,
  { steps }: Neighbour,
  segments: readonly Segment[],
  other: MappingRule | undefined,
): Found | undefined {
  const place = other && findFirst(other, segments)?.path;
  const path = place && (steps.length === 0 ? place : pathBeside(place, steps));
  if (place === undefined || path === undefined) return undefined;
  const values = steps.length === 0 ? valuesAt(place, segments) : [valueBeside(place, steps, segments)];
  const found = convertAt(
    path,
    values.filter((value) => value !== undefined),
    rule,
  );
  return found === undefined || found.value.raw === HL7_NULL || holdsSomething(found.conversion) ? found : undefined;
}

/** The keys of a code item, below the sequence that `key` names. */
function itemKeys(key: Key, items: readonly CodeItem[]): Key[] {
  const sequence = { path: key.path, tag: key.tag, item: undefined, placed: false };
  return [
    // Codes of the template go: those of the order take their place, not only the first ones.
    { ...sequence, value: undefined },
    { ...sequence, value: '' },
    ...items.flatMap((item, index) =>
      item.map(([tag, value]) => ({
        path: [...key.path, { tag: key.tag, item: index }],
        tag,
        item: undefined,
        value,
        placed: false,
      })),
    ),
  ];
}

class Mapper {
  readonly #segments: readonly Segment[];
  readonly #mapping: Hl7Mapping;
  readonly #start: Span;
  readonly #findings: Findings;

  constructor(segments: readonly Segment[], mapping: Hl7Mapping, start: Span, findings: Findings) {
    this.#segments = segments;
    this.#mapping = mapping;
    this.#start = start;
    this.#findings = findings;
  }

  assign(rule: MappingRule): Assignment[] {
    const { key, constant } = rule;
    if (constant !== undefined) return [{ key: { ...key, value: constant }, span: this.#start, label: 'mapping' }];
    const found = find(rule, this.#segments, this.#mapping);
    if (found === undefined) return [];
    const { path, value, conversion } = found;
    const span = spanOf(value);
    const label = `message ${value.segment.message.number}: ${path.text}`;
    if ('problem' in conversion) {
      this.#findings.error(span, `${label}: ${conversion.problem}`, conversion.hint);
      return [];
    }
    if ('warning' in conversion) this.#findings.warning(span, `${label}: ${conversion.warning}`);
    if ('items' in conversion) return itemKeys(key, conversion.items).map((each) => ({ key: each, span, label }));
    const text = this.#translate(conversion.text, rule, span, label);
    return [{ key: { ...key, value: text }, span, label }];
  }

  #translate(text: string, { table }: MappingRule, span: Span, label: string): string {
    if (table === undefined || text === '') return text;
    const translated = table.get(text.toUpperCase()) ?? table.get(ANY_OTHER);
    if (translated !== undefined) return translated === ANY_OTHER ? text : translated;
    const known = [...table.keys()].join(', ');
    this.#findings.warning(
      span,
      `${label}: "${text}" is not in the table of the mapping, left empty`,
      `known are ${known}`,
    );
    return '';
  }
}

/** The values of an order for every rule of the mapping; what cannot be converted is reported. */
export function applyMapping({ orc, segments }: OrderGroup, mapping: Hl7Mapping, findings: Findings): Assignment[] {
  const start = spanOfSegment(orc);
  const mapper = new Mapper(segments, mapping, start, findings);
  return [...mapping.rules.values()].flatMap((rule) => mapper.assign(rule));
}

function mapped(group: OrderGroup, mapping: Hl7Mapping, tag: Tag, path: readonly Tag[] = []): Mapped {
  const rule = [...mapping.rules.values()].find(
    ({ key }) => key.tag === tag && key.path.map((step) => step.tag).join() === path.join(),
  );
  if (rule?.constant !== undefined) return { text: rule.constant, segment: undefined };
  const found = rule === undefined ? undefined : find(rule, group.segments, mapping);
  const text = found !== undefined && 'text' in found.conversion ? found.conversion.text : '';
  return { text, segment: found?.value.segment };
}

/** What an order is known by. */
export function mappedIdentity(group: OrderGroup, mapping: Hl7Mapping): EntryIdentity {
  return {
    accessionNumber: mapped(group, mapping, TAG.AccessionNumber).text,
    stepId: mapped(group, mapping, TAG.ScheduledProcedureStepID, [TAG.ScheduledProcedureStepSequence]).text,
  };
}

/** Whose order it is. */
export function mappedPatient(group: OrderGroup, mapping: Hl7Mapping): Patient {
  const text = (tag: Tag) => mapped(group, mapping, tag).text;
  return {
    id: text(PATIENT_TAGS.id),
    issuer: text(PATIENT_TAGS.issuer),
    name: text(PATIENT_TAGS.name),
    birthDate: text(PATIENT_TAGS.birthDate),
  };
}

/** Which order it is. */
export function mappedRequest(group: OrderGroup, mapping: Hl7Mapping): Request {
  const text = (tag: Tag) => mapped(group, mapping, tag).text;
  return {
    accessionNumber: text(REQUEST_TAGS.accessionNumber),
    procedureId: text(REQUEST_TAGS.procedureId),
    placerOrder: text(REQUEST_TAGS.placerOrder),
  };
}

/** What a requested procedure is known by; an order without both is of the same as others without. */
export function mappedProcedure(group: OrderGroup, mapping: Hl7Mapping): string {
  const tags = [TAG.AccessionNumber, TAG.RequestedProcedureID];
  return JSON.stringify(tags.map((tag) => mapped(group, mapping, tag).text));
}

/** The segment that the Study Instance UID is from. */
export function studySegment(group: OrderGroup, mapping: Hl7Mapping): Segment | undefined {
  return mapped(group, mapping, TAG.StudyInstanceUID).segment;
}
