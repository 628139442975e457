/** How DCMTK's tools are told what to log, in wltool's options: the same for all of them. */

import { UsageError } from '../errors.ts';
import type { DcmtkOption } from './dcmtk-options.ts';

/** What -v, -vv and -q make of DCMTK's words. */
const LEVELS: Readonly<Record<string, readonly string[]>> = {
  fatal: ['--quiet'],
  error: ['--quiet'],
  warn: [],
  info: ['--verbose'],
  debug: ['--verbose', '--verbose'],
  trace: ['--verbose', '--verbose'],
};

function readLevel(level = ''): readonly string[] {
  const becomes = Object.hasOwn(LEVELS, level) ? LEVELS[level] : undefined;
  if (becomes !== undefined) return becomes;
  throw new UsageError(`there is no log level ${level}`, { hint: `levels: ${Object.keys(LEVELS).join(', ')}` });
}

const LOG_LEVEL: DcmtkOption = { takes: 1, becomes: readLevel };
const LOG_CONFIG: DcmtkOption = { takes: 1, warning: 'ignored; -v, -q and --log-format say what is logged' };

export const DCMTK_LOG_OPTIONS: Readonly<Record<string, DcmtkOption>> = {
  '-d': { becomes: ['--verbose', '--verbose'] },
  '--debug': { becomes: ['--verbose', '--verbose'] },
  '-ll': LOG_LEVEL,
  '--log-level': LOG_LEVEL,
  '-lc': LOG_CONFIG,
  '--log-config': LOG_CONFIG,
};
