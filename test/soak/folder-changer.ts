/** Changes the served folder without a pause, and asks after each change whether it is seen. */

import { rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { readDataSet } from '../../src/codec/read-data-set.ts';
import { plainText } from '../../src/dicom/data-set.ts';
import { TAG } from '../../src/dicom/tag.ts';
import { findWorklist } from '../../src/network/worklist-client.ts';
import type { AttackServer } from '../support/attack-server.ts';
import { dataSetOf, entryDataSet, entryFile } from '../support/worklist-entries.ts';

const FILES = 50;
const PAUSE_MS = 200;

export class FolderChanger {
  changes = 0;
  seen = 0;
  readonly failures: string[] = [];
  readonly #server: AttackServer;
  readonly #running: Promise<void>;
  #stopping = false;

  constructor(server: AttackServer) {
    this.#server = server;
    this.#running = this.#run();
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    await this.#running;
  }

  async #run(): Promise<void> {
    while (!this.#stopping) {
      try {
        await this.#change();
      } catch (error) {
        this.failures.push(error instanceof Error ? error.message : String(error));
      }
      await wait(PAUSE_MS);
    }
  }

  /** In turn: written in place, renamed into place, deleted; each in its own file. */
  async #change(): Promise<void> {
    const count = this.changes++;
    const number = `B${count % FILES}`;
    const path = join(this.#server.folder, `${number}.wl`);
    const name = `VERSION^${count}`;
    const bytes = entryFile(entryDataSet(number, { [TAG.PatientName]: name }));
    const remove = count % 3 === 2;
    if (remove) await rm(path, { force: true });
    else if (count % 3 === 0) await writeFile(path, bytes);
    else {
      await writeFile(`${path}.tmp`, bytes);
      await rename(`${path}.tmp`, path);
    }
    const answers = await this.#ask(number);
    const wanted = remove ? [] : [name];
    if (answers.join() === wanted.join()) this.seen += 1;
    else this.failures.push(`change ${count} of ${number}: wanted "${wanted}", answered "${answers}"`);
  }

  async #ask(accessionNumber: string): Promise<string[]> {
    const names: string[] = [];
    const answers = findWorklist({
      host: '127.0.0.1',
      port: this.#server.port,
      callingAeTitle: 'CHANGER',
      calledAeTitle: 'WORKLIST',
      identifier: dataSetOf({ [TAG.AccessionNumber]: accessionNumber, [TAG.PatientName]: '' }),
    });
    for await (const { identifier, syntax } of answers) {
      names.push(plainText(readDataSet(identifier, syntax).dataSet, TAG.PatientName).trim());
    }
    return names;
  }
}
