/** --tls-…: the files read, and tried before anybody depends on them. */

import { readFile } from 'node:fs/promises';
import { createSecureContext } from 'node:tls';
import { FileError, UsageError } from '../../errors.ts';
import { fileFailure } from '../../files/file-failure.ts';
import type { ServerTls } from '../../network/worklist-server.ts';
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
  const [key, cert, ca] = await Promise.all([tlsKey, tlsCert, tlsCa].map(readPem));
  tryOut(tlsKey, 'a private key', { key });
  tryOut(tlsCert, 'a certificate', { cert });
  if (tlsCa !== undefined) tryOut(tlsCa, 'a certificate', { cert: ca });
  tryOut(tlsCert, `the certificate of the key in ${tlsKey}`, { key, cert });
  return { credentials: { key, cert, ca }, clients };
}

async function readPem(path: string | undefined): Promise<Buffer | undefined> {
  try {
    return path === undefined ? undefined : await readFile(path);
  } catch (error) {
    throw fileFailure(path ?? '', 'read', error);
  }
}

function tryOut(path: string, what: string, content: Parameters<typeof createSecureContext>[0]): void {
  try {
    createSecureContext(content);
  } catch (error) {
    throw new FileError(path, `${path} is not ${what}, as PEM without a passphrase`, { cause: error });
  }
}
