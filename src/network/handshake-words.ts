/** Why no TLS connection came about, for the log of the server. */

import type { TLSSocket } from 'node:tls';

const NOT_TRUSTING_US = "the caller does not trust this server's certificate";
const NOTHING_IN_COMMON = 'no protocol version or cipher suite in common with the caller';
const NO_TLS = 'the caller does not speak TLS';

const FAILURES: Readonly<Record<string, string>> = {
  ECONNRESET: `the caller broke off the handshake; it may not trust this server's certificate`,
  ERR_SSL_WRONG_VERSION_NUMBER: NO_TLS,
  ERR_SSL_HTTP_REQUEST: NO_TLS,
  ERR_SSL_HTTPS_PROXY_REQUEST: NO_TLS,
  ERR_SSL_PEER_DID_NOT_RETURN_A_CERTIFICATE: 'the caller shows no certificate',
  ERR_SSL_NO_SHARED_CIPHER: NOTHING_IN_COMMON,
  ERR_SSL_UNSUPPORTED_PROTOCOL: NOTHING_IN_COMMON,
  ERR_SSL_VERSION_TOO_LOW: NOTHING_IN_COMMON,
  ERR_SSL_TLSV1_ALERT_UNKNOWN_CA: NOT_TRUSTING_US,
  ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE: NOT_TRUSTING_US,
  ERR_SSL_SSLV3_ALERT_CERTIFICATE_UNKNOWN: NOT_TRUSTING_US,
  ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED: NOT_TRUSTING_US,
};

/** What is wrong with a caller's certificate. */
const DISTRUST: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: "the caller's certificate has expired",
  CERT_NOT_YET_VALID: "the caller's certificate is not valid yet",
  DEPTH_ZERO_SELF_SIGNED_CERT: "the caller's certificate is self-signed and not among those of --tls-ca",
};

/** OpenSSL's own words, with its places in the source, only where there are no better ones. */
export function handshakeWords(error: NodeJS.ErrnoException, socket: TLSSocket): string {
  // The declared type is Error, the value a code.
  const distrust: unknown = socket.authorizationError;
  if (typeof distrust === 'string') {
    return (
      DISTRUST[distrust] ?? `the caller's certificate comes from an authority that is not in --tls-ca (${distrust})`
    );
  }
  return FAILURES[error.code ?? ''] ?? error.message;
}
