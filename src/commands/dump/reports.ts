/** What `dump` says about a file on stderr: damage, oddities, and what the output does not carry. */

import { formatTagPath } from '../../dicom/tag-path.ts';
import type { DataError } from '../../errors.ts';
import type { Log } from '../../log.ts';
import type { NamedSearchKey } from './options.ts';

/** A file may be odd in every element; nobody reads that. */
const MOST_LINES = 20;

interface Finding {
  readonly tagPath?: string | undefined;
  readonly message: string;
  readonly offset?: number | undefined;
}

/** Oddities that reading a file brought up. */
export function reportWarnings(file: string, warnings: readonly DataError[], log: Log): void {
  report(file, '', warnings, log);
}

/** Values that the output, read again, gives back as something else. */
export function reportLosses(file: string, format: 'text' | 'json', losses: readonly Finding[], log: Log): void {
  if (losses.length === 0) return;
  report(file, format === 'text' ? 'dump text cannot carry it: ' : '', losses, log);
  if (format === 'text') log.notice(`${file}: to keep what text cannot carry, use --format json`);
}

function report(file: string, prefix: string, findings: readonly Finding[], log: Log): void {
  for (const { tagPath, message, offset } of findings.slice(0, MOST_LINES)) {
    const where = [tagPath, offset === undefined ? undefined : `offset ${offset}`].filter((part) => part !== undefined);
    log.warn([file, where.join(' at '), prefix + message].filter((part) => part !== '').join(': '));
  }
  if (findings.length > MOST_LINES) log.warn(`${file}: and ${findings.length - MOST_LINES} more`);
}

/** Keys that no file had. */
export function reportNotFound(keys: readonly NamedSearchKey[], hits: readonly number[], log: Log): void {
  for (const [index, { text, path, tag }] of keys.entries()) {
    if ((hits[index] ?? 0) > 0) continue;
    const steps = path.map(({ tag: step, item }) => ({ tag: step, item: item ?? 0 }));
    const name = path.length === 0 ? formatTagPath(steps, tag) : '';
    log.notice(`nothing found for ${text}${name === '' || name.includes(text) ? '' : ` ${name}`}`);
  }
}
