/** dcmdump's options, and what they are called here. */

import { UsageError } from '../../errors.ts';
import { DCMTK_LOG_OPTIONS } from '../dcmtk-log-options.ts';
import type { DcmtkOption, DcmtkOptionTable } from '../dcmtk-options.ts';

/** What wltool does anyway. */
const USUAL: DcmtkOption = {};
const IGNORED_MEMORY: DcmtkOption = { warning: 'ignored; values are always read whole' };
const COLOR: DcmtkOption = {
  warning: 'ignored; FORCE_COLOR and NO_COLOR are what counts, and dump text has no colors',
};
const DAMAGED = 'damaged files are read as far as they go; --force prints that';

/** sscanf's leniency: "10,10", "0x0010,0x0010", "0010,0010,0020". Keywords and paths pass. */
function searchKey(text = ''): readonly string[] {
  const match = /^\s*(?:0x)?([0-9a-f]+),\s*(?:0x)?([0-9a-f]+)(?![\w)])/i.exec(text);
  if (match === null || text.includes('[') || text.includes(').')) return ['--search', text];
  const number = (digits = '0'): string =>
    (Number.parseInt(digits.slice(-8), 16) & 0xffff).toString(16).padStart(4, '0');
  return ['--search', `${number(match[1])},${number(match[2])}`];
}

function maxReadLength(kilobytes = ''): readonly string[] {
  const size = Number(kilobytes);
  if (Number.isInteger(size) && size >= 4 && size <= 4_194_302) return [];
  throw new UsageError(`+R takes 4 to 4194302 kilobytes, not "${kilobytes}"`);
}

/** Each option in its short and its long spelling. */
function both(short: string, long: string, option: DcmtkOption): Readonly<Record<string, DcmtkOption>> {
  return { [short]: option, [long]: option };
}

const OPTIONS: DcmtkOptionTable['options'] = {
  ...DCMTK_LOG_OPTIONS,
  '--arguments': { warning: 'ignored' },
  ...both('+f', '--read-file', { becomes: ['--read', 'auto'] }),
  ...both('+fo', '--read-file-only', { becomes: ['--read', 'file'] }),
  ...both('-f', '--read-dataset', { becomes: ['--read', 'dataset'] }),
  ...both('-t=', '--read-xfer-auto', { becomes: ['--no-assume'] }),
  ...both('-td', '--read-xfer-detect', { becomes: ['--assume', 'guess'] }),
  ...both('-te', '--read-xfer-little', { becomes: ['--assume', 'explicit'] }),
  ...both('-tb', '--read-xfer-big', { becomes: ['--assume', 'big'] }),
  ...both('-ti', '--read-xfer-implicit', { becomes: ['--assume', 'implicit'] }),
  ...both('+sd', '--scan-directories', { becomes: ['--all-files'] }),
  ...both('+sp', '--scan-pattern', { takes: 1, becomes: ['--pattern'] }),
  ...both('-r', '--no-recurse', { becomes: ['--no-recursive'] }),
  ...both('+r', '--recurse', { becomes: ['--recursive'] }),
  ...both('+M', '--load-all', USUAL),
  ...both('-M', '--load-short', IGNORED_MEMORY),
  ...both('+R', '--max-read-length', { ...IGNORED_MEMORY, takes: 1, becomes: maxReadLength }),
  ...both('+ml', '--use-meta-length', { becomes: ['--no-ignore-meta-length'] }),
  ...both('-ml', '--ignore-meta-length', { becomes: ['--ignore-meta-length'] }),
  ...both('+ao', '--accept-odd-length', USUAL),
  ...both('+ae', '--assume-even-length', { refused: 'odd lengths are read as they are' }),
  ...both('+ev', '--use-explicit-vr', USUAL),
  ...both('-ev', '--ignore-explicit-vr', { refused: 'the VR of the file is always used' }),
  ...both('+vr', '--treat-as-unknown', USUAL),
  ...both('-vr', '--assume-implicit', { refused: 'try --assume guess' }),
  ...both('+ui', '--enable-cp246', USUAL),
  ...both('-ui', '--disable-cp246', { refused: 'UN of undefined length holds implicit VR (PS3.5 6.2.2)' }),
  ...both('-uc', '--retain-un', { becomes: ['--no-convert-unknown'] }),
  ...both('+uc', '--convert-un', { becomes: ['--convert-unknown'] }),
  ...both('-sq', '--maxlength-dict', USUAL),
  ...both('+sq', '--maxlength-seq', { warning: 'ignored' }),
  ...both('-rd', '--use-delim-items', USUAL),
  ...both('+rd', '--replace-wrong-delim', { refused: DAMAGED }),
  ...both('-oi', '--illegal-obow-rej', USUAL),
  ...both('+oi', '--illegal-obow-conv', { refused: DAMAGED }),
  ...both('-vi', '--illegal-voi-rej', USUAL),
  ...both('+vi', '--illegal-voi-conv', { refused: DAMAGED }),
  ...both('-pe', '--abort-expl-pixdata', USUAL),
  ...both('+pe', '--use-expl-pixdata', { refused: DAMAGED }),
  ...both('+Ep', '--ignore-parse-errors', { refused: DAMAGED }),
  ...both('-Ep', '--handle-parse-errors', USUAL),
  ...both('+st', '--stop-after-elem', { takes: 1, becomes: ['--stop-after'] }),
  ...both('+sb', '--stop-before-elem', { takes: 1, becomes: ['--stop-before'] }),
  ...both('+dc', '--enable-correction', { becomes: ['--no-keep-padding'] }),
  ...both('-dc', '--disable-correction', { becomes: ['--keep-padding'] }),
  ...both('+bd', '--bitstream-deflated', USUAL),
  ...both('+bz', '--bitstream-zlib', { refused: 'the zlib form is no DICOM transfer syntax' }),
  ...both('+U8', '--convert-to-utf8', { becomes: ['--utf8'] }),
  ...both('+L', '--print-all', { becomes: ['--no-short'] }),
  ...both('-L', '--print-short', { becomes: ['--short'] }),
  ...both('+T', '--print-tree', { becomes: ['--tree'] }),
  ...both('-T', '--print-indented', { becomes: ['--no-tree'] }),
  ...both('+F', '--print-filename', { becomes: ['--headings=all'] }),
  ...both('+Fs', '--print-file-search', { becomes: ['--headings=found'] }),
  ...both('+Un', '--map-uid-names', { becomes: ['--uid-names'] }),
  '-Un': { becomes: ['--no-uid-names'] },
  ...both('+Qn', '--quote-nonascii', { becomes: ['--quote', 'markup'] }),
  ...both('+Qo', '--quote-as-octal', { becomes: ['--quote', 'octal'] }),
  ...both('-Qn', '--print-nonascii', { becomes: ['--quote', 'none'] }),
  ...both('+C', '--print-color', COLOR),
  ...both('-C', '--no-color', USUAL),
  ...both('-E', '--stop-on-error', { becomes: ['--no-force'] }),
  ...both('+E', '--ignore-errors', { becomes: ['--force'] }),
  '+P': { takes: 1, becomes: searchKey },
  ...both('+s', '--search-all', { becomes: ['--no-first'] }),
  ...both('-s', '--search-first', { becomes: ['--first'] }),
  ...both('+p', '--prepend', { becomes: ['--with-path'] }),
  ...both('-p', '--no-prepend', { becomes: ['--no-with-path'] }),
  ...both('+W', '--write-pixel', { takes: 1, refused: 'worklist files hold no pixel data' }),
};

export const DUMP_DCMTK: DcmtkOptionTable = { options: OPTIONS };
