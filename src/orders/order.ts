/** What orders come to: entries of a worklist folder to write, and entries to remove. */

import type { DataSet } from '../dicom/data-set.ts';
import type { Diagnostic } from '../errors.ts';
import type { Patient } from './patient.ts';
import type { Request } from './request.ts';

/** The forms that orders come in. */
export type OrderKind = 'csv' | 'hl7';

export interface EntryToWrite {
  readonly action: 'write';
  /** File name of the entry, the same for the same order. */
  readonly name: string;
  readonly dataSet: DataSet;
  /** Where in the input the order starts, from 1. */
  readonly line: number;
}

export interface EntryToRemove {
  readonly action: 'remove';
  /** File name of the entry; without a step it names the order, see `removedNames`. */
  readonly name: string;
  /** The order named no step: every entry of its request goes. */
  readonly everyStep: boolean;
  /** What in the order asks for it, e.g. "ORC-1 CA". */
  readonly reason: string;
  /** Whose order it is, as far as it says so. */
  readonly patient: Patient;
  /** Which order it is, as far as it says so. */
  readonly request: Request;
  readonly line: number;
}

export type Order = EntryToWrite | EntryToRemove;

/** All orders that are sound, in the order of the input, and what was found wrong with the others. */
export interface OrderReading {
  readonly orders: readonly Order[];
  /** Positions are those of the input in UTF-8, whatever it came in. */
  readonly diagnostics: readonly Diagnostic[];
}
