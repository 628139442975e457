/**
 * --request-dir: each received query as dump text, the newest thousand of them. A file name holds the time, a number
 * and what is harmless in the calling AE title, so no peer can steer where a file goes or what it replaces.
 */

import { readdir, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DataSetReading } from '../../codec/read-data-set.ts';
import type { TransferSyntax } from '../../codec/transfer-syntax.ts';
import { dumpInput } from '../../dump-text/dump-input.ts';
import { printDump } from '../../dump-text/print-dump.ts';
import { failureReason, fileFailure } from '../../files/file-failure.ts';
import { makeFolder } from '../../files/make-folder.ts';
import type { Log } from '../../log.ts';

const MOST_FILES = 1_000;
/** Queries that may wait for the disk; more are dropped, with a warning. */
const MOST_WAITING = 1_000;
const FILE_NAME = /^\d{8}-\d{9}-\d{6}-[\w-]*\.dump$/;
/** Queries name patients: they are their owner's to read. */
const MODE = 0o600;

export class RequestFolder {
  readonly #folder: string;
  readonly #log: Log;
  readonly #now: () => Date;
  /** Our files in the folder, oldest first. */
  readonly #files: string[];
  #count = 0;
  #waiting = 0;
  #tail: Promise<void> = Promise.resolve();
  #failure: string | undefined;

  private constructor(folder: string, files: string[], log: Log, now: () => Date) {
    this.#folder = folder;
    this.#files = files;
    this.#log = log;
    this.#now = now;
  }

  /** Makes the folder where it is missing. @throws FileError where it cannot be written to */
  static async open(folder: string, log: Log, now: () => Date): Promise<RequestFolder> {
    await makeFolder(folder);
    try {
      const files = (await readdir(folder)).filter((name) => FILE_NAME.test(name)).sort();
      const probe = join(folder, `.wltool-${process.pid}.tmp`);
      await writeFile(probe, '', { mode: MODE });
      await unlink(probe);
      return new RequestFolder(folder, files, log, now);
    } catch (error) {
      throw fileFailure(folder, 'write', error);
    }
  }

  /** Keeps a query; a failure is logged and costs no answer. */
  keep(callingAeTitle: string, reading: DataSetReading, syntax: TransferSyntax): void {
    if (this.#waiting >= MOST_WAITING) {
      this.#failed('the disk does not keep up with the queries');
      return;
    }
    const name = this.#newName(callingAeTitle);
    this.#waiting += 1;
    this.#tail = this.#tail.then(() => this.#write(name, reading, syntax));
  }

  /** Resolves once all queries are on the disk. */
  async settled(): Promise<void> {
    await this.#tail;
  }

  async #write(name: string, reading: DataSetReading, syntax: TransferSyntax): Promise<void> {
    try {
      await writeFile(join(this.#folder, name), dumpText(reading, syntax), { mode: MODE, flag: 'wx' });
      this.#files.push(name);
      while (this.#files.length > MOST_FILES) await this.#remove(this.#files.shift());
      this.#failure = undefined;
    } catch (error) {
      this.#failed(failureReason(error));
    } finally {
      this.#waiting -= 1;
    }
  }

  async #remove(name: string | undefined): Promise<void> {
    // Somebody else may have tidied up.
    if (name !== undefined) await unlink(join(this.#folder, name)).catch(() => undefined);
  }

  #failed(reason: string): void {
    if (this.#failure !== reason) this.#log.warn(`${this.#folder}: a query was not kept: ${reason}`);
    this.#failure = reason;
  }

  #newName(callingAeTitle: string): string {
    this.#count = (this.#count + 1) % 1_000_000;
    const [date = '', time = ''] = this.#now()
      .toISOString()
      .replace(/[-:.Z]/g, '')
      .split('T');
    const caller = callingAeTitle.replace(/[^\w-]/g, '_').slice(0, 16);
    return `${date}-${time}-${String(this.#count).padStart(6, '0')}-${caller}.dump`;
  }
}

function dumpText(reading: DataSetReading, syntax: TransferSyntax): Uint8Array {
  const { dataSet, strayPrivates } = reading;
  return Buffer.concat([...printDump(dumpInput({ dataSet, syntax, strayPrivates }))]);
}
