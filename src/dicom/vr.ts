/** Value representations (PS3.5 6.2) and the placeholders that stand for one not yet decided. */

export type Vr =
  | 'AE'
  | 'AS'
  | 'AT'
  | 'CS'
  | 'DA'
  | 'DS'
  | 'DT'
  | 'FD'
  | 'FL'
  | 'IS'
  | 'LO'
  | 'LT'
  | 'OB'
  | 'OD'
  | 'OF'
  | 'OL'
  | 'OV'
  | 'OW'
  | 'PN'
  | 'SH'
  | 'SL'
  | 'SQ'
  | 'SS'
  | 'ST'
  | 'SV'
  | 'TM'
  | 'UC'
  | 'UI'
  | 'UL'
  | 'UN'
  | 'UR'
  | 'US'
  | 'UT'
  | 'UV';

/**
 * What an element may carry instead of a VR, in DCMTK's spelling because dcmdump prints it:
 * `xs` US or SS; `lt` US, SS or OW of lookup tables; `ox` and `px` OB or OW; `up` UL of a
 * directory offset; `na` items; `??` two bytes that are no VR.
 */
export type PlaceholderVr = 'xs' | 'lt' | 'ox' | 'px' | 'up' | 'na' | '??';

export type ElementVr = Vr | PlaceholderVr;

/** How the bytes of a value are to be read. */
export type ValueKind =
  | 'text' // characters; see `charset`
  | 'uid'
  | 'integer'
  | 'float'
  | 'tag'
  | 'bytes' // OB, UN: octets
  | 'words' // OW: 16-bit words
  | 'sequence';

export interface VrTraits {
  readonly vr: Vr;
  readonly kind: ValueKind;
  /** Explicit VR encodings use two reserved bytes and a 32-bit length (PS3.5 7.1.2). */
  readonly longHeader: boolean;
  /** Byte appended to values of odd length (PS3.5 6.2). */
  readonly pad: number;
  /** Bytes that change order together in big endian; 1 for text and octets. */
  readonly unit: 1 | 2 | 4 | 8;
  readonly signed: boolean;
  /** Backslash separates values (text VRs), or values stand one after the other (numbers). */
  readonly multiple: boolean;
  /** (0008,0005) applies (PS3.5 6.1.2.2). */
  readonly charset: boolean;
  /** Characters a value may have (bytes for VRs of the default repertoire); undefined: no bound, or fixed by `unit`. */
  readonly maxLength: number | undefined;
}

const SPACE = 0x20;

function text(vr: Vr, maxLength: number | undefined, options: Partial<VrTraits> = {}): VrTraits {
  return {
    vr,
    kind: 'text',
    longHeader: false,
    pad: SPACE,
    unit: 1,
    signed: false,
    multiple: true,
    charset: false,
    maxLength,
    ...options,
  };
}

function number(vr: Vr, kind: 'integer' | 'float', unit: 2 | 4 | 8, signed: boolean, longHeader = false): VrTraits {
  return { vr, kind, longHeader, pad: 0, unit, signed, multiple: true, charset: false, maxLength: undefined };
}

const TABLE: Readonly<Record<Vr, VrTraits>> = {
  AE: text('AE', 16),
  AS: text('AS', 4),
  AT: { ...number('AT', 'integer', 2, false), kind: 'tag' },
  CS: text('CS', 16),
  DA: text('DA', 8),
  DS: text('DS', 16),
  DT: text('DT', 26),
  FD: number('FD', 'float', 8, true),
  FL: number('FL', 'float', 4, true),
  IS: text('IS', 12),
  LO: text('LO', 64, { charset: true }),
  LT: text('LT', 10240, { charset: true, multiple: false }),
  OB: { ...number('OB', 'integer', 2, false, true), kind: 'bytes', unit: 1, multiple: false },
  OD: number('OD', 'float', 8, true, true),
  OF: number('OF', 'float', 4, true, true),
  OL: number('OL', 'integer', 4, false, true),
  OV: number('OV', 'integer', 8, false, true),
  OW: { ...number('OW', 'integer', 2, false, true), kind: 'words', multiple: false },
  PN: text('PN', 64, { charset: true }),
  SH: text('SH', 16, { charset: true }),
  SL: number('SL', 'integer', 4, true),
  SQ: { ...number('SQ', 'integer', 2, false, true), kind: 'sequence', unit: 1, multiple: false },
  SS: number('SS', 'integer', 2, true),
  ST: text('ST', 1024, { charset: true, multiple: false }),
  SV: number('SV', 'integer', 8, true, true),
  TM: text('TM', 14),
  UC: text('UC', undefined, { charset: true, longHeader: true }),
  UI: { ...text('UI', 64), kind: 'uid', pad: 0 },
  UL: number('UL', 'integer', 4, false),
  UN: { ...number('UN', 'integer', 2, false, true), kind: 'bytes', unit: 1, multiple: false },
  UR: text('UR', undefined, { longHeader: true, multiple: false }),
  US: number('US', 'integer', 2, false),
  UT: text('UT', undefined, { charset: true, longHeader: true, multiple: false }),
  UV: number('UV', 'integer', 8, false, true),
};

const PLACEHOLDER_MEANING: Readonly<Record<PlaceholderVr, Vr>> = {
  xs: 'US',
  lt: 'OW',
  ox: 'OB',
  px: 'OW',
  up: 'UL',
  na: 'UN',
  '??': 'UN',
};

/** By every spelling that an element may carry. A map: it is asked several times an element. */
const TRAITS: ReadonlyMap<string, VrTraits> = new Map([
  ...Object.entries(TABLE),
  ...Object.entries(PLACEHOLDER_MEANING).map(([placeholder, vr]): [string, VrTraits] => [placeholder, TABLE[vr]]),
]);

export function isVr(text: string): text is Vr {
  return TRAITS.get(text)?.vr === text;
}

/** The VR an element is treated and written as: itself, or what its placeholder stands for. */
export function decidedVr(vr: ElementVr): Vr {
  return vrTraits(vr).vr;
}

export function vrTraits(vr: ElementVr): VrTraits {
  return TRAITS.get(vr) as VrTraits;
}

/** All VRs of PS3.5, in alphabetical order. */
export const ALL_VRS: readonly Vr[] = Object.values(TABLE).map((traits) => traits.vr);
