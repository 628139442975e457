/** What a cell says as a value of its column, or why a spreadsheet cannot have meant it. */

import { knownValues } from '../../dicom/known-values.ts';
import { fitDate, fitTime } from '../../keys/fit-moment.ts';
import { resolveMoments } from '../../keys/relative-date.ts';
import { fitNumber, fitText } from '../fit-text.ts';
import type { Column } from './columns.ts';

export type CellReading =
  | { readonly value: string }
  /** `problem` follows the text of the cell. */
  | { readonly problem: string; readonly hint: string };

/** In a cell whose formula failed, or that was too narrow: "#REF!", "#N/A", "#WERT!", "####". */
const FORMULA_ERROR = /^#(?:[\p{Lu}/]+\d?[!?]|N\/[AD]|NV|#{2,})$/u;
/** A long number as spreadsheets show and export it: the digits that are gone may be all that told two patients apart. */
const SHORTENED_NUMBER = /^\d[.,]\d+E\+\d+$/i;

function fit(text: string, trimmed: string, { vr, key }: Column, today: Date): CellReading {
  const listed = knownValues(key.tag);
  if (listed?.isClosed === true && !listed.values.has(trimmed.toUpperCase())) {
    const hint = `write one of them, or nothing (PS3.3 ${listed.section})`;
    return { problem: `is not ${[...listed.values].join(', ')}`, hint };
  }
  switch (vr) {
    case 'DA':
      return orProblem(
        fitDate(resolveMoments(trimmed, 'DA', today)),
        'is no date',
        'write 20261125, 2026-11-25, 25.11.2026 or today+1',
      );
    case 'TM':
      return orProblem(fitTime(trimmed), 'is no time', 'write 0830, 08:30 or 8:30 AM');
    case 'DS':
    case 'IS':
      return orProblem(
        fitNumber(trimmed, vr),
        'is no number',
        vr === 'DS' ? 'write 71.5, without a unit' : 'write digits alone',
      );
    case 'DT':
      return { value: fitText(resolveMoments(trimmed, 'DT', today), vr) };
    default:
      return { value: fitText(text, vr) };
  }
}

function orProblem(value: string | undefined, problem: string, hint: string): CellReading {
  return value === undefined ? { problem, hint } : { value };
}

/** Reads a cell that holds something; `today` is what dates such as today+1 are counted from. */
export function readCell(text: string, column: Column, today: Date): CellReading {
  const trimmed = text.trim();
  if (FORMULA_ERROR.test(trimmed)) {
    return {
      problem: 'is what a spreadsheet shows in place of a value',
      hint: 'mend the formula, or widen the column',
    };
  }
  if ((column.vr === 'SH' || column.vr === 'LO') && SHORTENED_NUMBER.test(trimmed)) {
    return {
      problem: 'is a number that a spreadsheet has shortened',
      hint: 'make the column one of text there, and enter the number anew: its last digits are lost',
    };
  }
  return fit(text, trimmed, column, today);
}
