import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'node:test';
import { FileError } from '../../../src/errors.ts';
import { readInput } from '../../../src/files/read-input.ts';
import { fakeIo } from '../../support/fake-io.ts';
import { tempDir } from '../../support/temp-dir.ts';

test('a file is read whole', async (scope) => {
  const path = join(await tempDir(scope), 'a');
  await writeFile(path, 'text');
  assert.equal(Buffer.from(await readInput(path, fakeIo())).toString(), 'text');
});

test('- is stdin', async () => {
  assert.equal(Buffer.from(await readInput('-', fakeIo({ stdin: 'typed' }))).toString(), 'typed');
});

test('a missing file and a folder are named, with what to do', async (scope) => {
  const folder = await tempDir(scope);
  for (const [path, message] of [
    [join(folder, 'none'), /cannot read .*none: no such file/],
    [folder, /is a folder/],
  ] as const) {
    await assert.rejects(
      readInput(path, fakeIo()),
      (error) => error instanceof FileError && message.test(error.message) && error.hint !== undefined,
    );
  }
});

test('after a signal nothing more is read', async () => {
  const reason = new Error('stopped');
  await assert.rejects(readInput('-', fakeIo({ signal: AbortSignal.abort(reason) })), reason);
});
