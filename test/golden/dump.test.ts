/** Every run of dcmdump in fixtures/dump: the same options, the same bytes on stdout. */

import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { runProgram } from '../../src/commands/program.ts';
import { WltoolError } from '../../src/errors.ts';
import { fakeIo } from '../support/fake-io.ts';
import { tempDir } from '../support/temp-dir.ts';

interface DumpRun {
  readonly options: readonly string[];
  readonly files: readonly string[];
  readonly stdin?: string;
  readonly exit: number;
  readonly stdout: number;
  readonly differs?: string;
}

interface DumpCase {
  readonly name: string;
  readonly notes: string;
  readonly files: Readonly<Record<string, string>>;
  readonly texts: readonly string[];
  readonly runs: readonly DumpRun[];
}

const FIXTURES = fileURLToPath(new URL('../../fixtures/dump/', import.meta.url));

function readCases(file: string): DumpCase[] {
  const bytes = readFileSync(join(FIXTURES, file));
  const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  return text
    .trim()
    .split('\n')
    .map((line): DumpCase => JSON.parse(line));
}

/** dcmdump cuts values unless it is told +L; wltool does not. */
function lengthOption(options: readonly string[]): readonly string[] {
  return options.includes('+L') || options.includes('--print-all') ? [] : ['-L'];
}

async function dump(
  run: DumpRun,
  stdin: Uint8Array | undefined,
): Promise<{ exit: number; stdout: string; stderr: string }> {
  const io = fakeIo(stdin === undefined ? {} : { stdin });
  let exit: number;
  try {
    const args = ['dump', ...lengthOption(run.options), ...run.options, ...run.files];
    exit = await runProgram(args, { io, configureLog: () => undefined });
  } catch (error) {
    if (!(error instanceof WltoolError)) throw error;
    exit = error.exitCode;
  }
  return { exit, stdout: Buffer.from(io.said.stdoutBytes).toString('latin1'), stderr: io.said.stderr };
}

for (const file of ['dcmdump-files.ndjson', 'dcmdump-large.ndjson.gz', 'dcmdump-of-dumps.ndjson']) {
  test(`prints what dcmdump prints: ${file}`, async (context) => {
    for (const { name, notes, files, texts, runs } of readCases(file)) {
      await context.test(`${name}: ${notes}`, async (inner) => {
        const folder = await tempDir(inner);
        for (const [path, base64] of Object.entries(files)) {
          mkdirSync(dirname(join(folder, path)), { recursive: true });
          writeFileSync(join(folder, path), Buffer.from(base64, 'base64'));
        }
        // Headings show names as they were given.
        process.chdir(folder);
        for (const run of runs) {
          const stdin = run.stdin === undefined ? undefined : Buffer.from(files[run.stdin] ?? '', 'base64');
          const { exit, stdout, stderr } = await dump(run, stdin);
          const what = `dcmdump ${[...run.options, ...run.files].join(' ')}`;
          assert.equal(stdout, texts[run.stdout], what);
          assert.equal(exit, run.exit, what);
          if (exit === 1 || exit === 3) assert.match(stderr, /^error: /m, what);
        }
        process.chdir(FIXTURES);
      });
    }
  });
}
