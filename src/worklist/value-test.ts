/** What a key makes of its value: a test of stored values, nothing, or an error. */

import type { ValueElement } from '../dicom/data-set.ts';
import { decidedVr, type Vr, vrTraits } from '../dicom/vr.ts';
import type { ItemView } from './entry-view.ts';
import type { DateKey, TimeKey } from './match-moment.ts';
import type { ValueSpan } from './value-span.ts';

/** Tests an element that is present and not empty. */
export type ValueTest = (element: ValueElement, view: ItemView) => boolean;

export type CompiledValue =
  /** Asks for nothing: zero length, blanks, or stars alone (PS3.4 C.2.2.2.3, C.2.2.2.4). */
  | { readonly kind: 'universal' }
  | { readonly kind: 'malformed'; readonly comment: string }
  | {
      readonly kind: 'test';
      readonly test: ValueTest;
      /** What was asked for, to be read by people. */
      readonly asked: string;
      /** Where the values lie that pass; undefined: anywhere. */
      readonly spans?: readonly ValueSpan[] | undefined;
      /** The one date or time that a period may be made of. */
      readonly date?: DateKey | undefined;
      readonly time?: TimeKey | undefined;
    };

export const UNIVERSAL: CompiledValue = { kind: 'universal' };

export function malformed(vr: Vr): CompiledValue {
  return { kind: 'malformed', comment: `Invalid value for an attribute with VR=${vr}` };
}

export function isTextual(vr: Vr): boolean {
  const { kind } = vrTraits(vr);
  return kind === 'text' || kind === 'uid';
}

/** True where the stored element can be read as the VR of a key that `isWanted` describes: UN may hold anything. */
export function isReadableAs(element: ValueElement, wanted: Vr, isWanted: (vr: Vr) => boolean): boolean {
  if (element.vr === wanted) return true;
  const vr = decidedVr(element.vr);
  return vr === 'UN' || isWanted(vr);
}
