/** Each recorded query of wlmscpfs, asked of the matcher: DCMTK's answer where it is right, ours where it is not. */

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { type DataSet, plainText } from '../../src/dicom/data-set.ts';
import { formatTag, TAG } from '../../src/dicom/tag.ts';
import { decidedVr } from '../../src/dicom/vr.ts';
import { parseDump } from '../../src/dump-text/parse-dump.ts';
import { type EntryView, viewEntry } from '../../src/worklist/entry-view.ts';
import { incompleteForWlmscpfs } from '../../src/worklist/incomplete.ts';
import { matchEntry } from '../../src/worklist/match.ts';
import { readNumbers } from '../../src/worklist/match-number.ts';
import { readQuery } from '../../src/worklist/query.ts';
import { respond } from '../../src/worklist/respond.ts';
import { dcmtkSamples } from '../support/peers.ts';
import {
  identifierOfCase,
  type RecordedDataSet,
  type RecordedValue,
  type ServeCase,
  serveCases,
  serveRecords,
} from '../support/serve-cases.ts';

/** What is answered where it is not what DCMTK answered and the case does not say it; docs/matching.md has the reasons. */
interface Choice {
  readonly why: string;
  readonly accessions?: readonly string[];
  readonly offending?: readonly string[];
}

const CT = ['E01', 'E04', 'E05', 'E06', 'E09', 'E10', 'E11', 'E12', 'E13', 'E14', 'E17', 'E18', 'E19', 'E20'];
const COMPLETE = [...CT, 'E03', 'E21', 'E22', 'E23', 'E24'].sort();

const CHOICES: Readonly<Record<string, Choice>> = {
  'e04-pid-wild': { why: 'wild cards in Patient ID', accessions: COMPLETE },
  'e09-modality-wild': { why: 'wild cards in Modality', accessions: ['E03'] },
  'e10-modality-lower': { why: 'a lower-case code is meant', accessions: [...CT, 'E21'].sort() },
  'e11-modality-two': { why: 'a list is OR', accessions: [...CT, 'E03', 'E21'].sort() },
  'e12-station-wild': { why: 'wild cards in AE', accessions: [...CT, 'E03', 'E21'].sort() },
  'e16-name-trailing-carets': { why: 'empty components do not count', accessions: ['E17'] },
  'e17-name-trailing-carets-query': { why: 'empty components do not count', accessions: ['E01'] },
  'e26-name-jp-alphabetic': { why: 'one group is enough', accessions: ['E06'] },
  'e38-date-feb30-query': { why: 'no date', offending: ['(0040,0002)'] },
  'e42-date-hyphen-only': { why: 'open on both sides asks for nothing', accessions: COMPLETE },
  'e43-date-star': { why: 'a star asks for nothing', accessions: COMPLETE },
  'e47-range-date-open-time': { why: 'one period', accessions: ['E09', 'E11', 'E12', 'E17', 'E18'] },
  'e48-open-date-closed-time': { why: 'one period', accessions: COMPLETE.filter((name) => name !== 'E19') },
  'e51-time-range-upper-hour': { why: '10 ends at 10:59:59', accessions: ['E09', 'E17', 'E18'] },
  'e56-study-date-time': { why: 'only the step has a period', accessions: [] },
  'e62-sps-id-with-value': { why: 'matched', accessions: ['E01'] },
  'e72-two-errors': { why: 'a lower-case code is meant', offending: ['(0040,0002)'] },
  'e81-code-key-with-value': { why: 'matched', accessions: ['E14'] },
  'e92-physician-case': { why: 'names ignore case', accessions: COMPLETE.filter((name) => name !== 'E21') },
  'e94-date-plus-unsupported-a900': { why: 'a lower-case code is meant', accessions: [...CT, 'E21'].sort() },
  'e100-only-unsupported': { why: 'every key exists', accessions: COMPLETE.map(() => '') },
  'e106-cs0-with-charset-key': { why: 'text is labelled', accessions: ['E05'] },
  'e107-name-bracket-group': { why: 'asks for an ideographic group', accessions: ['E06'] },
  'e112-query-value-echoed': { why: 'matched: the entry has no code', accessions: [] },
  'e113-code-value-only': { why: 'no item is made up', accessions: ['E01'] },
  'e114-reference-value-echoed': { why: 'matched: the entry has no reference', accessions: [] },
  'e29-cs1-utf8': { why: 'labelled as it is', accessions: ['E05'] },
  'e32-cs0-request-charset': { why: 'text is labelled', accessions: ['E06'] },
  'e64-unsupported-key': { why: 'every key exists', accessions: COMPLETE },
  'e68-private-key': { why: 'every key exists', accessions: COMPLETE },
  'e70-sps-two-items-nofail': { why: 'no lenient mode', offending: ['(0040,0100)'] },
  'e71-sps-three-items-nofail': { why: 'no lenient mode', offending: ['(0040,0100)'] },
  'e73-baddate-nofail': { why: 'no lenient mode', offending: ['(0040,0002)'] },
  's05-name-lower': { why: 'names ignore case', accessions: ['00000', '00002', '00003'] },
  's23-sample8-station-name': { why: 'matched', accessions: [] },
  'x01-wrong-vr-sps-as-lo': { why: 'no crash', offending: ['(0040,0100)'] },
  'x02-wrong-vr-refstudy-as-lo': { why: 'no crash', offending: ['(0008,1110)'] },
};

