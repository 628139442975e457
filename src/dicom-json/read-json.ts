/** DICOM JSON (PS3.18 F.2) to data sets: one object, an array of them, or one object a line. */

import type { DataSet } from '../dicom/data-set.ts';
import { DataError } from '../errors.ts';
import { jsonToDataSet } from './json-to-data-set.ts';

export interface JsonReading {
  readonly dataSets: readonly DataSet[];
  /** True for an array, and for one object a line. */
  readonly isArray: boolean;
  readonly warnings: readonly DataError[];
}

/** Reads DICOM JSON. @throws DataError naming the line of a syntax error, or the tag path of a wrong value */
export function readDicomJson(bytes: Uint8Array, options: { readonly file?: string | undefined } = {}): JsonReading {
  const { file } = options;
  const text = new TextDecoder('utf-8').decode(bytes);
  const { value, isArray } = parse(text, file);
  const warnings: DataError[] = [];
  const dataSets = value.map((object, index) =>
    jsonToDataSet(object, { file, warnings, index: isArray ? index : undefined }),
  );
  return { dataSets, isArray, warnings };
}

function parse(text: string, file: string | undefined): { value: readonly unknown[]; isArray: boolean } {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? { value, isArray: true } : { value: [value], isArray: false };
  } catch (error) {
    const lines = parseLines(text);
    if (lines !== undefined) return { value: lines, isArray: true };
    throw syntaxError(error, text, file);
  }
}

/** NDJSON; undefined when some line is no JSON object. */
function parseLines(text: string): unknown[] | undefined {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  if (lines.length < 2) return undefined;
  try {
    const objects = lines.map((line): unknown => JSON.parse(line));
    return objects.every((object) => typeof object === 'object' && !Array.isArray(object)) ? objects : undefined;
  } catch {
    return undefined;
  }
}

function syntaxError(error: unknown, text: string, file: string | undefined): DataError {
  const reason = error instanceof Error ? error.message : String(error);
  const position = /position (\d+)/.exec(reason)?.[1];
  const before = text.slice(0, position === undefined ? text.length : Number(position)).split('\n');
  const place = `line ${before.length}, column ${(before.at(-1) ?? '').length + 1}`;
  // V8 repeats a part of the text in its message: it may be long, and it is no news.
  const what = /^Unexpected end/.test(reason) ? 'the text ends too early' : reason.replace(/ in JSON.*|, \.*".*/s, '');
  return new DataError('json', `no valid JSON at ${place}: ${what}`, { file, cause: error });
}
