/** The recorded cases of dump2dcm in fixtures/dump2wl, and how one is run against wltool. */

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { EXPLICIT_LITTLE } from '../../src/codec/transfer-syntax.ts';
import { writeDataSet } from '../../src/codec/write-data-set.ts';
import { DataSet, type Element } from '../../src/dicom/data-set.ts';
import { elementOf, formatTag, groupOf, TAG } from '../../src/dicom/tag.ts';
import { examinePart10, hasPart10Prefix } from '../../src/part10/read-part10.ts';
import { runInProcess } from './run-in-process.ts';
import { ROOT } from './spawn-cli.ts';

export interface Dump2wlCase {
  readonly name: string;
  readonly notes?: string;
  /** dump2dcm's arguments before the file names. */
  readonly options: readonly string[];
  /** The dump, one character a byte; long runs of a character as {"x": count}. */
  readonly input: readonly (string | Readonly<Record<string, number>>)[];
  /** Files that values name, in hex. */
  readonly files?: Readonly<Record<string, string>>;
  /** `same`: as dump2dcm writes it. `better`: as it writes a dump in which what it cannot read is mended. `error`: nothing. */
  readonly expect: 'same' | 'better' | 'error';
  /** Why wltool does otherwise than dump2dcm. */
  readonly better?: string;
  readonly exit: number;
  /** SHA-256 and size of the data set's bytes; deflated ones inflated. */
  readonly dataSet?: { readonly sha256: string; readonly size: number };
  /** Group 0002 but for its length and the implementation's name: tag to VR and hex. Null: no header. */
  readonly meta?: Readonly<Record<string, string>> | null;
  /** Top-level UIDs that are new in every run. */
  readonly generated?: readonly string[];
  /** What is said on stderr: `line:column severity: message`. */
  readonly says: readonly string[];
}

export const CASES_FILE = `${ROOT}fixtures/dump2wl/cases.ndjson`;
const NEW_UID = /^(?:2\.25\.\d+|1\.2\.276\.0\.7230010\.3\.1\.[234]\..*)$/;
const PLACE = /^(.*?):(\d+):(\d+) (error|warning): (.*)$/;
/** What --check says of dumps that are no complete worklist entry, as most cases are. */
const INCOMPLETE = /\(type [12]\)|no item of \(0040,0100\)/;

export function readCases(): Dump2wlCase[] {
  return readFileSync(CASES_FILE, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line): Dump2wlCase => JSON.parse(line));
}

export function inputOf({ input }: Pick<Dump2wlCase, 'input'>): Buffer {
  const text = input.map((part) =>
    typeof part === 'string'
      ? part
      : Object.entries(part)
          .map(([char, count]) => char.repeat(count))
          .join(''),
  );
  return Buffer.from(text.join(''), 'latin1');
}

export interface Written {
  readonly meta: Readonly<Record<string, string>> | null;
  readonly dataSet: { readonly sha256: string; readonly size: number };
}

/** What a written file holds, without what differs from run to run and from tool to tool. */
export function describeFile(file: Uint8Array, generated: readonly string[], options: readonly string[]): Written {
  if (!hasPart10Prefix(file)) {
    return { meta: null, dataSet: hash(options.includes('+td') ? inflateRawSync(file) : file) };
  }
  const { meta = new DataSet(), syntax, dataSet } = examinePart10(file);
  const size = writeDataSet(meta, EXPLICIT_LITTLE, { groupLengths: 'recalculate' }).length;
  const bytes = file.subarray(132 + size);
  const plain = generated.length === 0 ? (syntax.deflated ? inflateRawSync(bytes) : bytes) : undefined;
  const kept = new DataSet([...dataSet].filter(({ tag }) => !generated.includes(formatTag(tag))));
  return {
    meta: Object.fromEntries([...meta].filter(isCompared).map((element) => [formatTag(element.tag), hexOf(element)])),
    dataSet: hash(plain ?? writeDataSet(kept, syntax, { groupLengths: 'recalculate' })),
  };
}

function isCompared({ tag }: Element): boolean {
  const isOurs = tag === TAG.ImplementationClassUID || tag === TAG.ImplementationVersionName;
  return groupOf(tag) === 2 && elementOf(tag) !== 0 && !isOurs;
}

function hexOf(element: Element): string {
  if (element.kind !== 'value') return element.kind;
  const text = Buffer.from(element.value).toString('latin1').replace(/\0$/, '');
  const isNew = element.tag === TAG.MediaStorageSOPInstanceUID && NEW_UID.test(text);
  return `${element.vr} ${isNew ? 'new' : Buffer.from(element.value).toString('hex')}`;
}

function hash(bytes: Uint8Array): Written['dataSet'] {
  return { sha256: createHash('sha256').update(bytes).digest('hex'), size: bytes.length };
}

export interface CaseRun {
  readonly exit: number;
  readonly file: Uint8Array | undefined;
  readonly says: readonly string[];
}

/** Runs a case in a folder of its own, which becomes the process's: values name files relative to it. */
export async function runCase(test: Pick<Dump2wlCase, 'options' | 'input' | 'files'>): Promise<CaseRun> {
  const folder = await mkdtemp(join(tmpdir(), 'wltool-test-'));
  const before = process.cwd();
  try {
    process.chdir(folder);
    await writeFile('in.dump', inputOf(test));
    for (const [name, hex] of Object.entries(test.files ?? {})) await writeFile(name, Buffer.from(hex, 'hex'));
    const { code, stderr } = await runInProcess(['dump2wl', ...test.options, 'in.dump', 'out.wl']);
    const file = await readFile('out.wl').catch(() => undefined);
    return { exit: code, file, says: stderr.split('\n').flatMap(readSaying) };
  } finally {
    process.chdir(before);
    await rm(folder, { recursive: true, force: true });
  }
}

function readSaying(line: string): string[] {
  const [, , row, column, severity, message = ''] = PLACE.exec(line) ?? [];
  if (row !== undefined) return INCOMPLETE.test(message) ? [] : [`${row}:${column} ${severity}: ${message}`];
  return /^(?:error|warning): /.test(line) && !INCOMPLETE.test(line) ? [line] : [];
}
