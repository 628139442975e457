/** What a benchmark found out: one work, done by wltool and by others in the same run, beside what was aimed at. */

/** Every number measured of one side, a round each. */
export type Samples = ReadonlyMap<string, readonly number[]>;

export type Unit = 'ms' | 'per second' | 'KiB' | 'MB';

/** `faster`: so many times at least; `within`: so many times at most; `below`: a number in the figure's unit. */
export type Aim =
  | { readonly kind: 'faster'; readonly peer: string; readonly times: number }
  | { readonly kind: 'within'; readonly peer: string; readonly times: number }
  | { readonly kind: 'below'; readonly limit: number };

export interface Figure {
  readonly work: string;
  readonly unit: Unit;
  readonly samples: Samples;
  /** Whose numbers are judged; `wltool` where left out. */
  readonly side?: string;
  /** Without one, the figure is for information. */
  readonly aim?: Aim;
}

/** The aim of a figure, and how far it was reached. */
export interface Verdict {
  readonly aim: string;
  /** The ratio that the aim speaks of: the median of the rounds' own ratios; or the median itself. */
  readonly reached: number;
  readonly ok: boolean;
}

export const OURS = 'wltool';

export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >>> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

/** Of each round, how many times the first side's number the second side's is. */
function ratios(of: readonly number[], to: readonly number[]): number[] {
  return to.map((number, round) => number / (of[round] ?? Number.NaN));
}

/** Undefined for a figure without an aim. */
export function judge({ aim, samples, side = OURS, unit }: Figure): Verdict | undefined {
  if (aim === undefined) return undefined;
  const ours = samples.get(side) ?? [];
  if (aim.kind === 'below') {
    const reached = median(ours);
    return { aim: `below ${aim.limit} ${unit}`, reached, ok: reached < aim.limit };
  }
  const theirs = samples.get(aim.peer) ?? [];
  // Of rates more is better, of times and sizes less.
  const forward = (aim.kind === 'faster') !== (unit === 'per second');
  const reached = median(forward ? ratios(ours, theirs) : ratios(theirs, ours));
  const ok = aim.kind === 'faster' ? reached >= aim.times : reached <= aim.times;
  return { aim: `${aim.times} times ${aim.kind === 'faster' ? 'better than' : 'at most'} ${aim.peer}`, reached, ok };
}
