/** The options of findscu, for `wltool find`. */

import type { DcmtkOption, DcmtkOptionTable } from '../dcmtk-options.ts';
import { DCMTK_PEER_OPTIONS } from '../dcmtk-peer-options.ts';

const NOT_NEEDED: DcmtkOption = {};
const OTHER_MODEL: DcmtkOption = { refused: 'wltool queries worklists only; use findscu for studies and patients' };
const EXTRACT: DcmtkOption = { becomes: ['--extract-like-findscu'] };
const FOLDER: DcmtkOption = { takes: 1, becomes: ['--extract'] };
const XML: DcmtkOption = { refused: 'wltool writes no XML; take --format json' };
const BIG: DcmtkOption = { becomes: ['--propose', 'big'] };
const OLD_VRS: DcmtkOption = { warning: 'ignored; VRs are sent as they are' };
const LEVEL: DcmtkOption = { takes: 1, warning: 'ignored; the level is always 6' };
const HIDDEN: DcmtkOption = { refused: 'send the answers away instead: > /dev/null' };
const LIMITED: DcmtkOption = { refused: 'every answer is extracted; --limit ends the query after so many' };
const DEFLATED: DcmtkOption = { becomes: ['--propose', 'deflated'] };
const IMPLICIT: DcmtkOption = { becomes: ['--propose', 'implicit'] };

export const FIND_DCMTK: DcmtkOptionTable = {
  options: {
    ...DCMTK_PEER_OPTIONS,
    '-W': NOT_NEEDED,
    '--worklist': NOT_NEEDED,
    '-P': OTHER_MODEL,
    '--patient': OTHER_MODEL,
    '-S': OTHER_MODEL,
    '--study': OTHER_MODEL,
    '-O': OTHER_MODEL,
    '--psonly': OTHER_MODEL,
    '+u': NOT_NEEDED,
    '--enable-new-vr': NOT_NEEDED,
    '-u': OLD_VRS,
    '--disable-new-vr': OLD_VRS,
    '+cl': LEVEL,
    '--compression-level': LEVEL,
    '-x=': NOT_NEEDED,
    '--propose-uncompr': NOT_NEEDED,
    '-xe': NOT_NEEDED,
    '--propose-little': NOT_NEEDED,
    '-xb': BIG,
    '--propose-big': BIG,
    '-xd': DEFLATED,
    '--propose-deflated': DEFLATED,
    '-xi': IMPLICIT,
    '--propose-implicit': IMPLICIT,
    '--cancel': { takes: 1, becomes: ['--limit'] },
    '-od': FOLDER,
    '--output-directory': FOLDER,
    '-X': EXTRACT,
    '-Xx': XML,
    '--extract-xml': XML,
    '-Xs': XML,
    '--extract-xml-single': XML,
    '-Xlo': LIMITED,
    '--limit-output': LIMITED,
    '--abort': { warning: 'ignored; the association is released' },
    '-sr': HIDDEN,
    '--hide-responses': HIDDEN,
    '+sr': NOT_NEEDED,
    '--show-responses': NOT_NEEDED,
    '+dc': NOT_NEEDED,
    '--enable-correction': NOT_NEEDED,
    '-dc': NOT_NEEDED,
    '--disable-correction': NOT_NEEDED,
  },
};
