import assert from 'node:assert/strict';
import test from 'node:test';
import { Command } from 'commander';
import { type DcmtkOptionTable, translateDcmtkOptions } from '../../../src/commands/dcmtk-options.ts';
import { UsageError } from '../../../src/errors.ts';

const COMMAND = new Command('serve')
  .argument('<folder>')
  .option('-p, --port <n>')
  .option('-k, --key <key>')
  .option('-x, --extract <folder>')
  .option('--new-uids [which]')
  .option('-v, --verbose')
  .option('-q, --quiet');

const TABLE: DcmtkOptionTable = {
  options: {
    '+te': { becomes: ['--transfer-syntax', 'explicit'] },
    '-aec': { takes: 1, becomes: ['--aec'] },
    '-dfp': { takes: 1, becomes: () => ['--layout', 'ae'] },
    '+Ug': { becomes: ['--new-uids=missing'] },
    '-csk': {},
    '-lc': { takes: 1, warning: 'ignored' },
    '-cs0': { warning: 'text is always labelled' },
    '--refuse': { refused: 'it makes no sense' },
  },
  positionals: (positionals, seen) => [...(seen.get('-dfp') ?? []), ...positionals],
};

function translate(...argv: string[]): readonly string[] {
  return translateDcmtkOptions(argv, COMMAND, TABLE).argv;
}

const CASES: readonly (readonly [argv: readonly string[], becomes: readonly string[]])[] = [
  [[], []],
  [['db'], ['--', 'db']],
  [
    ['-lc', 'log.cfg', 'db'],
    ['--', 'db'],
  ],
  [
    ['+te', 'in', 'out'],
    ['--transfer-syntax', 'explicit', '--', 'in', 'out'],
  ],
  [
    ['-aec', 'RIS', 'host', '104'],
    ['--aec', 'RIS', '--', 'host', '104'],
  ],
  [
    ['-dfp', 'db', '4242'],
    ['--layout', 'ae', '--', 'db', '4242'],
  ],
  [
    ['+Ug', 'in'],
    ['--new-uids=missing', '--', 'in'],
  ],
  [
    ['-csk', 'db'],
    ['--', 'db'],
  ],
  [
    ['-p', '4242', 'db'],
    ['-p', '4242', '--', 'db'],
  ],
  [
    ['-p4242', 'db'],
    ['-p4242', '--', 'db'],
  ],
  [
    ['--port=4242', 'db'],
    ['--port=4242', '--', 'db'],
  ],
  [
    ['-vv', '-qv', 'db'],
    ['-vv', '-qv', '--', 'db'],
  ],
  [
    ['-k', '+te', '-k', '-aec'],
    ['-k', '+te', '-k', '-aec'],
  ],
  [['-kModality=CT'], ['-kModality=CT']],
  [
    ['-', '-'],
    ['--', '-', '-'],
  ],
  [
    ['--', '+te', '-x', '@file'],
    ['--', '+te', '-x', '@file'],
  ],
  [
    ['--new-uids', 'in'],
    ['--new-uids', '--', 'in'],
  ],
  [['--help'], ['--help']],
  [
    ['--typo', 'db'],
    ['--typo', '--', 'db'],
  ],
];

for (const [argv, becomes] of CASES) {
  test(`${argv.join(' ') || '(nothing)'} becomes ${becomes.join(' ')}`, () => {
    assert.deepEqual(translate(...argv), becomes);
  });
}

const REFUSED: readonly (readonly [argv: readonly string[], message: RegExp, hint: RegExp])[] = [
  [['+tx'], /unknown option \+tx/, /did you mean \+te\?/],
  [['-acc', 'x'], /unknown option -acc/, /did you mean -aec\?/],
  [['-pdu', '16384'], /unknown option -pdu/, /help|mean/],
  [['+zzzzzzzzz'], /unknown option/, /see --help/],
  [['--refuse'], /--refuse is not supported: it makes no sense/, /^$/],
  [['db', '-p'], /'-p, --port <n>' argument missing/, /see --help/],
  [['-aec'], /-aec needs a value/, /^$/],
  [['@options.txt', 'db'], /command files \(@options\.txt\) are not read/, /\.\/@options\.txt/],
];

for (const [argv, message, hint] of REFUSED) {
  test(`${argv.join(' ')} is refused: ${message.source}`, () => {
    assert.throws(
      () => translate(...argv),
      (error) => error instanceof UsageError && message.test(error.message) && hint.test(error.hint ?? ''),
    );
  });
}

test('what is taken but does nothing is said', () => {
  assert.deepEqual(translateDcmtkOptions(['-cs0'], COMMAND, TABLE).warnings, ['-cs0: text is always labelled']);
});
