import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmod, chown, mkdir, readdir, readFile, readlink, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'node:test';
import { FileError } from '../../../src/errors.ts';
import { writeOutput } from '../../../src/files/write-output.ts';
import { tempDir } from '../../support/temp-dir.ts';

const NEW = Buffer.from('new');
const isRoot = process.getuid?.() === 0;

/** The error for writing `path`, which must be a FileError. */
async function failure(path: string): Promise<FileError> {
  const error = await writeOutput(path, NEW).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof FileError, `no FileError: ${error}`);
  return error;
}

test('a new file holds the bytes, and nothing is left beside it', async (scope) => {
  const folder = await tempDir(scope);
  await writeOutput(join(folder, 'a.wl'), NEW);
  assert.deepEqual(await readFile(join(folder, 'a.wl')), NEW);
  assert.deepEqual(await readdir(folder), ['a.wl']);
});

test('a new file has the mode that the umask gives', async (scope) => {
  const path = join(await tempDir(scope), 'a.wl');
  const before = process.umask(0o027);
  try {
    await writeOutput(path, NEW);
  } finally {
    process.umask(before);
  }
  assert.equal((await stat(path)).mode & 0o777, 0o640);
});

test('an existing file keeps its mode', async (scope) => {
  const path = join(await tempDir(scope), 'a.wl');
  await writeFile(path, 'old');
  await chmod(path, 0o604);
  await writeOutput(path, NEW);
  assert.deepEqual(await readFile(path), NEW);
  assert.equal((await stat(path)).mode & 0o777, 0o604);
});

test('an existing file keeps its owner', { skip: isRoot ? false : 'only root may give files away' }, async (scope) => {
  const path = join(await tempDir(scope), 'a.wl');
  await writeFile(path, 'old');
  await chown(path, 65534, 65534);
  await writeOutput(path, NEW);
  const { uid, gid } = await stat(path);
  assert.deepEqual([uid, gid], [65534, 65534]);
});

test('a symbolic link stays one, and its target gets the bytes', async (scope) => {
  const folder = await tempDir(scope);
  await mkdir(join(folder, 'far'));
  await writeFile(join(folder, 'far/target.wl'), 'old');
  await symlink('far/target.wl', join(folder, 'link.wl'));
  await symlink('link.wl', join(folder, 'link-to-link.wl'));
  await writeOutput(join(folder, 'link-to-link.wl'), NEW);
  assert.equal(await readlink(join(folder, 'link.wl')), 'far/target.wl');
  assert.deepEqual(await readFile(join(folder, 'far/target.wl')), NEW);
});

test('a symbolic link to nothing yet makes its target', async (scope) => {
  const folder = await tempDir(scope);
  await symlink('later.wl', join(folder, 'link.wl'));
  await writeOutput(join(folder, 'link.wl'), NEW);
  assert.deepEqual(await readFile(join(folder, 'later.wl')), NEW);
});

test('links in a circle are an error that says so', async (scope) => {
  const folder = await tempDir(scope);
  await symlink('b', join(folder, 'a'));
  await symlink('a', join(folder, 'b'));
  assert.match((await failure(join(folder, 'a'))).message, /circle/);
});

test('a folder is refused', async (scope) => {
  const folder = await tempDir(scope);
  const error = await failure(folder);
  assert.match(error.message, /is a folder/);
  assert.notEqual(error.hint, undefined);
});

test('a missing folder is named', async (scope) => {
  const path = join(await tempDir(scope), 'none/a.wl');
  assert.match((await failure(path)).message, /none\/a\.wl: there is no folder .*none$/);
});

test('a pipe is written directly', async (scope) => {
  const path = join(await tempDir(scope), 'pipe');
  execFileSync('mkfifo', [path]);
  const [read] = await Promise.all([readFile(path), writeOutput(path, NEW)]);
  assert.deepEqual(read, NEW);
});

test('a full disk leaves the old file and no other', { skip: mountSkip() }, async (scope) => {
  const folder = await tempDir(scope);
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder]);
  try {
    await writeFile(join(folder, 'a.wl'), 'old');
    const error = await writeOutput(join(folder, 'a.wl'), new Uint8Array(100_000)).catch((reason: unknown) => reason);
    assert.ok(error instanceof FileError);
    assert.match(error.message, /no space left/);
    assert.match(error.hint ?? '', /free some space/);
    assert.equal(await readFile(join(folder, 'a.wl'), 'utf8'), 'old');
    assert.deepEqual(await readdir(folder), ['a.wl']);
  } finally {
    execFileSync('umount', [folder]);
  }
});

test('a read-only file system is named', { skip: mountSkip() }, async (scope) => {
  const folder = await tempDir(scope);
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'ro', 'tmpfs', folder]);
  try {
    assert.match((await failure(join(folder, 'a.wl'))).message, /read-only/);
  } finally {
    execFileSync('umount', [folder]);
  }
});

test('a file made read-only is not replaced', { skip: isRoot ? 'root may write any file' : false }, async (scope) => {
  const path = join(await tempDir(scope), 'a.wl');
  await writeFile(path, 'old');
  await chmod(path, 0o444);
  assert.match((await failure(path)).message, /permission denied/);
  assert.equal(await readFile(path, 'utf8'), 'old');
});

/** Mounting needs root and a kernel that lets it. */
function mountSkip(): false | string {
  if (!isRoot) return 'mounting needs root';
  try {
    execFileSync('unshare', ['-m', 'true'], { stdio: 'ignore' });
    return false;
  } catch {
    return 'mounting is not allowed here';
  }
}
