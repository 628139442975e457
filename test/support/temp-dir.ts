/** A folder of its own for each test that needs one, gone when the test ends. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

interface Scope {
  after(cleanUp: () => Promise<void>): void;
}

/** Makes an empty folder and removes it after the test `scope` (node:test's context). */
export async function tempDir(scope: Scope): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'wltool-test-'));
  scope.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}
