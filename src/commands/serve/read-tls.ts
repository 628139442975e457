/** TLS of the server: which of --tls-… belong together. */

import { UsageError } from '../../errors.ts';
import type { ServerTls } from '../../network/worklist-server.ts';
import { readCredentials } from '../pem-files.ts';
import type { ServeOptions } from './options.ts';

/** undefined without TLS. @throws UsageError, FileError for files that are no key and certificate of each other */
export async function readTls(options: ServeOptions): Promise<ServerTls | undefined> {
  const { tlsKey, tlsCert, tlsCa, tlsClient } = options;
  if (tlsKey === undefined && tlsCert === undefined && tlsCa === undefined && tlsClient === undefined) return undefined;
  if (tlsKey === undefined || tlsCert === undefined) {
    throw new UsageError('TLS needs both --tls-key and --tls-cert', {
      hint: 'for example: --tls-key server.key --tls-cert server.pem',
    });
  }
  const clients = tlsClient ?? (tlsCa === undefined ? 'none' : 'require');
  if (clients !== 'none' && tlsCa === undefined) {
    throw new UsageError(`--tls-client ${clients} needs --tls-ca: whose certificates to trust`);
  }
  return { credentials: await readCredentials(options), clients };
}
