/** Values against what is known of their attribute: how many it takes (PS3.6), and which (PS3.3). */

import { countValues, decodeText } from './charset/text-codec.ts';
import type { ValueElement } from './data-set.ts';
import { lookupTag } from './dictionary.ts';
import { type KnownValues, knownValues } from './known-values.ts';
import { nearest } from './nearest.ts';
import { formatTag, type Tag } from './tag.ts';
import type { ValueProblem } from './value-problem.ts';
import { type VrTraits, vrTraits } from './vr.ts';

const BACKSLASH = 0x5c;
/** "1", "1-3"; the others ("1-n", "2-2n") have no end. */
const BOUNDED_VM = /^(?:\d+-)?(\d+)$/;
/** As many as a hint names. */
const MOST_NAMED = 5;
const USHORT_BYTES = 2;
const NOTHING: readonly ValueProblem[] = [];

/** What is wrong with a value field that is right by its VR; `charset` is the raw text of the (0008,0005) that holds. */
export function checkAttribute(element: ValueElement, charset: string): readonly ValueProblem[] {
  const { tag, vr, value } = element;
  const traits = vrTraits(vr);
  const tooMany = mayBeSeveral(value, traits) ? checkCount(element, traits, charset) : undefined;
  if (tooMany !== undefined) return [tooMany];
  const known = knownValues(tag);
  return known === undefined ? NOTHING : checkKnown(textsOf(value, traits, charset), tag, known);
}

/** Without a look at the dictionary: most values are one. */
function mayBeSeveral(value: Uint8Array, { kind, multiple, unit }: VrTraits): boolean {
  if (!multiple) return false;
  return kind === 'text' || kind === 'uid' ? value.includes(BACKSLASH) : value.length > unit;
}

function checkCount({ tag, value }: ValueElement, traits: VrTraits, charset: string): ValueProblem | undefined {
  const entry = lookupTag(tag);
  const most = entry === undefined ? undefined : mostValues(entry.vm);
  // Before anything is counted: long lists are of attributes that take any number.
  if (entry === undefined || most === undefined) return undefined;
  const count = countOf(value, traits, charset);
  if (count <= most) return undefined;
  const isText = traits.kind === 'text' || traits.kind === 'uid';
  const message = `${count} values, but ${entry.keyword} has VM ${entry.vm}`;
  return { message, hint: isText ? 'a backslash separates values' : undefined };
}

/** Undefined where there is no bound. */
function mostValues(vm: string): number | undefined {
  if (vm === '1') return 1;
  const [, most] = BOUNDED_VM.exec(vm) ?? [];
  return most === undefined ? undefined : Number(most);
}

function countOf(value: Uint8Array, { kind, vr, unit }: VrTraits, charset: string): number {
  if (kind === 'text' || kind === 'uid') return countValues(value, charset, vr);
  // OD, OF, OL and OV are one value, however many numbers it has (PS3.5 6.4).
  if (vr.startsWith('O')) return 1;
  return value.length / (kind === 'tag' ? 2 * unit : unit);
}

/** The values as PS3.3 writes them; none of a VR that lists nowhere have. */
function textsOf(value: Uint8Array, { vr, kind }: VrTraits, charset: string): readonly string[] {
  if (kind === 'text') return decodeText(value, charset, vr).split('\\');
  if (vr === 'US' && value.length === USHORT_BYTES) return [String((value[0] ?? 0) + (value[1] ?? 0) * 0x100)];
  return [];
}

function checkKnown(texts: readonly string[], tag: Tag, known: KnownValues): ValueProblem[] {
  const problems: ValueProblem[] = [];
  for (const padded of texts) {
    const text = padded.trim();
    if (text !== '' && !known.values.has(text)) problems.push(unknownValue(text, tag, known));
  }
  return problems;
}

function unknownValue(text: string, tag: Tag, known: KnownValues): ValueProblem {
  const name = lookupTag(tag)?.keyword ?? formatTag(tag);
  const hint = hintFor(text, known);
  if (known.isClosed) return { message: `"${text}" is no value that PS3.3 ${known.section} has for ${name}`, hint };
  const message = `"${text}" is no term that PS3.3 ${known.section} has for ${name}`;
  return { message, hint, isAllowed: true };
}

function hintFor(text: string, { values, isClosed }: KnownValues): string {
  const all = [...values];
  if (all.length <= MOST_NAMED) {
    const list = `${all.slice(0, -1).join(', ')} or ${all.at(-1)}`;
    return isClosed ? `write ${list}` : `usual are ${list}`;
  }
  // Of two letters, two edits make any other two.
  const near = nearest(text, all, 2, 1);
  return near.length === 1 ? `did you mean ${near[0]}?` : 'scanners ask for CT, MR, US, DX and the like';
}
