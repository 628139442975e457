/** Reads the identifier of a C-FIND request: keys that can be matched, or a refusal that names the bad ones. */

import { type DataSet, specificCharacterSet } from '../dicom/data-set.ts';
import { TAG, type Tag } from '../dicom/tag.ts';
import { type Compilation, compileLevel, type KeyProblem } from './compile-level.ts';
import type { Query } from './query-key.ts';

/** The identifier does not match the SOP class (PS3.4 Table K.4-1). */
const IDENTIFIER_MISMATCH = 0xa900;

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

/** The comments are those of wlmscpfs, which logs and scripts know. */
function refuse(problems: readonly KeyProblem[]): QueryRefusal {
  const [first] = problems;
  return {
    status: IDENTIFIER_MISMATCH,
    comment: problems.length === 1 && first ? first.comment : 'Syntax error in 1 or more matching keys',
    offendingElements: [...new Set(problems.map(({ tag }) => tag))],
  };
}

/**
 * Reads an identifier (PS3.4 K.4.1.1.3.1, C.2.2.2). Every attribute of it becomes a key: those with a value are
 * matched, whatever they are; a value that its VR cannot have, or more than one item, is refused with A900.
 */
export function readQuery(identifier: DataSet, options: QueryOptions = {}): QueryReading {
  const compilation: Compilation = { fuzzyNames: options.fuzzyNames ?? false, problems: [] };
  const { keys, tests } = compileLevel(identifier, specificCharacterSet(identifier), compilation);
  if (compilation.problems.length > 0) return { refusal: refuse(compilation.problems) };
  const step = keys.find((key) => key.tag === TAG.ScheduledProcedureStepSequence);
  return {
    query: {
      root: { keys, tests: tests.filter(({ tag }) => tag !== TAG.ScheduledProcedureStepSequence) },
      step: step?.kind === 'sequence' ? step : undefined,
      isEmpty: keys.every(({ tag }) => tag === TAG.QueryRetrieveLevel),
      asksTimezone: identifier.has(TAG.TimezoneOffsetFromUTC),
    },
  };
}
