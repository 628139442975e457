/** The keys of one data set of a query, with the tests that their values make, and those of its sequences. */

import { type DataSet, type Element, isEmpty, specificCharacterSet } from '../dicom/data-set.ts';
import { lookupTag } from '../dicom/dictionary.ts';
import { elementOf, groupOf, isGroupLength, isPrivate, isPrivateCreator, TAG, type Tag } from '../dicom/tag.ts';
import { decidedVr, type Vr, vrTraits } from '../dicom/vr.ts';
import { compileValue } from './compile-value.ts';
import { creatorOfBlock, privateBlock } from './entry-view.ts';
import { combinePeriod, sequenceTest, valueTest } from './key-test.ts';
import { readAsSequence } from './known-sequences.ts';
import type { CreatorKey, KeyLevel, KeyTest, QueryKey, SequenceKey, ValueKey } from './query-key.ts';
import { type CompiledValue, isTextual } from './value-test.ts';

/** A key that cannot be matched. */
export interface KeyProblem {
  readonly tag: Tag;
  readonly comment: string;
}

export interface Compilation {
  readonly fuzzyNames: boolean;
  /** Grows with each key that cannot be matched. */
  readonly problems: KeyProblem[];
}

/** The attribute of a key: whose it is, and the VR that the dictionary gives it, if it knows it. */
interface Attribute {
  readonly element: Element;
  readonly creator: string | undefined;
  readonly knownVr: Vr | undefined;
}

const NOTHING = new Uint8Array(0);
/** One query that asks for all of Table K.6-1 has 300. */
const MAX_QUERY_ELEMENTS = 512;
const LENGTH_TO_END = 0x00080001;
/** Groups that never stand in a data set (PS3.5 7.1). */
const FOREIGN_GROUPS: ReadonlySet<number> = new Set([0x0000, 0x0002, 0x0004, 0x0006]);
/** They tell how to read the rest, and are no part of the model (PS3.4 K.2.2.2). */
const CONTEXT_TAGS: ReadonlySet<Tag> = new Set<Tag>([TAG.SpecificCharacterSet, TAG.TimezoneOffsetFromUTC]);

/** What is neither asked for nor answered: context, and mere encoding. */
function isNoKey(tag: Tag): boolean {
  const isEncoding = isGroupLength(tag) || tag === LENGTH_TO_END || tag === TAG.DataSetTrailingPadding;
  return isEncoding || CONTEXT_TAGS.has(tag) || FOREIGN_GROUPS.has(groupOf(tag));
}

function attributeOf(dataSet: DataSet, element: Element): Attribute {
  const { tag } = element;
  const block = privateBlock(tag);
  const creator = block === undefined ? undefined : creatorOfBlock(dataSet, groupOf(tag), block) || undefined;
  const entry = lookupTag(tag, creator);
  return { element, creator, knownVr: entry && decidedVr(entry.vr) };
}

/** The value of an attribute that nobody knows, or of a private one that is nobody's, means nothing and is not matched. */
function hasMeaning({ creator, knownVr }: Attribute): boolean {
  return creator !== undefined || knownVr !== undefined;
}

/**
 * The VR by which a key is compared: the dictionary's where it knows the attribute; undefined where the key was sent
 * in a VR of another kind.
 */
function matchingVr(declared: Vr, known: Vr | undefined): Vr | undefined {
  if (known === undefined || declared === known) return declared;
  if (declared === 'UN' || (isTextual(declared) && isTextual(known))) return known;
  return vrTraits(declared).kind === vrTraits(known).kind ? declared : undefined;
}

function wrongVr({ element }: Attribute): KeyProblem {
  return { tag: element.tag, comment: `VR ${element.vr} is not the VR of this attribute` };
}

