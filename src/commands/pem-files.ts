/** PEM files of --tls-…: read, and tried before anybody depends on them. */

import { readFile } from 'node:fs/promises';
import { createSecureContext } from 'node:tls';
import { FileError } from '../errors.ts';
import { fileFailure } from '../files/file-failure.ts';

export interface PemFiles {
  readonly tlsKey?: string | undefined;
  readonly tlsCert?: string | undefined;
  readonly tlsCa?: readonly string[] | undefined;
}

export interface Credentials {
  readonly key: Buffer | undefined;
  readonly cert: Buffer | undefined;
  readonly ca: Buffer | undefined;
}

/** @throws FileError for files that are no PEM, and for a certificate that is not the key's */
export async function readCredentials({ tlsKey, tlsCert, tlsCa }: PemFiles): Promise<Credentials> {
  const [key, cert] = await Promise.all([tlsKey, tlsCert].map(readPem));
  const ca = tlsCa === undefined ? undefined : await readTrusted(tlsCa);
  if (tlsKey !== undefined) tryOut(tlsKey, 'a private key', { key });
  if (tlsCert !== undefined) tryOut(tlsCert, 'a certificate', { cert });
  if (tlsKey !== undefined && tlsCert !== undefined) {
    tryOut(tlsCert, `the certificate of the key in ${tlsKey}`, { key, cert });
  }
  return { key, cert, ca };
}

/** The certificates of all files as one file has them. */
async function readTrusted(paths: readonly string[]): Promise<Buffer> {
  const files: Buffer[] = [];
  for (const path of paths) {
    const cert = await readPem(path);
    tryOut(path, 'a certificate', { cert });
    if (cert !== undefined) files.push(cert, Buffer.from('\n'));
  }
  return Buffer.concat(files);
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
