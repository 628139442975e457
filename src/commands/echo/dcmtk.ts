/** The options of echoscu, for `wltool echo`. */

import type { DcmtkOption, DcmtkOptionTable } from '../dcmtk-options.ts';
import { DCMTK_PEER_OPTIONS } from '../dcmtk-peer-options.ts';

const FIXED_PROPOSAL: DcmtkOption = { refused: 'one presentation context is proposed, for verification' };
const OTHER_TOOL: DcmtkOption = { refused: 'it asks no peer; take openssl verify' };

export const ECHO_DCMTK: DcmtkOptionTable = {
  options: {
    ...DCMTK_PEER_OPTIONS,
    '--abort': { warning: 'ignored; the association is released' },
    '--repeat': { refused: 'one C-ECHO is sent a run; call it in a loop' },
    '-pts': FIXED_PROPOSAL,
    '--propose-ts': FIXED_PROPOSAL,
    '-ppc': FIXED_PROPOSAL,
    '--propose-pc': FIXED_PROPOSAL,
    '+vc': OTHER_TOOL,
    '--verify-cert': OTHER_TOOL,
    '+rc': OTHER_TOOL,
    '--is-root-cert': OTHER_TOOL,
  },
};
