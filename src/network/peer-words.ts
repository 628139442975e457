/** What a peer said, in words: rejections, aborts, refused contexts, broken connections. */

import { isIP } from 'node:net';
import { printable } from './printable.ts';
import type { TlsCredentials } from './tls-options.ts';

export interface Words {
  readonly message: string;
  /** What to try. */
  readonly hint?: string | undefined;
}

/** Source and reason of an A-ASSOCIATE-RJ (PS3.8 9.3.4). */
const REJECT_REASONS: Readonly<Record<string, string>> = {
  '1.1': 'no reason given',
  '1.2': 'application context name not supported',
  '1.3': 'calling AE title not recognised',
  '1.7': 'called AE title not recognised',
  '2.1': 'no reason given',
  '2.2': 'protocol version not supported',
  '3.1': 'temporary congestion',
  '3.2': 'local limit exceeded',
};

const REJECT_RESULTS: Readonly<Record<number, string>> = { 1: 'permanent', 2: 'transient' };

const REJECT_SOURCES: Readonly<Record<number, string>> = {
  1: 'service user',
  2: 'service provider, ACSE',
  3: 'service provider, presentation',
};

export interface Titles {
  readonly callingAeTitle: string;
  readonly calledAeTitle: string;
}

export function rejectWords(
  { result, source, reason }: { readonly result: number; readonly source: number; readonly reason: number },
  titles: Titles,
): Words {
  const why = REJECT_REASONS[`${source}.${reason}`] ?? `reason ${reason}`;
  const how = REJECT_RESULTS[result] ?? `result ${result}`;
  const who = REJECT_SOURCES[source] ?? `source ${source}`;
  return { message: `${why} (${how}, by the ${who})`, hint: rejectHint(result, source, reason, titles) };
}

function rejectHint(result: number, source: number, reason: number, titles: Titles): string | undefined {
  if (source === 1 && reason === 7) {
    return `the peer is not called "${titles.calledAeTitle}"; give its AE title with --aec`;
  }
  if (source === 1 && reason === 3) {
    return `register "${titles.callingAeTitle}" at the peer, or give a title that it knows with --aet`;
  }
  return result === 2 ? 'try again later' : 'see the log of the peer';
}

/** Source and reason of an A-ABORT (PS3.8 9.3.8). */
const ABORT_REASONS: Readonly<Record<number, string>> = {
  0: 'reason not specified',
  1: 'unrecognised PDU',
  2: 'unexpected PDU',
  4: 'unrecognised PDU parameter',
  5: 'unexpected PDU parameter',
  6: 'invalid PDU parameter value',
};

export function abortWords({ source, reason }: { readonly source: number; readonly reason: number }): string {
  if (source === 0) return 'by its service user';
  if (source !== 2) return `source ${source}, reason ${reason}`;
  return `by its service provider, ${ABORT_REASONS[reason] ?? `reason ${reason}`}`;
}

/** Result of a presentation context (PS3.8 9.3.3.2). */
const CONTEXT_RESULTS: Readonly<Record<number, string>> = {
  1: 'user rejection',
  2: 'no reason given',
  3: 'abstract syntax not supported',
  4: 'transfer syntaxes not supported',
};

export function contextResultWords(result: number): string {
  return CONTEXT_RESULTS[result] ?? `result ${result}`;
}

const CONNECT_FAILURES: Readonly<Record<string, Words>> = {
  ECONNREFUSED: { message: 'connection refused', hint: 'is the server running, and is this its port?' },
  ENOTFOUND: { message: 'no such host', hint: 'check the name, or give the address' },
  EAI_AGAIN: { message: 'the name cannot be looked up now', hint: 'check the name server, or give the address' },
  EHOSTUNREACH: { message: 'host unreachable', hint: 'check the network between here and there' },
  ENETUNREACH: { message: 'network unreachable', hint: 'check the network between here and there' },
  ETIMEDOUT: { message: 'no answer', hint: 'check address and firewall' },
  ECONNRESET: { message: 'connection reset by the peer' },
  EPIPE: { message: 'connection closed by the peer' },
};

export function connectionWords(error: NodeJS.ErrnoException): Words {
  return CONNECT_FAILURES[error.code ?? ''] ?? { message: printable(error.message) || (error.code ?? 'failed') };
}

/** Who is turned away before the association is told nothing over the network. */
export function closedHint(phase: string, tls: { readonly credentials: TlsCredentials } | undefined): string {
  const look = 'see the log of the peer';
  if (phase !== 'association') return look;
  if (tls === undefined) return `does it want TLS, or not allow this host? ${look}`;
  if (tls.credentials.cert === undefined) return `does it not allow this host? ${look}`;
  return `does it not trust our certificate, or not allow this host? ${look}`;
}

const TRUST_HINT = 'give the certificate that signed it, or itself, with --tls-ca';

const TLS_FAILURES: Readonly<Record<string, Words>> = {
  CERT_HAS_EXPIRED: { message: 'its certificate has expired', hint: 'the peer needs a new certificate' },
  CERT_NOT_YET_VALID: { message: 'its certificate is not valid yet', hint: 'check the clocks of both machines' },
  DEPTH_ZERO_SELF_SIGNED_CERT: { message: 'its certificate is self-signed and not trusted here', hint: TRUST_HINT },
  SELF_SIGNED_CERT_IN_CHAIN: { message: 'its certificate comes from an authority not trusted here', hint: TRUST_HINT },
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: {
    message: 'its certificate comes from an authority not trusted here',
    hint: TRUST_HINT,
  },
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: {
    message: 'its certificate comes from an authority not trusted here',
    hint: TRUST_HINT,
  },
  ERR_SSL_WRONG_VERSION_NUMBER: {
    message: 'it does not speak TLS',
    hint: 'leave the --tls options out, or take its TLS port',
  },
  ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED: {
    message: 'it wants a certificate from us',
    hint: 'give one with --tls-cert and --tls-key',
  },
  ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE: {
    message: 'no protocol version or cipher suite in common, or it wants a certificate from us',
    hint: 'give one with --tls-cert and --tls-key',
  },
  ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION: { message: 'it speaks only TLS versions older than 1.2' },
  ERR_SSL_TLSV1_ALERT_UNKNOWN_CA: {
    message: 'it does not trust our certificate',
    hint: 'let the peer trust the authority of --tls-cert',
  },
  ECONNRESET: { message: 'it closed the connection during the handshake', hint: 'does it speak TLS on this port?' },
};

export function tlsWords(error: NodeJS.ErrnoException, host: string): Words {
  if (error.code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    const what = isIP(host) === 0 ? 'name' : 'address';
    return {
      message: `its certificate is not for the ${what} ${host}`,
      hint: 'call the peer by a name in its certificate',
    };
  }
  return TLS_FAILURES[error.code ?? ''] ?? { message: printable(error.message) };
}

/** Failures of TLS may show only after the handshake, once the peer has looked at our certificate. */
export function isTlsFailure(error: NodeJS.ErrnoException): boolean {
  return error.code?.startsWith('ERR_SSL_') === true || error.code?.startsWith('ERR_TLS_') === true;
}
