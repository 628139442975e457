/** Reads the identifier of a C-FIND request: keys that can be matched, or a refusal that names the bad ones. */

import { type DataSet, type Element, isEmpty, specificCharacterSet } from '../dicom/data-set.ts';
import { lookupTag } from '../dicom/dictionary.ts';
import { elementOf, groupOf, isGroupLength, isPrivate, isPrivateCreator, TAG, type Tag } from '../dicom/tag.ts';
import { decidedVr, type Vr, vrTraits } from '../dicom/vr.ts';
import { compileValue } from './compile-value.ts';
import { creatorOfBlock, privateBlock } from './entry-view.ts';
import { combinePeriod, sequenceTest, valueTest } from './key-test.ts';
import type { KeyLevel, KeyTest, Query, QueryKey, SequenceKey } from './query-key.ts';
import { type CompiledValue, isTextual } from './value-test.ts';

/** The identifier does not match the SOP class (PS3.4 Table K.4-1). */
export const IDENTIFIER_MISMATCH = 0xa900;

/** A final status with what PS3.4 Table K.4-1 lets it carry; fits the outcome of a find. */
export interface QueryRefusal {
  readonly status: number;
  readonly comment: string;
  readonly offendingElements: readonly Tag[];
}

export type QueryReading =
  | { readonly query: Query; readonly refusal?: undefined }
  | { readonly refusal: QueryRefusal; readonly query?: undefined };

export interface QueryOptions {
  /** Person names also match without accents. */
  readonly fuzzyNames?: boolean;
}

interface Problem {
  readonly tag: Tag;
  readonly comment: string;
}

interface Compilation {
  readonly fuzzyNames: boolean;
  readonly problems: Problem[];
}

const LENGTH_TO_END = 0x00080001;
/** Groups that never stand in a data set (PS3.5 7.1). */
const FOREIGN_GROUPS: ReadonlySet<number> = new Set([0x0000, 0x0002, 0x0004, 0x0006]);

/** Encoding, not content: neither asked for nor answered. */
function isEncoding(tag: Tag): boolean {
  return (
    isGroupLength(tag) ||
    tag === LENGTH_TO_END ||
    tag === TAG.DataSetTrailingPadding ||
    FOREIGN_GROUPS.has(groupOf(tag))
  );
}

/** (0008,0005) and (0008,0201) tell how to read the rest (K.2.2.2). */
function isKey(tag: Tag): boolean {
  return !isEncoding(tag) && tag !== TAG.SpecificCharacterSet && tag !== TAG.TimezoneOffsetFromUTC;
}

/**
 * The VR by which a key is compared: the dictionary's where it knows the attribute. undefined: the key cannot be
 * meant, its VR being of another kind.
 */
function matchingVr(declared: Vr, known: Vr | undefined): Vr | undefined {
  if (known === undefined || declared === known) return declared;
  if (declared === 'UN') return known;
  if (isTextual(declared) && isTextual(known)) return known;
  return vrTraits(declared).kind === vrTraits(known).kind ? declared : undefined;
}

function creatorOf(dataSet: DataSet, tag: Tag): string | undefined {
  const block = privateBlock(tag);
  return block === undefined ? undefined : creatorOfBlock(dataSet, groupOf(tag), block) || undefined;
}

class LevelBuilder {
  readonly keys: QueryKey[] = [];
  readonly tests: KeyTest[] = [];
  readonly values = new Map<Tag, CompiledValue>();
}

function compileSequence(
  element: Element,
  creator: string | undefined,
  charset: string,
  compilation: Compilation,
): SequenceKey {
  const items = element.kind === 'sequence' ? element.items : [];
  const [first] = items;
  const key = { kind: 'sequence', tag: element.tag, creator } as const;
  if (items.length > 1) compilation.problems.push({ tag: element.tag, comment: 'More than 1 item in sequence.' });
  if (first === undefined) return { ...key, items: undefined };
  const level = compileLevel(first.dataSet, specificCharacterSet(first.dataSet, charset), compilation);
  return { ...key, items: level.keys.length === 0 ? undefined : level };
}

function addSequence(
  level: LevelBuilder,
  element: Element,
  creator: string | undefined,
  known: boolean,
  charset: string,
  compilation: Compilation,
): void {
  const key = compileSequence(element, creator, charset, compilation);
  if (!known && key.items !== undefined) {
    level.keys.push({ ...key, items: { keys: key.items.keys, tests: [] } });
    return;
  }
  level.keys.push(key);
  if (key.items !== undefined && key.items.tests.length > 0) level.tests.push(sequenceTest(key, key.items));
}

