/**
 * `npm test`: runs node:test over the *.test.ts files under test. Node 20 expands no globs itself.
 * Arguments: folders or files to run instead of all; --deep runs the heavy suites whole.
 */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

const { values, positionals } = parseArgs({ allowPositionals: true, options: { deep: { type: 'boolean' } } });
const places = positionals.length === 0 ? ['test'] : positionals;
const files = (await Promise.all(places.map(testFiles))).flat().sort();
if (files.length === 0) throw new Error(`no test files in ${places.join(', ')}`);

/** A test that waits for ever should fail, and not stop CI. Elsewhere some are told to run for hours. */
const patience = process.env['CI'] === undefined ? [] : ['--test-timeout=300000'];

const child = spawn(
  process.execPath,
  ['--import', 'tsx', '--test', '--test-concurrency=2', ...patience, '--test-reporter=spec', ...files],
  { cwd: ROOT, stdio: 'inherit', env: { ...process.env, ...(values.deep ? { WLTOOL_TEST_DEEP: '1' } : {}) } },
);
const [code] = await once(child, 'close');
process.exitCode = code ?? 1;

async function testFiles(place: string): Promise<string[]> {
  if ((await stat(join(ROOT, place))).isFile()) return [place];
  const names = await readdir(join(ROOT, place), { recursive: true });
  return names.filter((name) => name.endsWith('.test.ts')).map((name) => join(place, name));
}
