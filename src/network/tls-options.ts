/** TLS for DICOM (PS3.15 B.9 to B.11, BCP 195): versions and cipher suites both sides offer. */

import type { SecureContextOptions } from 'node:tls';

/** PEM texts. */
export interface TlsCredentials {
  readonly key?: Buffer | string | undefined;
  readonly cert?: Buffer | string | undefined;
  /** Whom to trust instead of the certificates that come with Node. */
  readonly ca?: Buffer | string | undefined;
}

/** TLS 1.2 with forward secrecy and AEAD, or TLS 1.3. */
export const PROTOCOL_OPTIONS = {
  minVersion: 'TLSv1.2',
  ciphers: [
    'TLS_AES_256_GCM_SHA384',
    'TLS_AES_128_GCM_SHA256',
    'TLS_CHACHA20_POLY1305_SHA256',
    'ECDHE-ECDSA-AES256-GCM-SHA384',
    'ECDHE-RSA-AES256-GCM-SHA384',
    'ECDHE-ECDSA-AES128-GCM-SHA256',
    'ECDHE-RSA-AES128-GCM-SHA256',
    'DHE-RSA-AES256-GCM-SHA384',
    'DHE-RSA-AES128-GCM-SHA256',
  ].join(':'),
  dhparam: 'auto',
} as const satisfies SecureContextOptions;
