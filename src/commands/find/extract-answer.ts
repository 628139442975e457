/** Writes answers as worklist files, under names that hold no patient data and stay the same from run to run. */

import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { plainText } from '../../dicom/data-set.ts';
import { TAG } from '../../dicom/tag.ts';
import { uidOfBytes } from '../../dicom/uid.ts';
import { makeFolder } from '../../files/make-folder.ts';
import { writeOutput } from '../../files/write-output.ts';
import type { Answer } from '../../network/worklist-client.ts';
import { completeFileMeta } from '../../part10/file-meta.ts';
import { writePart10, ZERO_PREAMBLE } from '../../part10/write-part10.ts';
import type { PrintableAnswer } from './answer-printer.ts';

/** Long enough to tell the answers of a run apart. */
const DIGEST_LENGTH = 12;

function digestOf(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Letters, digits, dots and dashes stay; a digest tells apart what becomes alike. */
function safePart(text: string): string {
  const safe = text.replace(/[^A-Za-z0-9.-]/g, '_').replace(/^\.+/, '_');
  return safe === text && text.length <= 64 ? text : `${safe.slice(0, 40)}_${digestOf(text).slice(0, 8)}`;
}

/** Study Instance UID and step ID, as far as the answer has them. */
function nameOf({ dataSet }: PrintableAnswer, identifier: Uint8Array): string {
  const step = dataSet.items(TAG.ScheduledProcedureStepSequence)[0]?.dataSet;
  const study = plainText(dataSet, TAG.StudyInstanceUID);
  const stepId = step === undefined ? '' : plainText(step, TAG.ScheduledProcedureStepID).trim();
  const parts = [study, stepId].filter((part) => part !== '').map(safePart);
  return parts.length === 0 ? `answer_${digestOf(identifier).slice(0, DIGEST_LENGTH)}` : parts.join('_');
}

export class AnswerFolder {
  readonly #folder: string;
  readonly #likeFindscu: boolean;
  readonly #used = new Map<string, number>();

  private constructor(folder: string, likeFindscu: boolean) {
    this.#folder = folder;
    this.#likeFindscu = likeFindscu;
  }

  /** Makes the folder where it is missing. `likeFindscu`: files are called rsp0001.dcm and so on. @throws FileError */
  static async open(folder: string, likeFindscu: boolean): Promise<AnswerFolder> {
    await makeFolder(folder);
    return new AnswerFolder(folder, likeFindscu);
  }

  /** Writes one answer in the transfer syntax it came in. @throws FileError */
  async write(answer: PrintableAnswer, { identifier }: Answer): Promise<void> {
    const { dataSet, syntax } = answer;
    const newUid = (): string => uidOfBytes(createHash('sha256').update(identifier).digest());
    const { meta } = completeFileMeta({ given: undefined, dataSet, syntax, newUid });
    const bytes = writePart10({ preamble: ZERO_PREAMBLE, meta, dataSet, syntax });
    await writeOutput(join(this.#folder, this.#fileName(answer, identifier)), bytes);
  }

  #fileName(answer: PrintableAnswer, identifier: Uint8Array): string {
    if (this.#likeFindscu) return `rsp${String(answer.number).padStart(4, '0')}.dcm`;
    const name = nameOf(answer, identifier);
    const times = (this.#used.get(name) ?? 0) + 1;
    this.#used.set(name, times);
    return times === 1 ? `${name}.wl` : `${name}-${times}.wl`;
  }
}
