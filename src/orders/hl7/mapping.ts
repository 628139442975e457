/** Where in an order each attribute is, and what an order control code asks for. */

import type { ElementVr } from '../../dicom/vr.ts';
import type { Key } from '../../keys/key.ts';
import type { MessageCharset } from './charset.ts';
import type { Hl7Path } from './path.ts';

export const CONVERTER_NAMES = ['text', 'joined', 'list', 'date', 'time', 'name', 'person', 'code'] as const;

export type ConverterName = (typeof CONVERTER_NAMES)[number];

export const CONTROL_ACTIONS = ['write', 'remove', 'ignore'] as const;

export type ControlAction = (typeof CONTROL_ACTIONS)[number];

export interface Neighbour {
  readonly attribute: string;
  /** Component, subcomponent of the same repetition; none for the very place. */
  readonly steps: readonly number[];
}

export interface MappingRule {
  readonly key: Key;
  readonly vr: ElementVr;
  /** The first of these places that holds anything counts. */
  readonly from: readonly Hl7Path[];
  /** In place of `from`: the attribute, by `attributeOf`, whose place this one's is next to. */
  readonly beside: Neighbour | undefined;
  readonly as: ConverterName;
  /** DICOM's value for the sender's; "*" for all others, which "*" leaves as they are. */
  readonly table: ReadonlyMap<string, string> | undefined;
  /** The same for every order, in place of `from`. */
  readonly constant: string | undefined;
}

export interface Hl7Mapping {
  /** By `attributeOf` their key. */
  readonly rules: ReadonlyMap<string, MappingRule>;
  /** ORC-1. */
  readonly control: ReadonlyMap<string, ControlAction>;
  /** ORC-5, where it says more than ORC-1. */
  readonly status: ReadonlyMap<string, ControlAction>;
  /** Of messages whose MSH-18 is empty or names a set that is not known. */
  readonly characterSet: MessageCharset | undefined;
}

/** A mapping as it is written: in the default one, and in JSON. `null` takes a rule away. */
export interface MappingSource {
  readonly map?: Readonly<Record<string, RuleSource | null>>;
  readonly control?: Readonly<Record<string, ControlAction>>;
  readonly status?: Readonly<Record<string, ControlAction>>;
  readonly characterSet?: string;
}

export type RuleSource =
  | string
  | readonly string[]
  | {
      readonly from?: string | readonly string[];
      /** The attribute from whose place this one is too, or from another component of the same repetition. */
      readonly beside?: string;
      readonly component?: string;
      readonly as?: ConverterName;
      readonly table?: Readonly<Record<string, string>>;
      /** The same for every order. */
      readonly value?: string;
    };
