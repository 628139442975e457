/** Identifiers that two entries share though they should be told apart by them. */

import { plainText } from '../dicom/data-set.ts';
import { TAG, type Tag } from '../dicom/tag.ts';
import type { TagPathStep } from '../dicom/tag-path.ts';
import type { EntryView } from './entry-view.ts';
import type { FileReport } from './lint-file.ts';
import type { Finding } from './lint-finding.ts';

interface Use {
  readonly report: FileReport;
  readonly path: readonly TagPathStep[];
  readonly patientId: string;
  readonly requestId: string;
  /** What its steps are known by; '' where one has no ID. */
  readonly stepIds: readonly string[];
}

/** The findings by file report: each use of a shared identifier names the others. */
export function lintDuplicates(reports: readonly FileReport[]): ReadonlyMap<FileReport, readonly Finding[]> {
  const findings = new Map<FileReport, Finding[]>();
  const add = (report: FileReport, finding: Finding) => {
    findings.set(report, [...(findings.get(report) ?? []), finding]);
  };
  for (const tag of [TAG.AccessionNumber, TAG.StudyInstanceUID] as const) {
    for (const uses of shared(reports, (view) => [{ identifier: plainText(view.dataSet, tag).trim(), path: [] }])) {
      if (!areStepsOfOneRequest(uses)) reportShared(uses, tag, add);
    }
  }
  for (const uses of shared(reports, stepIdentifiers)) reportShared(uses, TAG.ScheduledProcedureStepID, add);
  return findings;
}

/** A step is known by its ID within its request (PS3.3 C.4.10). */
function stepIdentifiers(view: EntryView) {
  const accession = plainText(view.dataSet, TAG.AccessionNumber).trim();
  const request = plainText(view.dataSet, TAG.RequestedProcedureID).trim();
  return view.steps.map((step, item) => {
    const id = plainText(step.dataSet, TAG.ScheduledProcedureStepID).trim();
    const identifier = id === '' ? '' : JSON.stringify([accession, request, id]);
    return { identifier, path: [{ tag: TAG.ScheduledProcedureStepSequence, item }] };
  });
}

function shared(
  reports: readonly FileReport[],
  identify: (view: EntryView) => readonly { readonly identifier: string; readonly path: readonly TagPathStep[] }[],
): Use[][] {
  const uses = new Map<string, Use[]>();
  for (const report of reports) {
    if (report.view === undefined) continue;
    const patientId = plainText(report.view.dataSet, TAG.PatientID).trim();
    const requestId = plainText(report.view.dataSet, TAG.RequestedProcedureID).trim();
    const stepIds = stepIdentifiers(report.view).map(({ identifier: stepId }) => stepId);
    for (const { identifier, path } of identify(report.view)) {
      if (identifier === '') continue;
      const others = uses.get(identifier) ?? [];
      others.push({ report, path, patientId, requestId, stepIds });
      uses.set(identifier, others);
    }
  }
  return [...uses.values()].filter((each) => each.length > 1);
}

/** The steps of one request share its accession number and study, whether they are in one file or in several. */
function areStepsOfOneRequest(uses: readonly Use[]): boolean {
  const stepIds = uses.flatMap((use) => use.stepIds);
  const isSame = (of: (use: Use) => string): boolean =>
    uses.every((use) => of(use) !== '' && of(use) === of(uses[0] ?? use));
  const areDistinct = new Set(stepIds).size === stepIds.length && !stepIds.includes('');
  return areDistinct && isSame(({ patientId }) => patientId) && isSame(({ requestId }) => requestId);
}

/** One request may be in several files, but of two patients one gets the other's images. */
function reportShared(uses: readonly Use[], tag: Tag, add: (report: FileReport, finding: Finding) => void): void {
  const patients = new Set(uses.map(({ patientId }) => patientId)).size;
  const severity = patients > 1 ? 'error' : 'warning';
  for (const use of uses) {
    const other = uses.find((each) => each !== use);
    if (other === undefined) continue;
    const where = other.report === use.report ? 'another step of this file' : other.report.file;
    const more = uses.length > 2 ? ` and ${uses.length - 2} more` : '';
    const message = `is also that of ${where}${more}${patients > 1 ? ', which is of another patient' : ''}`;
    add(use.report, { severity, path: use.path, tag, message });
  }
}
