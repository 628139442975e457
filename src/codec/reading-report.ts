/** What a reading finds wrong, each with the tag path and the offset where it stands. */

import { formatTag, type Tag } from '../dicom/tag.ts';
import { formatTagPath, type TagPathStep } from '../dicom/tag-path.ts';
import { DataError } from '../errors.ts';

/** An element whose header was read: where it begins, and its tag. */
export interface ElementPlace {
  readonly tag: Tag;
  readonly start: number;
}

/** Enough to tell what is wrong with a file; millions of warnings would take more memory than its bytes. */
const MOST_WARNINGS = 1_000;

/** Ends a reading from any depth. `complete`: the data set read so far is whole, only the rest is no part of it. */
export class ReadingStop {
  readonly error: DataError;
  readonly complete: boolean;

  constructor(error: DataError, complete = false) {
    this.error = error;
    this.complete = complete;
  }
}

/** Collects warnings and losses of one reading, and knows the sequence items it is in. */
export class ReadingReport {
  readonly warnings: DataError[] = [];
  readonly losses: DataError[] = [];
  /** The items around the element being read, outermost first. */
  readonly path: TagPathStep[] = [];
  readonly #warned = new Set<string>();
  readonly #file: string | undefined;

  constructor(file: string | undefined) {
    this.#file = file;
  }

  get atTop(): boolean {
    return this.path.length === 0;
  }

  warn(code: string, message: string, place: ElementPlace): void {
    this.#warned.add(code);
    if (this.warnings.length < MOST_WARNINGS) this.warnings.push(this.problem(code, message, place));
    else if (this.warnings.length === MOST_WARNINGS) {
      this.warnings.push(this.damage('more-warnings', 'more oddities follow; they are not listed', place.start));
    }
  }

  hasWarned(code: string): boolean {
    return this.#warned.has(code);
  }

  problem(code: string, message: string, place: ElementPlace): DataError {
    return this.#error(code, message, formatTagPath(this.path, place.tag), place.start);
  }

  /** Damage where no element is known: the place is the item around it, if any. */
  damage(code: string, message: string, offset: number): DataError {
    return this.#error(code, message, this.atTop ? undefined : formatTagPath(this.path), offset);
  }

  /** A problem of an element that only the whole data set shows. */
  finding(code: string, message: string, tag: Tag): DataError {
    return this.#error(code, message, formatTag(tag), undefined);
  }

  #error(code: string, message: string, tagPath: string | undefined, offset: number | undefined): DataError {
    return new DataError(code, message, { file: this.#file, tagPath, offset });
  }
}
