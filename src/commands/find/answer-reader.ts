/** Takes the answers of queries from the peer: decodes, prints and extracts them, and keeps count of what went wrong. */

import { readDataSet } from '../../codec/read-data-set.ts';
import { type DataSet, specificCharacterSet, valueElement } from '../../dicom/data-set.ts';
import { paddedText } from '../../dicom/padded-value.ts';
import { TAG } from '../../dicom/tag.ts';
import { PeerError } from '../../errors.ts';
import type { Answer, WorklistClient } from '../../network/worklist-client.ts';
import type { Io } from '../../terminal/io.ts';
import type { AnswerDoubts } from './answer-doubts.ts';
import type { AnswerPrinter } from './answer-printer.ts';
import type { AnswerFolder } from './extract-answer.ts';

/** The peer does not support an optional key (PS3.4 Table K.4-1). */
const OPTIONAL_KEYS_UNSUPPORTED = 0xff01;

export interface AnswerReaderOptions {
  readonly printer: AnswerPrinter;
  readonly folder: AnswerFolder | undefined;
  readonly doubts: AnswerDoubts;
  /** Printed as the (0008,0005) of answers that have none, as `serve` sends it; '' for none. */
  readonly label: string;
  readonly limit: number | undefined;
  readonly io: Io;
}

export class AnswerReader {
  readonly #client: WorklistClient;
  readonly #options: AnswerReaderOptions;
  #answers = 0;
  #damaged = 0;
  #warnedOfKeys = false;

  constructor(client: WorklistClient, options: AnswerReaderOptions) {
    this.#client = client;
    this.#options = options;
  }

  /** Asks, and prints each answer. @throws PeerError, FileError, the signal's reason */
  async show(query: DataSet): Promise<void> {
    const { printer, io } = this.#options;
    const before = this.#answers;
    await printer.begin(query);
    const startedAt = performance.now();
    for await (const answer of this.#ask(query)) await this.#take(answer);
    const ms = Math.round(performance.now() - startedAt);
    const count = this.#answers - before;
    io.log.info(`${count} ${count === 1 ? 'answer' : 'answers'} in ${ms} ms`, { answers: count, ms });
    if (count === 0 && io.stdout.isTerminal) io.log.notice('no entry matches');
  }

  /** Asks, and only counts. */
  async count(query: DataSet): Promise<void> {
    for await (const _ of this.#ask(query));
  }

  /** Says what is odd about the answers that were printed. */
  tellDoubts(): void {
    this.#options.doubts.tell(this.#options.io.log);
  }

  /** @throws PeerError where answers could not be read */
  conclude(): void {
    if (this.#damaged === 0) return;
    const what = this.#damaged === 1 ? 'one answer' : `${this.#damaged} answers`;
    throw new PeerError(this.#client.peer, 'find', `${this.#client.peer} sent ${what} that cannot be read`);
  }

  #ask(query: DataSet): AsyncGenerator<Answer> {
    const { limit, io } = this.#options;
    return this.#client.find(query, { limit, signal: io.signal });
  }

  async #take(answer: Answer): Promise<void> {
    const { printer, folder, doubts, label, io } = this.#options;
    this.#answers += 1;
    const number = this.#answers;
    if (answer.status === OPTIONAL_KEYS_UNSUPPORTED && !this.#warnedOfKeys) {
      this.#warnedOfKeys = true;
      io.log.warn('the peer does not support some key of the query (status FF01H)');
    }
    const { dataSet, error, losses } = readDataSet(answer.identifier, answer.syntax);
    const problem = error ?? losses[0];
    if (problem !== undefined) {
      this.#damaged += 1;
      io.log.error(`answer ${number} cannot be read: ${problem.message}`, {
        tagPath: problem.tagPath,
        offset: problem.offset,
      });
      return;
    }
    const printable = { number, dataSet, syntax: answer.syntax };
    await folder?.write(printable, answer);
    doubts.look(number, dataSet);
    if (label !== '' && specificCharacterSet(dataSet) === '') {
      dataSet.set(valueElement(TAG.SpecificCharacterSet, 'CS', paddedText(label, 'CS')));
    }
    await printer.print(printable);
  }
}
