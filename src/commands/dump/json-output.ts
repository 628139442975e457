/** Files as DICOM JSON on stdout: one object, an array of objects, or one object a line. */

import { writeDicomJson } from '../../dicom-json/write-json.ts';
import type { Io } from '../../terminal/io.ts';
import type { FileContent } from './file-content.ts';
import type { DumpOutput } from './output.ts';
import { reportLosses } from './reports.ts';

export class JsonOutput implements DumpOutput {
  readonly #io: Io;
  readonly #format: 'json' | 'ndjson';
  readonly #isArray: boolean;
  #printed = 0;

  /** `severalFiles`: JSON becomes an array, so that scripts find the same form however many files there are. */
  constructor(io: Io, format: 'json' | 'ndjson', severalFiles: boolean) {
    this.#io = io;
    this.#format = format;
    this.#isArray = format === 'json' && severalFiles;
  }

  async begin(): Promise<void> {}

  async print(path: string, content: FileContent): Promise<void> {
    const { text, losses } = writeDicomJson(content.input.dataSet.dataSet, { pretty: this.#format === 'json' });
    reportLosses(path, 'json', losses, this.#io.log);
    const separator = this.#isArray ? (this.#printed === 0 ? '[\n' : ',\n') : '';
    await this.#io.stdout.write(separator + text + (this.#isArray ? '' : '\n'));
    this.#printed++;
  }

  async end(): Promise<void> {
    if (this.#isArray) await this.#io.stdout.write(this.#printed === 0 ? '[]\n' : '\n]\n');
  }
}
