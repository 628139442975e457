/** Answers as DICOM JSON (PS3.18 F.2): an array, or one object a line. */

import { writeDicomJson } from '../../dicom-json/write-json.ts';
import { GatheredOutput } from '../../terminal/gathered-output.ts';
import type { Io } from '../../terminal/io.ts';
import type { AnswerPrinter, PrintableAnswer } from './answer-printer.ts';
import { Doubt } from './doubt.ts';

export class JsonPrinter implements AnswerPrinter {
  readonly #io: Io;
  readonly #output: GatheredOutput;
  readonly #isArray: boolean;
  readonly #losses = new Doubt();
  #printed = 0;

  constructor(io: Io, format: 'json' | 'ndjson') {
    this.#io = io;
    this.#output = new GatheredOutput(io.stdout);
    this.#isArray = format === 'json';
  }

  async begin(): Promise<void> {}

  async print({ number, dataSet }: PrintableAnswer): Promise<void> {
    const { text, losses } = writeDicomJson(dataSet, { pretty: this.#isArray });
    const [loss] = losses;
    if (loss !== undefined) this.#losses.note(number, `${loss.tagPath} ${loss.message}`);
    const before = this.#isArray ? (this.#printed === 0 ? '[\n' : ',\n') : '';
    this.#printed += 1;
    await this.#output.write(`${before}${text}${this.#isArray ? '' : '\n'}`);
  }

  async end(): Promise<void> {
    if (this.#isArray) await this.#output.write(this.#printed === 0 ? '[]\n' : '\n]\n');
    await this.#output.flush();
    this.#losses.tell(this.#io.log, 'values that JSON has no text or number for');
  }
}
