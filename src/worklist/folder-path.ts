/**
 * File names as the system has them: any bytes. Inside the store a name is a string with one character per byte
 * (Latin-1), so that two names are equal only if their bytes are.
 */

export type FileName = string;

const ASCII = /^[\x00-\x7f]*$/;

export function toFileName(bytes: Buffer): FileName {
  return bytes.toString('latin1');
}

/** The path of a file for node:fs: bytes where the name is not ASCII, which no text encoding can then damage. */
export function pathOf(folder: string, name: FileName): string | Buffer {
  if (ASCII.test(name)) return `${folder}/${name}`;
  return Buffer.concat([Buffer.from(`${folder}/`), Buffer.from(name, 'latin1')]);
}

/** The name as people know it; bytes that are no UTF-8 show as U+FFFD. */
export function showFileName(name: FileName): string {
  return ASCII.test(name) ? name : Buffer.from(name, 'latin1').toString('utf8');
}
