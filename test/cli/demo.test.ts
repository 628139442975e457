/** `wltool demo`: a server to try things on, and the lines to try. */

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import test from 'node:test';
import { runCli, startCli } from '../support/spawn-cli.ts';

test('demo prints find lines that find something, and leaves nothing behind', async (scope) => {
  const demo = startCli(['demo']);
  scope.after(() => demo.stop());
  const [, folder = ''] = await demo.waitFor(/with sample entries in (.*)\n[\s\S]*Stop with/);
  const [invitation] = await demo.waitFor(/Try,[\s\S]*Stop with/);
  const lines = [...invitation.matchAll(/^ {2}wltool (.*)$/gm)].map(([, words = '']) => words.split(' '));
  assert.equal(lines.length, 2);
  for (const words of lines) {
    const { code, stdout } = await runCli([...words, '--format', 'ndjson']);
    assert.equal(code, 0);
    assert.match(stdout, /Hartley\^Rosamund/);
  }
  assert.ok(existsSync(folder));
  assert.equal((await demo.stop('SIGINT')).code, 0);
  assert.ok(!existsSync(folder));
});
