/** What `wltool check` prints, for people and for programs. */

import { lookupTag } from '../../dicom/dictionary.ts';
import type { Output } from '../../terminal/output.ts';
import { visible } from '../../terminal/safe-text.ts';
import type { Mismatch } from '../../worklist/explain.ts';
import { type Finding, findingPlace, namedPlace } from '../../worklist/lint-finding.ts';
import type { CheckedFile } from './checked-file.ts';

export async function printText(files: readonly CheckedFile[], stdout: Output): Promise<void> {
  for (const file of files) {
    const lines = [headline(file), ...findingLines(file.findings)];
    await stdout.write(lines.map((line) => `${visible(line)}\n`).join(''));
  }
  await stdout.write(`${summary(files)}\n`);
}

function headline({ file, view, findings, match }: CheckedFile): string {
  if (view === undefined) return `${file}: not served`;
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  const warnings = findings.length - errors;
  const counts = [errors > 0 ? count(errors, 'error') : '', warnings > 0 ? count(warnings, 'warning') : ''];
  const state = counts.filter((text) => text !== '').join(', ') || 'ok';
  if (match === undefined) return `${file}: ${state}`;
  const steps = view.steps.length > 1 ? ` (${match.steps.map((step) => `step ${step}`).join(', ')})` : '';
  const outcome = match.steps.length > 0 ? `matches${steps}` : `does not match: ${mismatchText(match.mismatch)}`;
  return `${file}: ${state}; ${outcome}`;
}

/** One line a finding, but one for all places of the same: a generator that omits type 2 omits a dozen. */
function findingLines(findings: readonly Finding[]): string[] {
  const places = new Map<string, string[]>();
  for (const finding of findings) {
    const what = `${finding.severity}: ${finding.message}`;
    places.set(what, [...(places.get(what) ?? []), namedPlace(finding)]);
  }
  const told = new Set<string>();
  return findings.flatMap(({ severity, message }) => {
    const what = `${severity}: ${message}`;
    const where = (places.get(what) ?? []).filter((place) => place !== '');
    if (told.has(what)) return [];
    told.add(what);
    if (where.length > 1) return `  ${count(where.length, severity)}: ${where.join(', ')} ${severally(message)}`;
    return `  ${severity}: ${[...where, message].join(' ')}`;
  });
}

/** "is missing" of one, "are missing" of several. */
function severally(message: string): string {
  return message.replace(/^is /, 'are ').replace(/^has /, 'have ');
}

function mismatchText(mismatch: Mismatch | undefined): string {
  if (mismatch === undefined) return 'the query asks for nothing';
  const { tagPath, asked, stored } = mismatch;
  const holds = stored === undefined ? 'is not there' : stored === '' ? 'is empty' : `is "${stored}"`;
  return `${tagPath} ${holds}, asked was "${asked}"`;
}

function summary(files: readonly CheckedFile[]): string {
  const findings = files.flatMap((file) => file.findings);
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  const served = files.filter(({ view }) => view !== undefined).length;
  const matching = files.filter(({ match }) => match !== undefined && match.steps.length > 0).length;
  const parts = [
    `${count(files.length, 'file')}`,
    `${served} served`,
    ...(files.some(({ match }) => match !== undefined) ? [`${matching} matching`] : []),
    count(errors, 'error'),
    count(findings.length - errors, 'warning'),
  ];
  return parts.join(', ');
}

function count(number: number, one: string): string {
  return `${number} ${one}${number === 1 ? '' : 's'}`;
}

/** One object: `files` in the order of the text, each with its findings. */
export async function printJson(files: readonly CheckedFile[], stdout: Output): Promise<void> {
  const report = {
    files: files.map(({ file, view, findings, match }) => ({
      file,
      served: view !== undefined,
      steps: view?.steps.length ?? 0,
      problems: findings.map((finding) => ({
        severity: finding.severity,
        tagPath: findingPlace(finding) || undefined,
        keyword: finding.tag === undefined ? undefined : lookupTag(finding.tag)?.keyword,
        message: finding.message,
      })),
      ...(match && { matches: match.steps.length > 0, matchingSteps: match.steps, excludedBy: match.mismatch }),
    })),
  };
  await stdout.write(`${JSON.stringify(report, null, 2)}\n`);
}
