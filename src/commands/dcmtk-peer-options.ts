/** What findscu and echoscu take alike, in wltool's options. */

import { DCMTK_LOG_OPTIONS } from './dcmtk-log-options.ts';
import type { DcmtkOption } from './dcmtk-options.ts';

const CALLING: DcmtkOption = { takes: 1, becomes: ['--aet'] };
const CALLED: DcmtkOption = { takes: 1, becomes: ['--aec'] };
/** DCMTK's 0 means to wait for ever; a day is as good. */
const wait =
  (option: string) =>
  (time = ''): readonly string[] => [option, time === '0' ? '86400' : time];
const TLS_KEYS: DcmtkOption = { takes: 2, becomes: (key = '', cert = '') => ['--tls-key', key, '--tls-cert', cert] };
const TRUST: DcmtkOption = { takes: 1, becomes: ['--tls-ca'] };
const ANY_CERTIFICATE: DcmtkOption = { becomes: ['--no-tls-verify'] };
const PLAIN: DcmtkOption = {};

export const DCMTK_PEER_OPTIONS: Readonly<Record<string, DcmtkOption>> = {
  ...DCMTK_LOG_OPTIONS,
  '-aet': CALLING,
  '--aetitle': CALLING,
  '-aec': CALLED,
  '--call': CALLED,
  '-to': { takes: 1, becomes: wait('--connect-timeout') },
  '-ta': { takes: 1, becomes: wait('--acse-timeout') },
  '-td': { takes: 1, becomes: wait('--dimse-timeout') },
  '-ts': { takes: 1 },
  '--socket-timeout': { takes: 1 },
  '-pdu': { takes: 1, becomes: ['--max-pdu'] },
  '-tls': PLAIN,
  '--disable-tls': PLAIN,
  '+tls': TLS_KEYS,
  '--enable-tls': TLS_KEYS,
  '+tla': { becomes: ['--tls'] },
  '--anonymous-tls': { becomes: ['--tls'] },
  '+cf': TRUST,
  '--add-cert-file': TRUST,
  '-ic': ANY_CERTIFICATE,
  '--ignore-peer-cert': ANY_CERTIFICATE,
  '-rc': PLAIN,
  '--require-peer-cert': PLAIN,
};
