/** A mapping of one's own, in JSON: what it says goes over the default one. */

import { Findings } from '../../dump-text/findings.ts';
import { SourceText } from '../../dump-text/source-text.ts';
import type { Diagnostic } from '../../errors.ts';
import { compileMapping } from './compile-mapping.ts';
import { DEFAULT_MAPPING } from './default-mapping.ts';
import { jsonPlaces } from './json-places.ts';
import type { Hl7Mapping } from './mapping.ts';

export interface MappingReading {
  /** The default mapping with all that was right put over it. */
  readonly mapping: Hl7Mapping;
  readonly diagnostics: readonly Diagnostic[];
}

/** The default mapping. `today`: what relative dates in constant values are counted from. */
export function defaultMapping(today: Date): Hl7Mapping {
  return compileMapping(DEFAULT_MAPPING, undefined, today, (place, message) => {
    throw new Error(`default mapping, ${place.join('.')}: ${message}`);
  });
}

/** Reads a mapping file; every fault is found with its line. */
export function readMapping(bytes: Uint8Array, today: Date): MappingReading {
  const source = new SourceText(bytes);
  const findings = new Findings(source);
  const text = Buffer.from(source.bytes).toString('utf8');
  const base = defaultMapping(today);
  const spanAt = (offset: number, length: number) => ({ offset: Buffer.byteLength(text.slice(0, offset)), length });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const position = Number(/position (\d+)/.exec(reason)?.[1] ?? text.length);
    findings.error(
      spanAt(position, 1),
      'this is no JSON',
      'names and texts are quoted, and no comma follows the last one',
    );
    return { mapping: base, diagnostics: findings.diagnostics() };
  }
  const places = jsonPlaces(text);
  const mapping = compileMapping(value, base, today, (place, message, hint) => {
    const { offset, length } = places(place);
    findings.error(spanAt(offset, length), message, hint);
  });
  return { mapping, diagnostics: findings.diagnostics() };
}
