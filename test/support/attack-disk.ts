/** Small and read-only file systems, where root may mount them. */

import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

interface Scope {
  after(cleanUp: () => Promise<void>): void;
}

/** For node:test's `skip`: why nothing can be mounted here, or false. */
export function mountSkip(): false | string {
  if (process.getuid?.() !== 0) return 'mounting needs root';
  try {
    execFileSync('unshare', ['-m', 'true'], { stdio: 'ignore' });
    return false;
  } catch {
    return 'mounting is not allowed here';
  }
}

/** A tmpfs with these options, mounted until the test ends; `remount` changes them. */
export async function mounted(
  scope: Scope,
  options: string,
): Promise<{ readonly folder: string; remount(changed: string): void }> {
  const folder = await mkdtemp(join(tmpdir(), 'wltool-disk-'));
  execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder]);
  scope.after(async () => {
    execFileSync('umount', ['--lazy', folder]);
    // Whoever still writes there writes into the folder below now.
    await rm(folder, { recursive: true, force: true });
  });
  return { folder, remount: (changed) => execFileSync('mount', ['-o', `remount,${changed}`, folder]) };
}
