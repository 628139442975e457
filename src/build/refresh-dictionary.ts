/** Makes the dictionary tables where they are missing or older than what they are made from. */

import { stat } from 'node:fs/promises';
import { extractDictionary } from './extract-dictionary.ts';

const PRODUCTS = ['dictionary-table.gen.ts', 'private-table.gen.ts'];
const SOURCES = [new URL('extract-dictionary.ts', import.meta.url), new URL(import.meta.resolve('dcmjs/dictionary'))];

/** Brings the tables in `folder` (src/dicom) up to date. */
export async function refreshDictionary(folder: URL): Promise<void> {
  const made = await Promise.all(PRODUCTS.map((name) => modified(new URL(name, folder))));
  const sources = await Promise.all(SOURCES.map(modified));
  if (Math.min(...made) < Math.max(...sources)) await extractDictionary(folder);
}

async function modified(file: URL): Promise<number> {
  return await stat(file).then(
    ({ mtimeMs }) => mtimeMs,
    () => Number.NEGATIVE_INFINITY,
  );
}
