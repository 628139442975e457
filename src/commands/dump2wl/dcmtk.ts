/** dump2dcm's options, and what they are called here. */

import { UsageError } from '../../errors.ts';
import { DCMTK_LOG_OPTIONS } from '../dcmtk-log-options.ts';
import type { DcmtkOption, DcmtkOptionTable } from '../dcmtk-options.ts';

const LEAST_LINE_LENGTH = 80;

/** Lines may be of any length here; what dump2dcm refuses is refused all the same. */
function lineLength(text = ''): readonly string[] {
  const length = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (length >= LEAST_LINE_LENGTH) return [];
  throw new UsageError(`+l needs a whole number of at least ${LEAST_LINE_LENGTH}`, {
    hint: 'leave it out: lines have no limit',
  });
}

/** Each option in its short and its long spelling. */
function both(short: string, long: string, option: DcmtkOption): Readonly<Record<string, DcmtkOption>> {
  return { [short]: option, [long]: option };
}

const OPTIONS: DcmtkOptionTable['options'] = {
  ...DCMTK_LOG_OPTIONS,
  '--arguments': { warning: 'ignored' },
  ...both('+f', '--read-meta-info', { becomes: ['--no-ignore-meta'] }),
  ...both('-f', '--ignore-meta-info', { becomes: ['--ignore-meta'] }),
  ...both('+rl', '--read-file-little', { becomes: ['--no-big-endian-files'] }),
  ...both('+rb', '--read-file-big', { becomes: ['--big-endian-files'] }),
  ...both('+l', '--line', { takes: 1, becomes: lineLength }),
  ...both('+Ug', '--generate-new-uids', { becomes: ['--new-uids=missing'] }),
  ...both('-Uo', '--dont-overwrite-uids', { becomes: ['--no-overwrite-uids'] }),
  ...both('+Uo', '--overwrite-uids', { becomes: ['--overwrite-uids'] }),
  ...both('+F', '--write-file', { becomes: ['--meta'] }),
  ...both('-F', '--write-dataset', { becomes: ['--no-meta'] }),
  ...both('+Fu', '--update-meta-info', { becomes: ['--update-meta'] }),
  ...both('+t=', '--write-xfer-same', { becomes: ['--no-transfer-syntax'] }),
  ...both('+te', '--write-xfer-little', { becomes: ['--transfer-syntax', 'explicit'] }),
  ...both('+tb', '--write-xfer-big', { becomes: ['--transfer-syntax', 'big'] }),
  ...both('+ti', '--write-xfer-implicit', { becomes: ['--transfer-syntax', 'implicit'] }),
  ...both('+td', '--write-xfer-deflated', { becomes: ['--transfer-syntax', 'deflated'] }),
  ...both('-E', '--stop-on-error', { becomes: ['--no-force'] }),
  ...both('+E', '--ignore-errors', { becomes: ['--force'] }),
  ...both('+u', '--enable-new-vr', { becomes: ['--no-old-vrs'] }),
  ...both('-u', '--disable-new-vr', { becomes: ['--old-vrs'] }),
  ...both('+g=', '--group-length-recalc', { becomes: ['--group-lengths', 'recalculate'] }),
  ...both('+g', '--group-length-create', { becomes: ['--group-lengths', 'create'] }),
  ...both('-g', '--group-length-remove', { becomes: ['--group-lengths', 'remove'] }),
  ...both('+e', '--length-explicit', { becomes: ['--length', 'explicit'] }),
  ...both('-e', '--length-undefined', { becomes: ['--length', 'undefined'] }),
  ...both('-p=', '--padding-retain', { becomes: ['--keep-trailing-padding'] }),
  ...both('-p', '--padding-off', { becomes: ['--no-keep-trailing-padding'] }),
  ...both('+p', '--padding-create', { takes: 2, refused: 'worklist files are not padded' }),
  ...both('+cl', '--compression-level', { takes: 1, becomes: ['--compression-level'] }),
};

export const DUMP2WL_DCMTK: DcmtkOptionTable = { options: OPTIONS };
