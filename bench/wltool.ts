/** wltool as it is installed: the built program. `npm run bench` builds it. */

import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../', import.meta.url));

/** Node's arguments that come before wltool's own. */
export const WLTOOL: readonly string[] = [`${ROOT}bin/wltool.js`];
