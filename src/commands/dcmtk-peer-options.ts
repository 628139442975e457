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
const KNOWN_CERTIFICATE: DcmtkOption = { becomes: ['--tls-verify'] };
const PLAIN: DcmtkOption = {};
const PASSPHRASE: DcmtkOption = { refused: 'keys are read without a passphrase; take it off: openssl pkey -in KEY' };
const DER: DcmtkOption = { refused: 'PEM is read; convert it: openssl x509 -inform DER -in FILE' };
const FOLDER_OF_CAS: DcmtkOption = { refused: '--tls-ca takes files, not a folder: cat DIR/*.pem > ca.pem' };
const NO_REVOCATION: DcmtkOption = { refused: 'revocation lists are not read' };
const OLD_PROFILE: DcmtkOption = { refused: 'TLS is 1.2 or later, with encryption' };
const LATER_ONLY: DcmtkOption = { warning: 'ignored; TLS is 1.2 or later, whatever the peer offers' };
const NO_CHOICE: DcmtkOption = { refused: 'cipher suites are those of BCP 195 and cannot be chosen' };
const OWN_RANDOM: DcmtkOption = { warning: 'ignored; random numbers come from the system' };

export const DCMTK_PEER_OPTIONS: Readonly<Record<string, DcmtkOption>> = {
  ...DCMTK_LOG_OPTIONS,
  '--arguments': { warning: 'ignored' },
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
  '-rc': KNOWN_CERTIFICATE,
  '--require-peer-cert': KNOWN_CERTIFICATE,
  '+ps': PASSPHRASE,
  '--std-passwd': PASSPHRASE,
  '+pw': PASSPHRASE,
  '--use-passwd': PASSPHRASE,
  '-pw': PLAIN,
  '--null-passwd': PLAIN,
  '-pem': PLAIN,
  '--pem-keys': PLAIN,
  '-der': DER,
  '--der-keys': DER,
  '+cd': FOLDER_OF_CAS,
  '--add-cert-dir': FOLDER_OF_CAS,
  '+crl': NO_REVOCATION,
  '--add-crl-file': NO_REVOCATION,
  '+crv': NO_REVOCATION,
  '--enable-crl-vfy': NO_REVOCATION,
  '+cra': NO_REVOCATION,
  '--enable-crl-all': NO_REVOCATION,
  '+py': PLAIN,
  '--profile-bcp195-nd': PLAIN,
  '+px': LATER_ONLY,
  '--profile-bcp195': LATER_ONLY,
  '+pz': NO_CHOICE,
  '--profile-bcp195-ex': NO_CHOICE,
  '+pa': OLD_PROFILE,
  '--profile-aes': OLD_PROFILE,
  '+pn': OLD_PROFILE,
  '--profile-null': OLD_PROFILE,
  '+cc': NO_CHOICE,
  '--list-ciphers': NO_CHOICE,
  '+cs': NO_CHOICE,
  '--cipher': NO_CHOICE,
  '+rs': { ...OWN_RANDOM, takes: 1 },
  '--seed': { ...OWN_RANDOM, takes: 1 },
  '+ws': OWN_RANDOM,
  '--write-seed': OWN_RANDOM,
  '+wf': { ...OWN_RANDOM, takes: 1 },
  '--write-seed-file': { ...OWN_RANDOM, takes: 1 },
};
