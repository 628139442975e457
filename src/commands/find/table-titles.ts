/** Short titles of table columns, and which columns a query without keys shows. */

import { lookupTag } from '../../dicom/dictionary.ts';
import { TAG, type Tag } from '../../dicom/tag.ts';
import { type Column, columnName } from './columns.ts';

const TITLES: ReadonlyMap<Tag, string> = new Map([
  [0x00400002, 'Date'],
  [0x00400003, 'Time'],
  [0x00080060, 'Mod'],
  [0x00400001, 'Station'],
  [0x00400010, 'Station name'],
  [0x00400011, 'Location'],
  [0x00400006, 'Performing physician'],
  [0x00400007, 'Step'],
  [0x00400009, 'Step ID'],
  [0x00100010, 'Patient'],
  [0x00100020, 'Patient ID'],
  [0x00100030, 'Birth date'],
  [0x00100040, 'Sex'],
  [0x00080050, 'Accession'],
  [0x00080090, 'Referring physician'],
  [0x00321032, 'Requesting physician'],
  [0x00321060, 'Procedure'],
  [0x00401001, 'Procedure ID'],
  [0x00401003, 'Priority'],
  [0x0020000d, 'Study UID'],
]);

/** Left out where the screen is narrower than the table would be with them. */
const FOR_WIDE_SCREENS: ReadonlySet<Tag> = new Set([0x00100030, 0x00100040]);
const WIDE_SCREEN = 110;

/** A query without keys asks for more than fits a screen: these first. */
const OVERVIEW: readonly Tag[] = [
  0x00400002, 0x00400003, 0x00080060, 0x00400001, 0x00100010, 0x00100020, 0x00100030, 0x00100040, 0x00080050,
  0x00321060,
];

function isStepOrRoot({ path }: Column): boolean {
  return path.length === 0 || (path.length === 1 && path[0] === TAG.ScheduledProcedureStepSequence);
}

const TEXT_VRS: ReadonlySet<string> = new Set(['PN', 'LO', 'SH', 'LT', 'ST', 'UC', 'UR', 'UT', 'SQ']);

/** Names and descriptions, which are understood when cut; identifiers are not. */
export function isProse({ tag }: Column): boolean {
  const { vr = '', keyword = '' } = lookupTag(tag) ?? {};
  return TEXT_VRS.has(vr) && !/(?:ID|Number)$/.test(keyword);
}

/** "Patient", "Other Patient IDs": the short title, else the keyword's words. */
export function columnTitle(column: Column): string {
  const short = isStepOrRoot(column) ? TITLES.get(column.tag) : undefined;
  return short ?? columnName(column).replace(/([a-z])([A-Z])/g, '$1 $2');
}

/** The titles of all columns; of two with the same, that of the step says so. */
export function columnTitles(columns: readonly Column[]): string[] {
  const titles = columns.map(columnTitle);
  return columns.map(({ path }, index) => {
    const title = titles[index] ?? '';
    const isUnique = titles.indexOf(title) === titles.lastIndexOf(title);
    return isUnique || path[0] !== TAG.ScheduledProcedureStepSequence ? title : `${title} (step)`;
  });
}

/** The columns worth a look at the answers of a query without keys, dates first. */
export function overviewColumns(columns: readonly Column[], screenWidth: number): Column[] {
  const tags = OVERVIEW.filter((tag) => screenWidth >= WIDE_SCREEN || !FOR_WIDE_SCREENS.has(tag));
  return tags.flatMap((tag) => columns.find((column) => column.tag === tag) ?? []);
}
