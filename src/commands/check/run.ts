/** `wltool check`: files read and judged, one query matched against each, all of it printed. */

import type { DataSet } from '../../dicom/data-set.ts';
import { EXIT, type ExitCode, UsageError } from '../../errors.ts';
import { parseKey } from '../../keys/parse-key.ts';
import type { Io } from '../../terminal/io.ts';
import { reportError } from '../../terminal/report-error.ts';
import { explainMismatch } from '../../worklist/explain.ts';
import { lintDuplicates } from '../../worklist/lint-duplicates.ts';
import { type FileReport, lintFile } from '../../worklist/lint-file.ts';
import type { Finding } from '../../worklist/lint-finding.ts';
import { matchEntry } from '../../worklist/match.ts';
import { readQuery } from '../../worklist/query.ts';
import type { Query } from '../../worklist/query-key.ts';
import { buildQuery } from '../build-query.ts';
import { readQueryFile } from '../query-files.ts';
import type { CheckedFile } from './checked-file.ts';
import { findWorklistFiles } from './find-worklist-files.ts';
import { printJson, printText } from './print-report.ts';

export interface CheckOptions {
  readonly key?: readonly string[];
  readonly query?: string;
  readonly format: 'text' | 'json';
}

export async function run(paths: readonly string[], options: CheckOptions, io: Io): Promise<ExitCode> {
  const query = await queryOf(options, io);
  const { files, errors } = findWorklistFiles(paths, io.log);
  for (const error of errors) await reportError(error, io);
  const reports: FileReport[] = [];
  for (const { folder, name } of files) {
    io.signal.throwIfAborted();
    reports.push(await lintFile(folder, name));
  }
  const duplicates = lintDuplicates(reports);
  const checked = reports.map((report): CheckedFile => {
    const findings = [...(duplicates.get(report) ?? []), ...report.findings].toSorted(errorsFirst);
    return { ...report, findings, ...(query && report.view && { match: matchOf(query, report.view) }) };
  });
  await (options.format === 'json' ? printJson : printText)(checked, io.stdout);
  if (errors.length > 0) return EXIT.file;
  return checked.some(({ findings }) => findings.some(({ severity }) => severity === 'error')) ? EXIT.data : EXIT.done;
}

function errorsFirst(a: Finding, b: Finding): number {
  return Number(a.severity === 'warning') - Number(b.severity === 'warning');
}

function matchOf(query: Query, view: NonNullable<FileReport['view']>): NonNullable<CheckedFile['match']> {
  const steps = matchEntry(query, view).map(({ step }) => step);
  return { steps, mismatch: steps.length > 0 ? undefined : explainMismatch(query, view) };
}

/** @throws UsageError for keys that no server would take */
async function queryOf(options: CheckOptions, io: Io): Promise<Query | undefined> {
  if (options.key === undefined && options.query === undefined) return undefined;
  const keys = (options.key ?? []).map((text) => parseKey(text, { today: io.now(), bareKeywords: 'worklist' }));
  const files = options.query === undefined ? [undefined] : await readQueryFile(options.query, io);
  if (files.length > 1) throw new UsageError(`${options.query} holds ${files.length} queries; check takes one`);
  const identifier: DataSet = buildQuery(files[0], keys, { charset: undefined, force: false });
  return readQuery(identifier).query;
}
