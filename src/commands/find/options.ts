/** The options of `wltool find`, as commander gives them. */

import type { PeerCommandOptions } from '../peer-options.ts';

export type FindFormat = 'table' | 'dump' | 'json' | 'ndjson' | 'csv';

export interface FindOptions extends PeerCommandOptions {
  readonly key?: readonly string[];
  readonly charset?: string;
  readonly fallbackCharset?: string;
  readonly limit?: number;
  readonly repeat?: number;
  readonly force?: boolean;
  readonly propose?: 'explicit' | 'implicit' | 'big' | 'deflated';
  readonly format?: FindFormat;
  readonly extract?: string;
  readonly extractLikeFindscu?: boolean;
}
