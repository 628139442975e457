/** Data element tags (PS3.5 7.1): one unsigned 32-bit number, group in the upper half. */

export type Tag = number;

/** The tag of a group and element number, each 0 to ffff. */
export function makeTag(group: number, element: number): Tag {
  return group * 0x10000 + element;
}

export function groupOf(tag: Tag): number {
  return tag >>> 16;
}

export function elementOf(tag: Tag): number {
  return tag & 0xffff;
}

/** "(0010,0020)", lower-case hex as DCMTK prints it. */
export function formatTag(tag: Tag): string {
  const hex = tag.toString(16).padStart(8, '0');
  return `(${hex.slice(0, 4)},${hex.slice(4)})`;
}

/** Reads "0010,0020", "(0010,0020)" or "00100020"; short groups such as "10,20" too. */
export function parseTag(text: string): Tag | undefined {
  const match = /^\(?([0-9a-f]{1,4}),([0-9a-f]{1,4})\)?$|^([0-9a-f]{4})([0-9a-f]{4})$/i.exec(text);
  if (match === null || text.startsWith('(') !== text.endsWith(')')) return undefined;
  const group = match[1] ?? match[3] ?? '';
  const element = match[2] ?? match[4] ?? '';
  return makeTag(Number.parseInt(group, 16), Number.parseInt(element, 16));
}

/** Odd groups are private, but groups 1, 3, 5, 7 and ffff are not usable (PS3.5 7.8). */
export function isPrivate(tag: Tag): boolean {
  return (groupOf(tag) & 1) === 1;
}

/** (gggg,0010-00ff) of an odd group reserves a block for its creator (PS3.5 7.8.1). */
export function isPrivateCreator(tag: Tag): boolean {
  const element = elementOf(tag);
  return isPrivate(tag) && element >= 0x10 && element <= 0xff;
}

/** (gggg,0000): the group length, retired but for groups 0000 and 0002 (PS3.5 7.2). */
export function isGroupLength(tag: Tag): boolean {
  return elementOf(tag) === 0;
}

/** Tags that the code itself speaks of, by their keyword (PS3.6). */
export const TAG = {
  CommandGroupLength: 0x00000000,
  FileMetaInformationGroupLength: 0x00020000,
  FileMetaInformationVersion: 0x00020001,
  MediaStorageSOPClassUID: 0x00020002,
  MediaStorageSOPInstanceUID: 0x00020003,
  TransferSyntaxUID: 0x00020010,
  ImplementationClassUID: 0x00020012,
  ImplementationVersionName: 0x00020013,
  SpecificCharacterSet: 0x00080005,
  SOPClassUID: 0x00080016,
  SOPInstanceUID: 0x00080018,
  QueryRetrieveLevel: 0x00080052,
  AccessionNumber: 0x00080050,
  Modality: 0x00080060,
  TimezoneOffsetFromUTC: 0x00080201,
  PatientName: 0x00100010,
  PatientID: 0x00100020,
  StudyInstanceUID: 0x0020000d,
  SeriesInstanceUID: 0x0020000e,
  PixelRepresentation: 0x00280103,
  ScheduledStationAETitle: 0x00400001,
  ScheduledProcedureStepStartDate: 0x00400002,
  ScheduledProcedureStepStartTime: 0x00400003,
  ScheduledProcedureStepID: 0x00400009,
  ScheduledProcedureStepSequence: 0x00400100,
  RequestedProcedureID: 0x00401001,
  PixelData: 0x7fe00010,
  DataSetTrailingPadding: 0xfffcfffc,
  Item: 0xfffee000,
  ItemDelimitationItem: 0xfffee00d,
  SequenceDelimitationItem: 0xfffee0dd,
} as const;
