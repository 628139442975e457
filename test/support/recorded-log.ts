/** A log that a test can read. */

import type { Log, LogLevel } from '../../src/log.ts';

export interface RecordedLog extends Log {
  /** "warn: the message", oldest first. */
  readonly lines: string[];
}

export function recordedLog(): RecordedLog {
  const lines: string[] = [];
  const at = (level: LogLevel) => (message: string) => void lines.push(`${level}: ${message}`);
  return { lines, error: at('error'), warn: at('warn'), notice: at('notice'), info: at('info'), debug: at('debug') };
}
