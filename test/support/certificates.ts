/** Certificates for TLS tests, made by openssl: an authority, a server, a client, and some that must not be trusted. */

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runPeer } from './peers.ts';
import { tempDir } from './temp-dir.ts';

interface Scope {
  after(cleanUp: () => Promise<void>): void;
}

export interface KeyPair {
  readonly key: string;
  readonly cert: string;
}

export interface Certificates {
  readonly ca: string;
  /** For localhost and 127.0.0.1. */
  readonly server: KeyPair;
  readonly client: KeyPair;
  /** For other.example only. */
  readonly otherName: KeyPair;
  /** Its last day is in the past. */
  readonly expired: KeyPair;
  /** Signed by nobody else. */
  readonly selfSigned: KeyPair;
}

async function openssl(...args: readonly string[]): Promise<void> {
  const { code, stderr } = await runPeer('openssl', args);
  if (code !== 0) throw new Error(stderr);
}

/** File paths of PEM files; ask `missing('openssl')` first. */
export async function certificates(scope: Scope): Promise<Certificates> {
  const folder = await tempDir(scope);
  const path = (name: string): string => join(folder, name);
  const request = async (name: string, subject: string): Promise<KeyPair> => {
    const pair = { key: path(`${name}.key`), cert: path(`${name}.pem`) };
    const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', pair.key];
    await openssl('req', '-new', ...key, '-subj', `/CN=${subject}`, '-out', path(`${name}.csr`));
    return pair;
  };
  const sign = async (name: string, names: string, ...validity: readonly string[]): Promise<KeyPair> => {
    const pair = await request(name, name);
    await writeFile(path(`${name}.ext`), `subjectAltName=${names}\n`);
    const from = ['-in', path(`${name}.csr`), '-CA', path('ca.pem'), '-CAkey', path('ca.key'), '-CAcreateserial'];
    await openssl('x509', '-req', ...from, '-extfile', path(`${name}.ext`), '-out', pair.cert, ...validity);
    return pair;
  };
  const self = async (name: string, names?: string): Promise<KeyPair> => {
    const pair = await request(name, name);
    const extensions = names === undefined ? [] : ['-extfile', path(`${name}.ext`)];
    if (names !== undefined) await writeFile(path(`${name}.ext`), `subjectAltName=${names}\n`);
    await openssl(
      'x509',
      '-req',
      '-in',
      path(`${name}.csr`),
      '-signkey',
      pair.key,
      '-days',
      '2',
      ...extensions,
      '-out',
      pair.cert,
    );
    return pair;
  };
  const HERE = 'DNS:localhost,IP:127.0.0.1';
  await self('ca');
  return {
    ca: path('ca.pem'),
    server: await sign('server', HERE, '-days', '2'),
    client: await sign('client', HERE, '-days', '2'),
    otherName: await sign('other', 'DNS:other.example', '-days', '2'),
    expired: await sign('expired', HERE, '-days', '-1'),
    selfSigned: await self('self', HERE),
  };
}
