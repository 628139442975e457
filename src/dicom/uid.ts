/** Unique identifiers (PS3.5 9): well-known ones by name, and new ones. */

import { randomUUID } from 'node:crypto';
import { nearest } from './nearest.ts';
import { UID_TABLE } from './uid-table.ts';

export const VERIFICATION_SOP_CLASS = '1.2.840.10008.1.1';
export const MODALITY_WORKLIST_FIND = '1.2.840.10008.5.1.4.31';
export const APPLICATION_CONTEXT = '1.2.840.10008.3.1.1.1';

/** What wltool writes as (0002,0012) and (0002,0013), and offers as implementation in associations. */
export const IMPLEMENTATION_CLASS_UID = '2.25.171155113692055151915100735703766436392';
export const IMPLEMENTATION_VERSION_NAME = 'WLTOOL_1';

/** DCMTK's class for files that name none: a private "raw data" class of that toolkit. */
export const DCMTK_UNSPECIFIED_CLASS = '1.2.276.0.7230010.3.1.0.1';

interface UidTables {
  readonly names: Map<string, string>;
  readonly uids: Map<string, string>;
}

let tables: UidTables | undefined;

function uidTables(): UidTables {
  if (tables !== undefined) return tables;
  const names = new Map<string, string>();
  const uids = new Map<string, string>();
  for (const line of UID_TABLE.trim().split('\n')) {
    const [uid = '', name = '-', keyword = '-'] = line.split(' ');
    if (name !== '-') {
      names.set(uid, name);
      uids.set(name, uid);
    }
    if (keyword !== '-' && !uids.has(keyword)) uids.set(keyword, uid);
  }
  tables = { names, uids };
  return tables;
}

/** The name that DCMTK 3.6.7 prints for a UID, without the "=". */
export function uidName(uid: string): string | undefined {
  return uidTables().names.get(uid);
}

/** The UID of a name, in DCMTK's spelling or as the standard's keyword; exact. */
export function uidOfName(name: string): string | undefined {
  return uidTables().uids.get(name);
}

/** The UID names most like a misspelt one, best first. */
export function nearestUidNames(name: string, count = 3): string[] {
  return nearest(name, [...uidTables().uids.keys()], count);
}

/** Digits and dots, no component with a leading zero, at most 64 characters (PS3.5 9.1). */
export function isValidUid(text: string): boolean {
  return text.length <= 64 && /^(0|[1-9]\d*)(\.(0|[1-9]\d*))+$/.test(text);
}

/** The UID under 2.25 of 16 bytes taken as one number (PS3.5 B.2). */
export function uidOfBytes(bytes: Uint8Array): string {
  const hex = Buffer.from(bytes.subarray(0, 16)).toString('hex');
  return `2.25.${BigInt(`0x${hex}`).toString()}`;
}

/** A new UID from a random UUID (PS3.5 B.2). */
export function generateUid(): string {
  return uidOfBytes(Buffer.from(randomUUID().replaceAll('-', ''), 'hex'));
}
