/** What the reader of answers should know, though they can be read: text in no known character set, files that are no entries. */

import { type DataSet, specificCharacterSet } from '../../dicom/data-set.ts';
import { TAG } from '../../dicom/tag.ts';
import type { Log } from '../../log.ts';
import { viewEntry } from '../../worklist/entry-view.ts';
import { namedPlace } from '../../worklist/lint-finding.ts';
import { lintText } from '../../worklist/lint-text.ts';
import { Doubt } from './doubt.ts';

export interface DoubtOptions {
  /** What answers without (0008,0005) are read as; '' where nobody said. */
  readonly fallbackCharset: string;
  /** Text is decoded to be shown. */
  readonly decodes: boolean;
  /** Answers become files to be served. */
  readonly extracts: boolean;
}

export class AnswerDoubts {
  readonly #options: DoubtOptions;
  readonly #unlabelled = new Doubt();
  readonly #mislabelled = new Doubt();
  #files = 0;
  #withoutSteps = 0;

  constructor(options: DoubtOptions) {
    this.#options = options;
  }

  look(number: number, dataSet: DataSet): void {
    if (this.#options.decodes) this.#lookAtText(number, dataSet);
    if (!this.#options.extracts) return;
    this.#files += 1;
    if (dataSet.items(TAG.ScheduledProcedureStepSequence).length === 0) this.#withoutSteps += 1;
  }

  tell(log: Log): void {
    const unreadable = 'text that cannot be read';
    this.#unlabelled.tell(
      log,
      unreadable,
      '--fallback-charset says what it is: ISO_IR 192 is UTF-8, ISO_IR 100 Latin-1',
    );
    this.#mislabelled.tell(log, unreadable, '--format dump in a pipe keeps the bytes as they are');
    if (this.#withoutSteps > 0) {
      log.warn(
        `${this.#withoutSteps} of ${this.#files} files have no Scheduled Procedure Step Sequence, so serve leaves them out; if the query did not ask for it, add -k ScheduledProcedureStepSequence, or leave out all keys`,
      );
    }
  }

  #lookAtText(number: number, dataSet: DataSet): void {
    const { fallbackCharset } = this.#options;
    // A term that nobody knows does no harm to ASCII; else the text is found too.
    const [finding] = lintText(viewEntry(dataSet, fallbackCharset)).filter(
      ({ tag }) => tag !== TAG.SpecificCharacterSet,
    );
    if (finding === undefined) return;
    const isRead = (specificCharacterSet(dataSet) || fallbackCharset) !== '';
    (isRead ? this.#mislabelled : this.#unlabelled).note(number, `${namedPlace(finding)} ${finding.message}`);
  }
}