function addValue(
  level: LevelBuilder,
  element: Element,
  creator: string | undefined,
  known: Vr | undefined,
  charset: string,
  compilation: Compilation,
): void {
  const { tag } = element;
  const declared = decidedVr(element.vr);
  const answered = declared === 'UN' || declared === 'SQ' ? (known ?? declared) : declared;
  level.keys.push({ kind: 'value', tag, creator, vr: answered });
  // A value without a meaning asks for nothing: the attribute is unknown, or its private block is nobody's.
  if (tag === TAG.QueryRetrieveLevel || (known === undefined && creator === undefined)) return;
  if (element.kind === 'fragments' || isEmpty(element)) return;
  const vr = matchingVr(declared, known);
  if (element.kind === 'sequence' || vr === undefined) {
    compilation.problems.push({ tag, comment: `VR ${element.vr} is not the VR of this attribute` });
    return;
  }
  const compiled = compileValue(element.value, vr, charset, compilation.fuzzyNames);
  if (compiled.kind === 'malformed') compilation.problems.push({ tag, comment: compiled.comment });
  if (compiled.kind !== 'test') return;
  level.values.set(tag, compiled);
  level.tests.push(valueTest(tag, creator, compiled));
}

function addKey(
  level: LevelBuilder,
  dataSet: DataSet,
  element: Element,
  charset: string,
  compilation: Compilation,
): void {
  const { tag } = element;
  if (isPrivate(tag) && isPrivateCreator(tag)) {
    const creator = creatorOfBlock(dataSet, groupOf(tag), elementOf(tag));
    const hasBlock = dataSet.elements.some(
      (other) => groupOf(other.tag) === groupOf(tag) && privateBlock(other.tag) === elementOf(tag),
    );
    level.keys.push({ kind: 'creator', tag, creator, hasBlock });
    return;
  }
  const creator = creatorOf(dataSet, tag);
  const entry = lookupTag(tag, creator);
  const known = entry === undefined ? undefined : decidedVr(entry.vr);
  const itemsExpected = known === 'SQ' || (known === undefined && element.kind === 'sequence');
  if (itemsExpected && element.kind !== 'sequence' && !isEmpty(element)) {
    compilation.problems.push({ tag, comment: `VR ${element.vr} is not the VR of this attribute` });
  } else if (itemsExpected) {
    addSequence(level, element, creator, known !== undefined || creator !== undefined, charset, compilation);
  } else {
    addValue(level, element, creator, known, charset, compilation);
  }
}

function compileLevel(dataSet: DataSet, charset: string, compilation: Compilation): KeyLevel {
  const level = new LevelBuilder();
  for (const element of dataSet) {
    if (isKey(element.tag)) addKey(level, dataSet, element, charset, compilation);
  }
  return { keys: level.keys, tests: combinePeriod(level.tests, level.values) };
}

function refuse(problems: readonly Problem[]): QueryRefusal {
  const comments = new Set(problems.map(({ comment }) => comment));
  return {
    status: IDENTIFIER_MISMATCH,
    comment:
      problems.length === 1 || comments.size === 1
        ? ([...comments][0] ?? '')
        : 'Syntax error in 1 or more matching keys',
    offendingElements: [...new Set(problems.map(({ tag }) => tag))],
  };
}

/**
 * Reads an identifier (PS3.4 K.4.1.1.3.1, C.2.2.2). Every attribute of it becomes a key: those with a value are
 * matched, whatever they are; a value that its VR cannot have, or more than one item, is refused with A900.
 */
export function readQuery(identifier: DataSet, options: QueryOptions = {}): QueryReading {
  const compilation: Compilation = { fuzzyNames: options.fuzzyNames ?? false, problems: [] };
  const level = compileLevel(identifier, specificCharacterSet(identifier), compilation);
  if (compilation.problems.length > 0) return { refusal: refuse(compilation.problems) };
  const step = level.keys.find((key) => key.tag === TAG.ScheduledProcedureStepSequence);
  const tests = level.tests.filter(({ tag }) => tag !== TAG.ScheduledProcedureStepSequence);
  return {
    query: {
      root: { keys: level.keys, tests },
      step: step?.kind === 'sequence' ? step : undefined,
      isEmpty: level.keys.every(({ tag }) => tag === TAG.QueryRetrieveLevel),
      asksTimezone: identifier.has(TAG.TimezoneOffsetFromUTC),
    },
  };
}
