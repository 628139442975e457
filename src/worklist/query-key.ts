/** A query as it was understood: what it asks for at each level, and the tests its values make. */

import type { ValueElement } from '../dicom/data-set.ts';
import type { Tag } from '../dicom/tag.ts';
import type { Vr } from '../dicom/vr.ts';
import type { ItemView } from './entry-view.ts';
import type { ValueSpan } from './value-span.ts';

interface KeyPlace {
  readonly tag: Tag;
  /** Of a private attribute: who reserved its block in the query; undefined for all others, and where nobody did. */
  readonly creator: string | undefined;
}

/**
 * Asks for a value. It is itself the element that is answered where the entry does not have the attribute, of zero
 * length: a query of hundreds of keys waits for a slow peer, and should not take twice the memory.
 */
export interface ValueKey extends KeyPlace, ValueElement {
  readonly kind: 'value';
  readonly vr: Vr;
}

/** Asks for items. */
export interface SequenceKey extends KeyPlace {
  readonly kind: 'sequence';
  /** What is asked for of each item; undefined: everything in it. */
  readonly items: KeyLevel | undefined;
}

/** Names the owner of a block of private attributes that are asked for; no matching key. */
export interface CreatorKey {
  readonly kind: 'creator';
  readonly tag: Tag;
  readonly creator: string;
}

export type QueryKey = ValueKey | SequenceKey | CreatorKey;

/** A condition that a data set or item must meet. */
export interface KeyTest {
  /** The key that makes it; of a period, the date. */
  readonly tag: Tag;
  readonly creator: string | undefined;
  /** The time of a period. */
  readonly secondTag?: Tag;
  /** What was asked for, to be read by people. */
  readonly asked: string;
  /** Where the values lie that pass, of a period the dates; undefined: anywhere. */
  readonly spans?: readonly ValueSpan[] | undefined;
  /** The tests of the items, where it is a sequence. */
  readonly items?: KeyLevel;
  readonly passes: (view: ItemView) => boolean;
}

/** The keys of a data set or item, ascending by tag; all of its tests must pass (PS3.4 K.4.1.3.1). */
export interface KeyLevel {
  readonly keys: readonly QueryKey[];
  readonly tests: readonly KeyTest[];
}

export interface Query {
  /** The root of the identifier. The step's tests are not among its tests. */
  readonly root: KeyLevel;
  /** The key for the steps; undefined where the query asks for none of their attributes. */
  readonly step: SequenceKey | undefined;
  /** Nothing in it is a key, so nothing matches (K.4.1.3.1). */
  readonly isEmpty: boolean;
  /** (0008,0201) was named; it is no key, but is answered where the entry has it. */
  readonly asksTimezone: boolean;
}
