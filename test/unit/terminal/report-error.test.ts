import assert from 'node:assert/strict';
import test from 'node:test';
import { DataError, type Diagnostic, DumpTextError, FileError, PeerError, UsageError } from '../../../src/errors.ts';
import { reportDiagnostics, reportError } from '../../../src/terminal/report-error.ts';
import { fakeIo } from '../../support/fake-io.ts';

const FINDING: Diagnostic = {
  severity: 'error',
  line: 7,
  column: 16,
  length: 10,
  message: 'DA value must be YYYYMMDD',
  hint: 'try 20261125',
  lineText: '(0040,0002) DA [2026-11-25]',
};

test('a finding in a text shows place, line, caret and hint', async () => {
  const io = fakeIo();
  await reportError(new DumpTextError('smith.dump', [FINDING]), io);
  assert.equal(
    io.said.stderr,
    [
      'smith.dump:7:16 error: DA value must be YYYYMMDD',
      '  7 | (0040,0002) DA [2026-11-25]',
      '    |                ^~~~~~~~~~ try 20261125',
      '',
    ].join('\n'),
  );
});

test('the caret stands right behind tabs, wide and combining characters', async () => {
  const io = fakeIo();
  const lineText = '\t(0010,0010) PN [山田 e\u0301 x]';
  await reportDiagnostics('a.dump', [{ ...FINDING, column: lineText.indexOf('x') + 1, length: 1, lineText }], io);
  const [, shown = '', caret = ''] = io.said.stderr.split('\n');
  assert.equal(caret.indexOf('^'), shown.indexOf('x') + 2 - 1, `${shown}\n${caret}`);
});

test('a place beyond the end of the line is marked behind it', async () => {
  const io = fakeIo();
  await reportDiagnostics('a.dump', [{ ...FINDING, column: 99, length: 5, lineText: 'short' }], io);
  assert.match(io.said.stderr, /\| short\n {4}\| {6}\^ try/);
});

test('a very long line is cut around the place', async () => {
  const io = fakeIo();
  const lineText = `${'a'.repeat(5000)}X${'b'.repeat(5000)}`;
  await reportDiagnostics('a.dump', [{ ...FINDING, column: 5001, length: 1, lineText }], io);
  const [, shown = '', caret = ''] = io.said.stderr.split('\n');
  assert.ok(shown.length < 180);
  assert.equal(shown[caret.indexOf('^')], 'X');
});

test('at most 20 findings are shown, then their number', async () => {
  const io = fakeIo();
  await reportDiagnostics(
    'a.dump',
    Array.from({ length: 23 }, () => FINDING),
    io,
  );
  assert.equal(io.said.stderr.match(/error:/g)?.length, 20);
  assert.match(io.said.stderr, /\nand 3 more\n$/);
});

test('every error is shown where each costs something, and warnings up to the limit', async () => {
  const io = fakeIo();
  const warning = { ...FINDING, severity: 'warning' } as const;
  const findings = Array.from({ length: 60 }, (_, index) => (index % 2 === 0 ? FINDING : warning));
  await reportDiagnostics('a.csv', findings, io, true);
  assert.equal(io.said.stderr.match(/error:/g)?.length, 30);
  assert.match(io.said.stderr, /\nand 20 more\n$/);
});

test('control characters of the input do not reach the terminal', async () => {
  const io = fakeIo();
  await reportDiagnostics('a\u001b.dump', [{ ...FINDING, message: 'bad \u001b', lineText: '\u001b[2J\u009b' }], io);
  assert.doesNotMatch(io.said.stderr, /[\u001b\u009b]/);
});

test('an error with a place in a data set tells file, tag path and offset', async () => {
  const io = fakeIo();
  await reportError(
    new DataError('truncated', 'the value ends behind the file', {
      file: 'a.wl',
      tagPath: '(0040,0100)[1].(0040,0002)',
      offset: 1234,
      hint: 'copy the file again',
    }),
    io,
  );
  assert.equal(
    io.said.stderr,
    'error: a.wl: (0040,0100)[1].(0040,0002) at offset 1234: the value ends behind the file\n' +
      '  hint: copy the file again\n',
  );
});

test('a plain error is one line and its hint', async () => {
  const io = fakeIo();
  await reportError(new UsageError('unknown option --prot', { hint: 'did you mean --port?' }), io);
  assert.equal(io.said.stderr, 'error: unknown option --prot\n  hint: did you mean --port?\n');
});

test('as JSON, an error is one object with its facts', async () => {
  const io = fakeIo({ log: { format: 'json' } });
  await reportError(new DumpTextError('smith.dump', [FINDING]), io);
  await reportError(new PeerError('127.0.0.1:104', 'connect', 'refused'), io);
  await reportError(new FileError('x.wl', 'no such file'), io);
  const [finding, peer, file] = io.said.stderr
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  assert.deepEqual(
    { file: finding.file, line: finding.line, column: finding.column, hint: finding.hint },
    { file: 'smith.dump', line: 7, column: 16, hint: 'try 20261125' },
  );
  assert.deepEqual({ code: peer.code, phase: peer.phase }, { code: 'peer-connect', phase: 'connect' });
  assert.deepEqual({ code: file.code, path: file.path }, { code: 'file', path: 'x.wl' });
});
