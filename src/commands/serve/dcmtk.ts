/** The options of wlmscpfs, for `wltool serve`. */

import { DCMTK_LOG_OPTIONS } from '../dcmtk-log-options.ts';
import type { DcmtkOption, DcmtkOptionTable } from '../dcmtk-options.ts';

const NOT_NEEDED: DcmtkOption = {};
const FIXED_PREFERENCE: DcmtkOption = {
  warning: 'ignored; every uncompressed transfer syntax and deflated is accepted, explicit little endian first',
};
const NO_SLEEP: DcmtkOption = { takes: 1, warning: 'ignored; wltool never waits on purpose' };

const DATA_PATH: DcmtkOption = { takes: 1, becomes: () => ['--layout', 'ae'] };
const REJECT_INCOMPLETE: DcmtkOption = { becomes: ['--incomplete', 'reject'] };
const SERVE_INCOMPLETE: DcmtkOption = { becomes: ['--incomplete', 'serve'] };
const NO_CHARSET: DcmtkOption = { warning: 'ignored; text is always labelled with its character set' };
const LATIN1: DcmtkOption = { becomes: ['--charset', 'ISO_IR 100'] };
/** Takes back a -cs1 before it. */
const AS_STORED: DcmtkOption = { becomes: ['--no-charset'] };
const NO_EXPANSION: DcmtkOption = { warning: 'ignored; an empty sequence key asks for all that the entry holds' };
const OLD_VRS: DcmtkOption = { warning: 'ignored; VRs are sent as they are' };
const ACSE_TIMEOUT: DcmtkOption = { takes: 1, becomes: ['--acse-timeout'] };
const DIMSE_TIMEOUT: DcmtkOption = { takes: 1, becomes: ['--dimse-timeout'] };
const MAX_PDU: DcmtkOption = { takes: 1, becomes: ['--max-pdu'] };
const REQUEST_PATH: DcmtkOption = { takes: 1, becomes: ['--request-dir'] };
const REQUEST_FORMAT: DcmtkOption = { takes: 1, warning: 'ignored; request files get names that nothing can steer' };

const OPTIONS: DcmtkOptionTable['options'] = {
  ...DCMTK_LOG_OPTIONS,
  '--arguments': { warning: 'ignored' },
  '-s': NOT_NEEDED,
  '--single-process': NOT_NEEDED,
  '--fork': NOT_NEEDED,
  '-dfp': DATA_PATH,
  '--data-files-path': DATA_PATH,
  '-efr': REJECT_INCOMPLETE,
  '--enable-file-reject': REJECT_INCOMPLETE,
  '-dfr': SERVE_INCOMPLETE,
  '--disable-file-reject': SERVE_INCOMPLETE,
  '-cs0': NO_CHARSET,
  '--return-no-char-set': NO_CHARSET,
  '-cs1': LATIN1,
  '--return-iso-ir-100': LATIN1,
  '-csk': AS_STORED,
  '--keep-char-set': AS_STORED,
  '-nse': NO_EXPANSION,
  '--no-sq-expansion': NO_EXPANSION,
  '+x=': NOT_NEEDED,
  '--prefer-uncompr': NOT_NEEDED,
  '+xe': NOT_NEEDED,
  '--prefer-little': NOT_NEEDED,
  '+xb': FIXED_PREFERENCE,
  '--prefer-big': FIXED_PREFERENCE,
  '+xd': FIXED_PREFERENCE,
  '--prefer-deflated': FIXED_PREFERENCE,
  '+xi': FIXED_PREFERENCE,
  '--implicit': FIXED_PREFERENCE,
  '-ac': NOT_NEEDED,
  '--access-full': NOT_NEEDED,
  '+ac': { refused: 'the rules of hosts.allow are not read; name the hosts with --allow-host' },
  '--access-control': { refused: 'the rules of hosts.allow are not read; name the hosts with --allow-host' },
  '+u': NOT_NEEDED,
  '--enable-new-vr': NOT_NEEDED,
  '-u': OLD_VRS,
  '--disable-new-vr': OLD_VRS,
  '+cl': { takes: 1 },
  '--compression-level': { takes: 1 },
  '-ta': ACSE_TIMEOUT,
  '-td': DIMSE_TIMEOUT,
  '-pdu': MAX_PDU,
  '--no-fail': { becomes: ['--no-fail'] },
  '--refuse': { becomes: ['--refuse'] },
  '--reject': { warning: 'ignored; callers without an implementation class UID are served' },
  '--sleep-before': NO_SLEEP,
  '--sleep-after': NO_SLEEP,
  '--sleep-during': { takes: 1, becomes: (duration) => [`--sleep-during=${duration}`] },
  '-dhl': NOT_NEEDED,
  '--disable-host-lookup': NOT_NEEDED,
  '-rfp': REQUEST_PATH,
  '--request-file-path': REQUEST_PATH,
  '-rff': REQUEST_FORMAT,
  '--request-file-format': REQUEST_FORMAT,
};

export const SERVE_DCMTK: DcmtkOptionTable = {
  options: OPTIONS,
  // wlmscpfs takes the port alone, and the folder as an option whose default is the working folder.
  positionals: (positionals, seen) => {
    const folder = seen.get('-dfp')?.at(-1) ?? seen.get('--data-files-path')?.at(-1);
    if (folder !== undefined) return [folder, ...positionals];
    const [only] = positionals;
    const isPort = positionals.length === 1 && only !== undefined && /^\d+$/.test(only);
    return isPort && seen.size > 0 ? ['.', only] : positionals;
  },
};