/** These are about associations and folders, not about matching. */
const NETWORK_CASES = /^a(01|02|04|05|06|08|09|10)-/;

interface SampleEntry {
  readonly folder: string;
  readonly view: EntryView;
  readonly incomplete: boolean;
}

const samples = dcmtkSamples();
const entries: SampleEntry[] = serveRecords().map(({ folder, dataSet }) => toEntry(folder, dataSet));
if (samples.skip === false) {
  const folder = join(samples.folder, 'OFFIS');
  for (const name of readdirSync(folder).filter((each) => each.endsWith('.dump'))) {
    // One of them has an Accession Number twice; of these DCMTK takes the first.
    const { dataSet } = parseDump(readFileSync(join(folder, name)), { file: name, force: true });
    entries.push(toEntry('OFFIS', dataSet));
  }
}

function toEntry(folder: string, dataSet: DataSet): SampleEntry {
  return { folder, view: viewEntry(dataSet), incomplete: incompleteForWlmscpfs(dataSet) !== undefined };
}

interface Answers {
  readonly dataSets: readonly DataSet[];
  readonly offending: readonly string[];
  readonly comment: string | undefined;
}

function ask(serveCase: ServeCase): Answers {
  const { query, refusal } = readQuery(identifierOfCase(serveCase));
  if (query === undefined) {
    assert.equal(refusal.status, 0xa900);
    return { dataSets: [], offending: refusal.offendingElements.map(formatTag), comment: refusal.comment };
  }
  const served = entries.filter(
    ({ folder, incomplete }) =>
      folder === serveCase.calledAe && (!incomplete || serveCase.server?.includes('-dfr') === true),
  );
  const dataSets = served.flatMap(({ view }) =>
    matchEntry(query, view).map(({ step }) => respond(query, view, step).dataSet),
  );
  return { dataSets, offending: [], comment: undefined };
}

/** The answer as the cases record it, without what is empty: PS3.5 7.4.5 has absent and zero length alike. */
function recordedForm(dataSet: DataSet): RecordedDataSet {
  const form: Record<string, RecordedValue> = {};
  for (const element of dataSet) {
    const tag = element.tag.toString(16).padStart(8, '0');
    if (element.kind === 'sequence') form[tag] = ['SQ', element.items.map((item) => recordedForm(item.dataSet))];
    else if (element.kind === 'value') form[tag] = [element.vr, valueForm(element.value, decidedVr(element.vr))];
  }
  return withoutEmpty(form);
}

function valueForm(value: Uint8Array, vr: string): string | readonly number[] {
  if (vr === 'US') return readNumbers(value, vr)?.map(Number) ?? [];
  return Buffer.from(value)
    .toString('latin1')
    .replace(/[ \0]$/, '');
}

function withoutEmpty(dataSet: RecordedDataSet): RecordedDataSet {
  const kept = Object.entries(dataSet).flatMap(([tag, [vr, value]]): [string, RecordedValue][] => {
    if (vr !== 'SQ') return value.length === 0 ? [] : [[tag, [vr, value]]];
    const items = (value as readonly RecordedDataSet[]).map(withoutEmpty);
    return items.length === 0 ? [] : [[tag, [vr, items]]];
  });
  return Object.fromEntries(kept);
}

function sorted(dataSets: readonly RecordedDataSet[]): RecordedDataSet[] {
  const key = (dataSet: RecordedDataSet): string => JSON.stringify(dataSet);
  return [...dataSets].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

/** Without -csk wlmscpfs sends no character set; then ours, which is required, is left out of the comparison. */
function compareResponses(serveCase: ServeCase, dataSets: readonly DataSet[]): void {
  const { responses } = serveCase.recorded;
  if (responses === undefined || responses === null) return;
  const labelled = serveCase.server?.includes('-csk') === true;
  const ours = dataSets.map((dataSet) => {
    const { '00080005': charset, ...rest } = recordedForm(dataSet);
    return labelled && charset !== undefined ? { '00080005': charset, ...rest } : rest;
  });
  assert.deepEqual(sorted(ours), sorted(responses.map(withoutEmpty)));
}

function accessionsOf(dataSets: readonly DataSet[]): string[] {
  return dataSets.map((dataSet) => plainText(dataSet, TAG.AccessionNumber)).sort();
}

for (const serveCase of serveCases().filter(({ name }) => !NETWORK_CASES.test(name))) {
  const { name, recorded, right, verdict } = serveCase;
  const skip = serveCase.calledAe === 'OFFIS' && samples.skip;
  test(`query ${name}, where DCMTK's answer is ${verdict === 'same' ? 'right' : verdict}`, { skip }, () => {
    const choice = CHOICES[name];
    const { dataSets, offending, comment } = ask(serveCase);
    const accessions = choice?.accessions ?? right?.accessions ?? recorded.accessions ?? [];
    const expectedOffending = choice === undefined ? (recorded.offending ?? []) : (choice.offending ?? []);
    assert.deepEqual(offending, verdict === 'differs' && choice === undefined ? [] : expectedOffending);
    assert.deepEqual(accessionsOf(dataSets), choice?.offending === undefined ? accessions : []);
    if (choice === undefined && verdict !== 'differs') {
      assert.equal(comment, recorded.comment);
      compareResponses(serveCase, dataSets);
    }
  });
}

test('every choice belongs to a case', () => {
  const names = new Set(serveCases().map(({ name }) => name));
  assert.deepEqual(
    Object.keys(CHOICES).filter((name) => !names.has(name)),
    [],
  );
});