/** A creator without attributes of its block, or without a name, is asked for like any other attribute. */
function creatorKey(dataSet: DataSet, tag: Tag): CreatorKey | ValueKey {
  const [group, block] = [groupOf(tag), elementOf(tag)];
  const creator = creatorOfBlock(dataSet, group, block);
  const hasBlock = dataSet.elements.some((other) => groupOf(other.tag) === group && privateBlock(other.tag) === block);
  if (creator !== '' && hasBlock) return { kind: 'creator', tag, creator };
  return { kind: 'value', tag, creator: undefined, vr: 'LO', value: NOTHING };
}

function asSequence(element: Element): Element {
  const isUnknown = element.kind === 'value' && element.vr === 'UN' && !isEmpty(element);
  return isUnknown ? (readAsSequence(element, MAX_QUERY_ELEMENTS) ?? element) : element;
}

function sequenceKey(attribute: Attribute, charset: string, compilation: Compilation): SequenceKey {
  const { creator } = attribute;
  const { tag } = attribute.element;
  const element = asSequence(attribute.element);
  const items = element.kind === 'sequence' ? element.items : [];
  const [first] = items;
  if (items.length > 1) compilation.problems.push({ tag, comment: 'More than 1 item in sequence.' });
  if (element.kind !== 'sequence' && !isEmpty(element)) compilation.problems.push(wrongVr(attribute));
  if (first === undefined) return { kind: 'sequence', tag, creator, items: undefined };
  const level = compileLevel(first.dataSet, specificCharacterSet(first.dataSet, charset), compilation);
  const tests = hasMeaning(attribute) ? level.tests : [];
  return { kind: 'sequence', tag, creator, items: level.keys.length === 0 ? undefined : { ...level, tests } };
}

function valueKey({ element, creator, knownVr }: Attribute): ValueKey {
  const declared = decidedVr(element.vr);
  const vr = declared === 'UN' || declared === 'SQ' ? (knownVr ?? declared) : declared;
  return { kind: 'value', tag: element.tag, creator, vr, value: NOTHING };
}

/** Undefined where the key asks for nothing, or has been put among the problems. */
function compileKeyValue(
  attribute: Attribute,
  charset: string,
  { fuzzyNames, problems }: Compilation,
): Extract<CompiledValue, { kind: 'test' }> | undefined {
  const { element, knownVr } = attribute;
  const { tag } = element;
  if (tag === TAG.QueryRetrieveLevel || !hasMeaning(attribute)) return undefined;
  if (element.kind === 'fragments' || isEmpty(element)) return undefined;
  const vr = matchingVr(decidedVr(element.vr), knownVr);
  if (element.kind === 'sequence' || vr === undefined) {
    problems.push(wrongVr(attribute));
    return undefined;
  }
  const compiled = compileValue(element.value, vr, charset, fuzzyNames);
  if (compiled.kind === 'malformed') problems.push({ tag, comment: compiled.comment });
  return compiled.kind === 'test' ? compiled : undefined;
}

/** Compiles a data set of a query; `charset` is the raw text of the (0008,0005) that holds in it. */
export function compileLevel(dataSet: DataSet, charset: string, compilation: Compilation): KeyLevel {
  const keys: QueryKey[] = [];
  const tests: KeyTest[] = [];
  const values = new Map<Tag, CompiledValue>();
  for (const element of dataSet) {
    const { tag } = element;
    if (isNoKey(tag)) continue;
    if (isPrivate(tag) && isPrivateCreator(tag)) {
      keys.push(creatorKey(dataSet, tag));
      continue;
    }
    const attribute = attributeOf(dataSet, element);
    const { creator, knownVr } = attribute;
    if (knownVr === 'SQ' || (knownVr === undefined && element.kind === 'sequence')) {
      const key = sequenceKey(attribute, charset, compilation);
      keys.push(key);
      if (key.items !== undefined && key.items.tests.length > 0) tests.push(sequenceTest(key, key.items));
      continue;
    }
    keys.push(valueKey(attribute));
    const compiled = compileKeyValue(attribute, charset, compilation);
    if (compiled === undefined) continue;
    values.set(tag, compiled);
    tests.push(valueTest(tag, creator, compiled));
  }
  return { keys, tests: combinePeriod(tests, values) };
}
