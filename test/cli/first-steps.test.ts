/** Who knows DICOM but not wltool: every screen says what to type next. */

import assert from 'node:assert/strict';
import test from 'node:test';
import { runCli } from '../support/spawn-cli.ts';

test('--help names first steps, each with a command that is there', async () => {
  const { stdout } = await runCli(['--help']);
  const [, steps = ''] = /\nFirst steps:\n([\s\S]*?)\n\n/.exec(stdout) ?? [];
  const commands = [...steps.matchAll(/^ {2}wltool (\S+)/gm)].map(([, name = '']) => name);
  assert.deepEqual(commands, ['demo', 'dump2wl', 'check', 'serve', 'find', 'help']);
  for (const name of commands) assert.match(stdout, new RegExp(`\\n  ${name} `));
});

const HINTS: readonly (readonly [line: string, hint: RegExp])[] = [
  ['find localhost', /hint: wltool find \[options\] <host> <port> \[query\.\.\.\]; more: wltool find --help/],
  ['serve', /hint: wltool serve \[options\] <folder> \[port\]/],
  ['serve a 1 2', /too many arguments.*\n {2}hint: wltool serve \[options\] <folder>/],
  ['serve -p x .', /hint: see wltool serve --help/],
  ['help srve', /unknown command 'srve'\n {2}hint: did you mean serve\?/],
  ['help xyzzy', /unknown command 'xyzzy'\n {2}hint: there are dump2wl, dump, serve/],
  ['xyzzy', /unknown command 'xyzzy'\n {2}hint: see wltool --help/],
  ['find -k ScheduledProcedureStepStartDate=11/25/2026 h 1', /hint: write 20261125, 20261101-20261130, today/],
  ['find -k ScheduledProcedureStepStartTime=8.30 h 1', /hint: write 0830/],
  ['find --tls-key k h 1', /belong together\n {2}hint: .*--tls-cert/],
  ['serve --hide-before 20261399 .', /"20261399" is no day\n {2}hint: write today/],
  ['serve --aet a-title-of-many-letters .', /--aet: .* is no AE title\n {2}hint: it has 1 to 16/],
  ['serve --allow-aet a\\b .', /--allow-aet: .* is no AE title\n {2}hint: it has 1 to 16/],
  ['serve --tls-key k .', /needs both --tls-key and --tls-cert\n {2}hint: .*--tls-cert/],
];

for (const [line, hint] of HINTS) {
  test(`wltool ${line}: ${hint.source}`, async () => {
    const { code, stdout, stderr } = await runCli(line.split(' '));
    assert.deepEqual({ code, stdout }, { code: 2, stdout: '' });
    assert.match(stderr, hint);
  });
}
