/** The options of echoscu, for `wltool echo`. */

import type { DcmtkOptionTable } from '../dcmtk-options.ts';
import { DCMTK_PEER_OPTIONS } from '../dcmtk-peer-options.ts';

export const ECHO_DCMTK: DcmtkOptionTable = { options: DCMTK_PEER_OPTIONS };
